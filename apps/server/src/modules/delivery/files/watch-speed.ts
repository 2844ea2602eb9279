import type { ReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { LEAST_SPEED, speedJudge } from './speed-limit.ts'

const CHECK_EVERY_MS = 1_000

/**
 * Ends an answer whose receiver takes less than the least speed: whoever reads a byte a second would hold a file and a
 * connection for days. A one-time link goes on where such a receiver stopped.
 */
export function watchSpeed(file: Pick<ReadStream, 'bytesRead'>, response: Pick<ServerResponse, 'writableLength' | 'destroy' | 'once'>): void {
  const isFastEnough = speedJudge(LEAST_SPEED)
  const timer = setInterval(() => {
    // What still waits in this process has not been taken.
    if (!isFastEnough(file.bytesRead - response.writableLength)) response.destroy()
  }, CHECK_EVERY_MS)
  response.once('close', () => clearInterval(timer))
}
