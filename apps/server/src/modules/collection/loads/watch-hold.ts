import type { CollectionContext } from '../context.ts'

const ASK_EVERY_MS = 500

/** Aborts its signal when the load, which this process works on, is paused or given up in whatever process. */
export function watchHold({ loads, log }: Pick<CollectionContext, 'loads' | 'log'>, loadId: string): { readonly signal: AbortSignal; stop(): void } {
  const control = new AbortController()
  let asking = false
  const timer = setInterval(() => {
    if (asking) return
    asking = true
    loads.find(loadId)
      .then((load) => {
        if (load === undefined || load.hold !== null || load.outcome !== null) control.abort(new Error('the load was stopped'))
      })
      .catch((error: unknown) => log.warn({ err: error, loadId }, 'whether a load goes on could not be asked'))
      .finally(() => (asking = false))
  }, ASK_EVERY_MS)
  timer.unref()
  return { signal: control.signal, stop: () => clearInterval(timer) }
}
