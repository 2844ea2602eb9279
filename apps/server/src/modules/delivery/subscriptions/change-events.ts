import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { FeedContext } from './context.ts'
import { deliverChanges } from './deliver-changes.ts'

/** Without news for this long a comment goes out, so that no proxy takes the line for dead; in milliseconds. */
const HEARTBEAT_MS = 15_000
const POSITIONS_AT_A_TIME = 500

/**
 * The feed as server-sent events, for ever: each change with its position as id, after each stretch `reached`, `view` when rows
 * come to be seen otherwise (another mask), and `ended` with a problem code when the ground is gone. The ground is decided anew before each stretch.
 * @see WHATWG HTML, 9.2 Server-sent events
 */
export async function* changeEvents(context: FeedContext, caller: Caller, entryCode: string, from: number, signal: AbortSignal): AsyncGenerator<string> {
  let position = from
  let view: string | undefined
  let moved = true
  let wake = (): void => undefined
  const notice = (): void => {
    moved = true
    wake()
  }
  const unwatch = context.watch.watch(entryCode, notice)
  signal.addEventListener('abort', notice)
  try {
    yield 'retry: 3000\n\n'
    while (!signal.aborted) {
      if (!moved) {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        const timer = setTimeout(resolve, HEARTBEAT_MS)
        await promise.finally(() => clearTimeout(timer))
        if (!moved) {
          moved = true // notices can be lost; looking again now and then makes that harmless
          yield ': \n\n'
        }
        continue
      }
      moved = false
      const page = await deliverChanges(context, caller, entryCode, position, POSITIONS_AT_A_TIME)
      moved ||= page.more
      if (view !== undefined && view !== page.view) yield `event: view\ndata: ${JSON.stringify({ view: page.view, position })}\n\n`
      view = page.view
      if (page.position === position) continue
      position = page.position
      const events = page.items.map((item) => `id: ${item.position}\nevent: ${item.kind}\ndata: ${JSON.stringify(item)}\n\n`)
      yield `${events.join('')}id: ${position}\nevent: reached\ndata: ${JSON.stringify({ position, view })}\n\n`
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    yield `event: ended\ndata: ${JSON.stringify({ code: error.code })}\n\n`
  } finally {
    unwatch()
    signal.removeEventListener('abort', notice)
  }
}
