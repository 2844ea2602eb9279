import { defineJob, type JobContext } from '@datong/job-runner'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import { systemCaller } from '../forms/system-caller.ts'
import { MOST_TRIES, retryDelayMs } from '../subscriptions/retry-delay.ts'
import { connect } from './connect.ts'
import type { Progress } from './consumer-table.ts'
import type { PushContext } from './context.ts'
import { groundOf, pushOnce } from './push-once.ts'
import { recordPush } from './record-push.ts'
import type { TargetRow } from './tables.ts'
import { PushRefused } from './target-database.ts'
import { takeOfGrant } from '../metering/take-quota.ts'

/** Brings one target up to date. A crash counts as an attempt and is repeated at once. Six hours is the longest. */
export const pushJob = defineJob<{ targetId: string }>('delivery/push', { retryLimit: 20, retryDelaySeconds: 2, expireInSeconds: 6 * 3_600, concurrency: 2 })

/** Who has the turn says so every few seconds; after this long without it has died. */
const TURN_MS = 20_000
const SIGN_EVERY_MS = 5_000

/** What passes by itself. */
const WAITING = new Set(['delivery/quota-exceeded', 'evidence/overloaded'])

/** The state changed under a running push: by hand, or by another process that took the turn. */
class TurnLost extends Error {}

interface Sum {
  /** What this run sent. */
  rows: number
  bytes: number
  progress: Progress | undefined
  /** What of it has no evidence yet, with the rows that a run before was killed over; undefined until the consumer's database was asked. */
  open: { rows: number; bytes: number; ofEarlierRun: number } | undefined
}

export async function runPush(context: PushContext, targetId: string, { signal }: Pick<JobContext, 'signal'>): Promise<void> {
  const target = await takeTurn(context, targetId)
  if (target === undefined) return
  const caller = await systemCaller(context, target.app_id, target.maker)
  const sum: Sum = { rows: 0, bytes: 0, progress: undefined, open: undefined }
  const sign = setInterval(() => void extendTurn(context, targetId).catch(() => undefined), SIGN_EVERY_MS)
  try {
    await push(context, target, caller, sum, signal)
    await finish(context, target, caller, sum)
  } catch (error) {
    // What left has its evidence, however it ended.
    await recordPushed(context, target, caller, sum)
    if (error instanceof TurnLost) return
    if (signal.aborted) {
      await context.targets.update(null, targetId, { busy_until: null })
      throw error
    }
    await fail(context, target, error)
  } finally {
    clearInterval(sign)
  }
}

async function push(context: PushContext, target: TargetRow, caller: Caller, sum: Sum, signal: AbortSignal): Promise<void> {
  const { basis } = await groundOf(context, target, caller)
  if (basis.kind === 'grant') await takeOfGrant(context, basis)
  const connection = await connect(context, target)
  const began = context.clock.now().getTime()
  let notedAt = 0
  const goal = {}
  try {
    for (let isCurrent = false; !isCurrent;) {
      const step = await pushOnce(context, {
        target, caller, connection, goal,
        found(progress) {
          if (sum.open !== undefined) return
          const rows = progress?.rows ?? 0
          // Fewer than were recorded: counted anew since, and killed over it.
          const ofEarlierRun = rows < target.rows_recorded ? rows : rows - target.rows_recorded
          sum.open = { rows: ofEarlierRun, bytes: 0, ofEarlierRun }
          sum.progress = progress
        },
        async restarts() {
          await recordPushed(context, target, caller, sum)
          await context.targets.update(null, target.id, { rows_recorded: 0 })
        },
        async moved(progress, rows) {
          const bytes = Buffer.byteLength(JSON.stringify(rows))
          sum.progress = progress
          sum.rows += rows.length
          sum.bytes += bytes
          sum.open!.rows += rows.length // the database was asked before
          sum.open!.bytes += bytes
          signal.throwIfAborted()
          const now = context.clock.now().getTime()
          if (now - notedAt < 500) return
          notedAt = now
          await note(context, target.id, progress.rows, Math.round((sum.rows * 1_000) / Math.max(1, now - began)))
        },
      })
      sum.progress = step.progress
      isCurrent = step.isCurrent
    }
    await note(context, target.id, sum.progress?.rows ?? 0, Math.round((sum.rows * 1_000) / Math.max(1, context.clock.now().getTime() - began)))
  } finally {
    await connection.close().catch(() => undefined)
  }
}

/** Notes the progress. @throws TurnLost when the push was paused or ended meanwhile */
async function note({ targets, clock }: PushContext, id: string, rows: number, perSecond: number): Promise<void> {
  const { state } = await targets.update(null, id, { rows_done: rows, rows_per_second: perSecond, busy_until: new Date(clock.now().getTime() + TURN_MS) })
  if (state !== 'running') throw new TurnLost(state)
}

