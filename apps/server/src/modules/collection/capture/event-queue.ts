/** Between a line that pushes and a reader that pulls: tells the line to wait when too much stands here. */
export interface EventQueue<E> extends AsyncIterable<readonly E[]> {
  push(event: E): void
  fail(error: unknown): void
  end(): void
}

/** So many events may stand here; the line goes on when they were fetched. */
const MOST_WAITING = 8_000

/** @param hold holds the line back, or lets it go on */
export function createEventQueue<E>(hold: (held: boolean) => void): EventQueue<E> {
  let waiting: E[] = []
  let isHeld = false
  let over: { readonly error?: unknown } | undefined
  let wake = (): void => undefined

  return {
    push(event) {
      if (over !== undefined) return
      waiting.push(event)
      if (!isHeld && waiting.length > MOST_WAITING) hold((isHeld = true))
      wake()
    },
    fail(error) {
      over ??= { error }
      wake()
    },
    end() {
      over ??= {}
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (waiting.length > 0) {
          const events = waiting
          waiting = []
          if (isHeld) hold((isHeld = false))
          yield events
          continue
        }
        if (over !== undefined) {
          if ('error' in over) throw over.error
          return
        }
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        await promise
      }
    },
  }
}
