import type { ServerResponse } from 'node:http'
import { LEAST_SPEED, speedJudge } from './speed-limit.ts'

const CHECK_EVERY_MS = 1_000

/**
 * Ends an answer whose receiver takes less than the least speed: whoever reads a byte a second would hold a file and a
 * connection for days. A one-time link goes on where such a receiver stopped.
 * @param sent bytes that have gone to the system
 * @returns ends the watch
 */
export function watchSpeed(sent: () => number, response: Pick<ServerResponse, 'destroy'>): () => void {
  const isFastEnough = speedJudge(LEAST_SPEED)
  const timer = setInterval(() => {
    if (!isFastEnough(sent())) response.destroy()
  }, CHECK_EVERY_MS)
  return () => clearInterval(timer)
}
