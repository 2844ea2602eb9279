import type { Actor, CaptureAction, CaptureState } from '@datong/contracts'
import { defineJob } from '@datong/job-runner'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Updateable } from 'kysely'
import { PLATFORM } from '../context.ts'
import { beginCaptureLoad } from './begin-capture-load.ts'
import type { CaptureContext } from './context.ts'
import { openCapture, tableOf } from './open-capture.ts'
import { recordCapture } from './record-capture.ts'
import type { CaptureFailure, CaptureRow, CaptureTable } from './tables.ts'

/** Lets the source forget a capture that ended; a source that is away for hours is not waited for longer. */
export const forgetJob = defineJob<{ captureId: string }>('collection/forget-capture', { retryLimit: 8, retryDelaySeconds: 10, expireInSeconds: 120 })

const FROM: Readonly<Record<CaptureAction, readonly CaptureState[]>> = {
  pause: ['running'], resume: ['paused'], restart: ['starting', 'running', 'paused', 'held'], pack: ['running', 'paused'], end: ['starting', 'running', 'paused', 'held'],
}

/** What may be done with a capture now. */
export const allowedCaptureActions = ({ state }: Pick<CaptureRow, 'state'>): CaptureAction[] =>
  (Object.keys(FROM) as CaptureAction[]).filter((action) => FROM[action].includes(state)) // the keys of the record

/**
 * @param organisation the department whose capture it must be; null when the platform itself acts
 * @throws AppError `request/not-found`, `collection/wrong-state`, `collection/load-under-way`
 */
export async function actOnCapture(context: CaptureContext, id: string, action: CaptureAction, by: { actor: Actor; organisation: string | null; reason?: string | undefined }): Promise<CaptureRow> {
  return inTransaction(context.store.db, async (trx) => {
    const capture = await context.captures.lock(trx, id)
    if (capture === undefined || (by.organisation !== null && capture.organisation !== by.organisation)) throw new AppError('request/not-found')
    if (!FROM[action].includes(capture.state)) throw new AppError('collection/wrong-state', { action, state: capture.state })
    const after = await context.captures.change(trx, id, await becomes(trx, context, capture, action, by.actor))
    if (after.state !== capture.state || action === 'restart') {
      await recordCapture(trx, context, { capture: after, actor: by.actor, action: PAST[action], detail: by.reason === undefined || by.reason === '' ? {} : { reason: by.reason } })
    }
    return after
  })
}

const PAST: Readonly<Record<CaptureAction, string>> = { pause: 'paused', resume: 'resumed', restart: 'restarted', pack: 'packed', end: 'ended' }

async function becomes(trx: Trx, context: CaptureContext, capture: CaptureRow, action: CaptureAction, actor: Actor): Promise<Updateable<CaptureTable>> {
  switch (action) {
    case 'pause': return { state: 'paused' }
    case 'resume': return { state: 'running', failure: null }
    case 'restart': return { state: 'starting', failure: null, load_id: await beginCaptureLoad(trx, context, capture, 'snapshot', actor) }
    // Without changes there is nothing to make a version of.
    case 'pack': return capture.seq === capture.packed_seq ? { pack_soon: false } : { load_id: await beginCaptureLoad(trx, context, capture, 'pack', actor), pack_soon: false }
    case 'end':
      await context.jobs.enqueue(trx, forgetJob, { captureId: capture.id })
      return { state: 'ended', load_id: capture.seq === capture.packed_seq || capture.state === 'starting' ? capture.load_id : await lastLoad(trx, context, capture, actor) }
  }
}

/** What has come so far becomes a version, if none is being made just now. */
async function lastLoad(trx: Trx, context: CaptureContext, capture: CaptureRow, actor: Actor): Promise<string | null> {
  try {
    return await beginCaptureLoad(trx, context, capture, 'pack', actor)
  } catch (error) {
    if (error instanceof AppError && error.code === 'collection/load-under-way') return capture.load_id
    throw error
  }
}

/** Holds a capture that cannot go on until a person, or the source's policy, begins anew. */
export async function holdCapture(context: CaptureContext, { id, epoch }: CaptureRow, error: AppError): Promise<void> {
  await inTransaction(context.store.db, async (trx) => {
    const before = await context.captures.lock(trx, id)
    if (before?.state !== 'running' || before.epoch !== epoch) return
    const capture = await context.captures.change(trx, id, { state: 'held', failure: JSON.stringify({ code: error.code, params: error.params }) })
    await recordCapture(trx, context, { capture, actor: PLATFORM, action: 'held', detail: { code: error.code } })
  })
}

/** Holds a capture whose rows could not be taken. */
export async function holdStart(context: CaptureContext, id: string, failure: CaptureFailure): Promise<void> {
  await inTransaction(context.store.db, async (trx) => {
    const before = await context.captures.lock(trx, id)
    if (before?.state !== 'starting') return
    const capture = await context.captures.change(trx, id, { state: 'held', failure: JSON.stringify(failure) })
    await recordCapture(trx, context, { capture, actor: PLATFORM, action: 'held', detail: { code: failure.code } })
  })
}

export async function forgetCapture(context: CaptureContext, captureId: string): Promise<void> {
  const capture = await context.captures.find(captureId)
  const source = capture && (await context.sources.find(capture.source_id))
  if (capture?.state !== 'ended' || source === undefined) return
  await (await openCapture(context, source, AbortSignal.timeout(60_000))).forget(tableOf(capture))
}