/** Makes a target running, or goes on with one whose process died. */
async function takeTurn(context: PushContext, id: string): Promise<TargetRow | undefined> {
  const { targets, store, clock, jobs } = context
  return inTransaction(store.db, async (trx) => {
    const target = await targets.lock(trx, id)
    const now = clock.now()
    if (target === undefined || target.state === 'paused' || target.state === 'ended') return undefined
    if (target.next_try_at !== null && target.next_try_at > now) return undefined
    if (target.state === 'running' && target.busy_until !== null && target.busy_until > now) {
      // Somebody is at it, or died a moment ago: look again when that is known.
      await jobs.enqueue(trx, pushJob, { targetId: id }, { startAfter: target.busy_until })
      return undefined
    }
    await recordPush(context, trx, target, 'begun', target.maker.actor, { instead: target.state === 'running' })
    return targets.update(trx, id, { state: 'running', reason: null, busy_until: new Date(now.getTime() + TURN_MS), next_try_at: null, started_at: target.state === 'running' ? target.started_at : now })
  })
}

async function extendTurn({ targets, clock }: PushContext, id: string): Promise<void> {
  await targets.update(null, id, { busy_until: new Date(clock.now().getTime() + TURN_MS) })
}

/** Evidence of what has none yet. A process that dies before its end leaves that to the next one, which learns from the consumer's database what left. */
async function recordPushed(context: PushContext, target: TargetRow, caller: Caller, sum: Sum): Promise<void> {
  const { open, progress } = sum
  if (open === undefined || open.rows === 0 || progress === undefined) return
  const { rows, bytes, ofEarlierRun } = open
  await context.evidence.recordAccess({
    chain: 'access', action: 'delivery.rows.pushed', actor: caller.actor, parties: [...new Set([target.provider, ...(target.organisation === null ? [] : [target.organisation])])],
    subject: { type: 'entry', id: target.entry_code, title: target.entry_title },
    detail: {
      pushTarget: target.id, grantId: target.grant_id, version: progress.version, position: progress.position, phase: progress.phase, rows, bytes, ...(ofEarlierRun === 0 ? {} : { ofEarlierRun }),
      rowsInAll: progress.rows, answerHash: progress.digest,
    },
  }, { entryCode: target.entry_code, grantId: target.grant_id, organisation: target.organisation, rows, bytes })
  sum.open = { rows: 0, bytes: 0, ofEarlierRun: 0 }
  await context.targets.update(null, target.id, { rows_recorded: progress.rows })
}

async function finish(context: PushContext, target: TargetRow, caller: Caller, sum: Sum): Promise<void> {
  await recordPushed(context, target, caller, sum)
  await inTransaction(context.store.db, async (trx) => {
    const now = await context.targets.lock(trx, target.id)
    if (now?.state !== 'running') return
    await recordPush(context, trx, now, 'done', SYSTEM_ACTOR, { version: sum.progress?.version ?? null, rows: sum.rows, bytes: sum.bytes, hash: sum.progress?.digest ?? null })
    await context.targets.update(trx, target.id, {
      state: 'idle', version: sum.progress?.version ?? null, tries: 0, busy_until: null, finished_at: context.clock.now(),
    })
  })
}

/** Without a ground it pauses; what no waiting helps fails for good; the rest is tried again. */
async function fail(context: PushContext, target: TargetRow, error: unknown): Promise<void> {
  const { targets, store, jobs, clock, random } = context
  const waits = error instanceof AppError && WAITING.has(error.code)
  const stops = error instanceof AppError && !waits
  const tries = waits ? target.tries : target.tries + 1
  const reason = error instanceof AppError ? error.code : error instanceof PushRefused ? error.reason : reasonOf(error)
  const again = !stops && !(error instanceof PushRefused) && tries < MOST_TRIES
  const at = new Date(clock.now().getTime() + retryDelayMs(Math.max(1, tries), random.fraction()))
  if (!stops) context.log.warn({ target: target.id, reason }, 'a push failed')
  await inTransaction(store.db, async (trx) => {
    const now = await targets.lock(trx, target.id)
    if (now?.state !== 'running') return
    await recordPush(context, trx, now, stops ? 'paused' : 'failed', SYSTEM_ACTOR, { reason, tries })
    await targets.update(trx, target.id, { state: stops ? 'paused' : 'failed', reason, tries, busy_until: null, next_try_at: again ? at : null, finished_at: clock.now() })
    if (again) await jobs.enqueue(trx, pushJob, { targetId: target.id }, { startAfter: at })
  })
}

/** The database's own code; its words may quote rows. */
const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code !== '' ? error.code : 'failed')
