import type { Actor, LoadKind } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import { recordLoad } from '../record.ts'
import { loadJob } from './load-job.ts'

/** What is to be loaded, and into which entry: one that is there, or a new draft. */
export interface IntakeOrder {
  readonly entry: { readonly code: string } | { readonly title: string; readonly organisation: string }
  readonly kind: Exclude<LoadKind, 'upload'>
  /** What the kind's intake needs. Plain JSON, no secrets. */
  readonly details: Readonly<Record<string, unknown>>
  /** Where the rows come from, in the words of people; stands where a file's name stands. */
  readonly title: string
}

/**
 * Begins a load without a file: load, evidence and job commit together. One load of an entry at a time.
 * @throws AppError `collection/load-under-way`, `catalog/wrong-state`, `request/not-found`
 */
export const beginIntake = (context: CollectionContext, order: IntakeOrder, actor: Actor): Promise<{ loadId: string; entryCode: string }> =>
  inTransaction(context.store.db, (trx) => beginIntakeIn(trx, context, order, actor))

/** The same within a transaction of the caller. */
export async function beginIntakeIn(
  trx: Trx, context: CollectionContext, { entry: into, kind, details, title }: IntakeOrder, actor: Actor,
): Promise<{ loadId: string; entryCode: string }> {
  const { catalog, clock, random, loads } = context
  if ('code' in into) await loads.lockEntry(trx, into.code)
  const entry = 'code' in into ? await catalog.find(into.code, trx) : await catalog.draft(trx, { ...into, actor })
  if (entry === undefined) throw new AppError('request/not-found')
  if (entry.state === 'withdrawn') throw new AppError('catalog/wrong-state', { action: 'load', state: entry.state })
  const other = await loads.underWay(trx, entry.code)
  if (other !== undefined) throw new AppError('collection/load-under-way', { load: other, entry: entry.code })
  const loadId = uuidv7(clock, random)
  await loads.insert(trx, {
    id: loadId, entry_code: entry.code, entry_title: entry.title, organisation: entry.organisation, kind, details: JSON.stringify(details),
    file_name: title, bytes: 0, sha256: '', outcome: null, phase: 'received', progress: 0, rows_read: 0, rows_stored: 0, rows_rejected: 0,
    detection: null, version: null, created_at: clock.now(), finished_at: null, started_by: JSON.stringify(actor), error: null,
  })
  const load = (await loads.lock(trx, loadId))! // inserted just now
  await recordLoad(trx, context, { load, actor, action: 'received' })
  await context.jobs.enqueue(trx, loadJob, { loadId })
  return { loadId, entryCode: entry.code }
}
