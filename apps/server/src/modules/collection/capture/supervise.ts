import { AppError, isAppError } from '@datong/kernel'
import type { Subscription } from '@datong/metadata-store'
import { PLATFORM } from '../context.ts'
import { loggable } from '../loads/fail-load.ts'
import { actOnCapture, holdCapture, holdStart } from './act-on-capture.ts'
import { CAPTURES_CHANNEL } from './capture-store.ts'
import type { CaptureContext } from './context.ts'
import { createProcessLocks } from './locks.ts'
import { openCapture } from './open-capture.ts'
import { Reshaped, runCapture } from './run-capture.ts'
import type { CaptureRow } from './tables.ts'
import { Overtaken } from './write-changes.ts'

/** Captures that nobody runs are looked for so often: a process that died is replaced within it. */
const LOOK_EVERY_MS = 2_000
/** Waits after a fault of the source, doubled up to the longest. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** More changes than this become a version before its time. */
const MOST_UNPACKED = 500_000
/** Changes that are in versions are kept for so long, for who is still at an earlier one. */
const KEEP_MS = 24 * 3_600_000
const TIDY_EVERY_MS = 3_600_000

/** What ends a capture until somebody begins anew. */
const ENDS: ReadonlySet<string> = new Set(['collection/capture-lost', 'collection/capture-impossible', 'collection/source-removed', 'collection/source-settings'])

interface Running {
  readonly stop: AbortController
  readonly done: Promise<void>
}

export interface Supervisor {
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Runs captures: each in one process at a time, which holds its lock. When that process dies, or its line breaks, another one takes
 * over where it stopped.
 */
export function superviseCaptures(context: CaptureContext): Supervisor {
  const { captures, sources, store, clock, log } = context
  const locks = createProcessLocks(store)
  const running = new Map<string, Running>()
  /** When a capture that failed is tried again, and how long was waited. */
  const waits = new Map<string, { readonly until: number; readonly ms: number }>()
  let subscription: Subscription | undefined
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let tidiedAt = 0
  let isStopping = false

  async function run(capture: CaptureRow, stop: AbortController): Promise<void> {
    try {
      const source = await sources.find(capture.source_id)
      if (source === undefined) throw new AppError('collection/source-removed')
      await runCapture(context, capture, await openCapture(context, source, stop.signal), stop.signal)
    } catch (error) {
      if (stop.signal.aborted || error instanceof Overtaken) return
      await settle(capture, error)
    }
  }

  /** What becomes of a capture that stopped by itself. */
  async function settle(capture: CaptureRow, error: unknown): Promise<void> {
    const known = error instanceof Reshaped ? new AppError('collection/capture-reshaped', { object: capture.object }) : isAppError(error) ? error : undefined
    if (known !== undefined && (error instanceof Reshaped || ENDS.has(known.code))) {
      await holdCapture(context, capture, known)
      const source = await sources.find(capture.source_id)
      const beginsAnew = known.code === 'collection/capture-lost' || known.code === 'collection/capture-reshaped'
      if (beginsAnew && source?.drift === 'adapt') await actOnCapture(context, capture.id, 'restart', { actor: PLATFORM, organisation: null, reason: known.code }).catch(() => undefined)
      return
    }
    const ms = Math.min(LONGEST_WAIT_MS, (waits.get(capture.id)?.ms ?? FIRST_WAIT_MS / 2) * 2)
    waits.set(capture.id, { until: clock.now().getTime() + ms, ms })
    log.warn({ err: loggable(error), captureId: capture.id, waitMs: ms }, 'a capture was interrupted')
    const now = await captures.find(capture.id)
    if (now !== undefined) await captures.note(now, { failure: JSON.stringify({ code: known?.code ?? 'server/failure', params: known?.params ?? {} }) })
  }

  async function begin(id: string): Promise<void> {
    const stop = new AbortController()
    if (!(await locks.take(id, () => stop.abort()))) return
    // Read behind the lock: whoever had it before may have moved on.
    const capture = await captures.find(id)
    if (capture?.state !== 'running' || isStopping) return locks.release(id)
    const startedAt = clock.now().getTime()
    const done = run(capture, stop)
      .catch((error: unknown) => log.warn({ err: loggable(error), captureId: id }, 'a capture was not settled'))
      .finally(async () => {
        if (clock.now().getTime() - startedAt > LONGEST_WAIT_MS) waits.delete(id)
        running.delete(id)
        await locks.release(id)
      })
    running.set(id, { stop, done })
  }

  async function look(): Promise<void> {
    const rows = await captures.running()
    const wanted = new Set(rows.map(({ id }) => id))
    for (const [id, { stop }] of running) if (!wanted.has(id)) stop.abort()
    for (const { id } of rows) {
      if (!running.has(id) && !isStopping && (waits.get(id)?.until ?? 0) <= clock.now().getTime()) await begin(id)
    }
    for (const id of await captures.duePacks(clock.now(), MOST_UNPACKED)) {
      // Another load of the entry may be under way; then its turn comes later.
      await actOnCapture(context, id, 'pack', { actor: PLATFORM, organisation: null }).catch((error: unknown) => {
        if (!(isAppError(error) && error.code === 'collection/load-under-way')) throw error
      })
    }
    for (const { id, error } of await captures.failedStarts()) await holdStart(context, id, error ?? { code: 'server/failure', params: {} })
    if (clock.now().getTime() - tidiedAt > TIDY_EVERY_MS) {
      tidiedAt = clock.now().getTime()
      await captures.forgetChanges(new Date(tidiedAt - KEEP_MS))
    }
  }

  const lookNow = (): void => {
    looking ??= look().catch((error: unknown) => log.warn({ err: loggable(error) }, 'captures were not looked after')).finally(() => (looking = undefined))
  }

  return {
    async start() {
      subscription = await store.listen(CAPTURES_CHANNEL, lookNow, { onRestored: lookNow })
      timer = setInterval(lookNow, LOOK_EVERY_MS)
      timer.unref()
      lookNow()
    },
    async stop() {
      isStopping = true
      clearInterval(timer)
      await subscription?.close()
      await looking
      const all = [...running.values()]
      for (const { stop } of all) stop.abort()
      await Promise.all(all.map(({ done }) => done))
      await locks.close()
    },
  }
}
