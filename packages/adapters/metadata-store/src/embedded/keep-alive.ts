import type { Log } from '../log.ts'

const LOOK_EVERY_MS = 1_000

export interface KeepAliveOptions {
  readonly isServing: () => boolean
  readonly restart: () => Promise<void>
  /** Told once when a restart failed; nobody looks any more after that. */
  readonly onGivenUp: (error: unknown) => void
  readonly log: Log
}

/**
 * Looks each second whether the server lives, and starts it again when it died by itself: killed for want of memory, or
 * unable to go on with a full disk.
 * @returns ends the looking; resolves when a restart under way has ended
 */
export function keepAlive({ isServing, restart, onGivenUp, log }: KeepAliveOptions): () => Promise<void> {
  let restarting: Promise<void> | undefined
  const timer = setInterval(() => {
    if (restarting !== undefined || isServing()) return
    log.warn({}, 'PostgreSQL has died; it is started again')
    restarting = restart().then(
      () => {
        restarting = undefined
      },
      (error: unknown) => {
        clearInterval(timer)
        onGivenUp(error)
      },
    )
  }, LOOK_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await restarting
  }
}
