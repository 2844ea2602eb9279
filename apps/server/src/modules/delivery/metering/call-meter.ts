import { chinaDay, type Clock, endOfChinaDay, isAppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { Route } from '../../../platform/route.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { CallFigure, CallFigureStore } from './call-figure-store.ts'

/** Upper bounds in milliseconds of the classes in which the time of calls is counted; the last class has none. */
export const LATENCY_BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000] as const

const FLUSH_EVERY_MS = 1_000
/** More than so many wait for company: calls of a thousand keys are then a row for each key, and not one for each call. */
const FEW = 200
const COMPANY_MS = 10_000
/** With so many callers and entries, figures are written sooner. */
const MAX_KEPT = 20_000

const DAY_MS = 86_400_000

/** Errors that are the caller's or the house's; an answer 304 or a stream that the client left are none. */
const codeOf = (error: unknown): string => (isAppError(error) ? error.code : 'internal')

/**
 * How calls went: their number, time and errors by day, entry, organisation and app. What was taken is metered with the
 * evidence; these figures are about the service, are kept in memory for a second, with many callers for ten, and a crash loses
 * those.
 */
export function createCallMeter({ figures, clock, log }: { figures: CallFigureStore; clock: Clock; log: DeliveryDeps['log'] }) {
  let kept = new Map<string, CallFigure>()
  let writing: Promise<void> = Promise.resolve()
  let flushedAt = performance.now()
  let today = { day: '', from: 0, until: 0 }
  let timer: NodeJS.Timeout | undefined

  function note(entryCode: string, caller: Caller, startedAt: number, error: string | null): void {
    const day = dayOf(clock.now())
    const appId = caller.actor.kind === 'application' ? caller.actor.id : null
    const key = `${day} ${entryCode} ${caller.organisation ?? ''} ${appId ?? ''}`
    let figure = kept.get(key)
    if (figure === undefined) {
      if (kept.size >= MAX_KEPT) void flush()
      figure = { day, entryCode, organisation: caller.organisation, appId, calls: 0, errors: {}, latency: LATENCY_CLASSES.map(() => 0) }
      kept.set(key, figure)
    }
    figure.calls++
    figure.latency[classOf(performance.now() - startedAt)]!++ // a class for every time
    if (error !== null) figure.errors[error] = (figure.errors[error] ?? 0) + 1
  }

  function dayOf(now: Date): string {
    const at = now.getTime()
    if (at > today.until || at < today.from) {
      const day = chinaDay(now)
      const until = endOfChinaDay(day).getTime()
      today = { day, from: until - DAY_MS + 1, until }
    }
    return today.day
  }

  function flush(): Promise<void> {
    const batch = kept
    kept = new Map()
    flushedAt = performance.now()
    // One after the other: two at once would wait for each other's rows.
    return (writing = writing.then(() => write(batch)))
  }

  async function write(batch: ReadonlyMap<string, CallFigure>): Promise<void> {
    if (batch.size === 0) return
    try {
      await figures.add([...batch.values()])
    } catch (error) {
      log.warn({ err: error, figures: batch.size }, 'call figures could not be written and are lost')
    }
  }

  return {
    /** The route with every call of it counted under the entry that its path names. */
    measured(route: Route): Route {
      return {
        ...route,
        async handle(call, request, reply) {
          const startedAt = performance.now()
          // Every operation on data names its entry so; others are not measured.
          const { code } = call.params as { code?: string }
          if (code === undefined) return route.handle(call, request, reply)
          try {
            const answer = await route.handle(call, request, reply)
            note(code, call.caller, startedAt, null)
            return answer
          } catch (error) {
            const reason = codeOf(error)
            // Whoever may not see the entry leaves no trace under its name: the code may be invented.
            if (reason !== 'request/not-found') note(code, call.caller, startedAt, reason)
            throw error
          }
        },
      }
    },
    start(): void {
      timer = setInterval(() => {
        if (kept.size <= FEW || performance.now() - flushedAt >= COMPANY_MS) void flush()
      }, FLUSH_EVERY_MS)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
      await flush()
    },
  }
}

const LATENCY_CLASSES: readonly number[] = [...LATENCY_BOUNDS_MS, Infinity]

const classOf = (ms: number): number => LATENCY_CLASSES.findIndex((bound) => ms <= bound)

/**
 * The time that a share of the calls stayed within: the bound of the class in which that share is reached, in
 * milliseconds; null without calls.
 */
export function percentileMs(latency: readonly number[], share: number): number | null {
  const all = latency.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  let below = 0
  const index = latency.findIndex((count) => (below += count) >= share * all)
  return LATENCY_BOUNDS_MS[Math.min(index, LATENCY_BOUNDS_MS.length - 1)] ?? null
}
