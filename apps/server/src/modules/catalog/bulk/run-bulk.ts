import { AppError, type Issue } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { recordBulk } from './act-on-bulk.ts'
import { applyRow } from './apply-row.ts'
import type { ImportHead, StoredRow } from './bulk-store.ts'
import type { BulkContext } from './context.ts'
import { undoRow } from './undo-row.ts'

/** Rows whose numbers are fetched at a time. */
const BATCH = 100

/** Goes through the rows that are left, each in a transaction with its result, and ends the import. Bears repeating. */
export async function runBulk(context: BulkContext, id: string, signal: AbortSignal): Promise<void> {
  const head = await context.bulk.find(id)
  if (head === undefined || (head.state !== 'applying' && head.state !== 'undoing')) return
  const step = head.state === 'applying' ? 'apply' : 'undo'
  const caller = await context.callerOf(head.account_id)
  for (let numbers = await context.bulk.waiting(id, step, BATCH); numbers.length > 0; numbers = await context.bulk.waiting(id, step, BATCH)) {
    for (const number of numbers) {
      if (signal.aborted) throw new Error('stopped before all rows were done')
      await oneRow(context, head, number, step, caller)
    }
  }
  await finish(context, id, step)
}

async function oneRow(context: BulkContext, head: ImportHead, number: number, step: 'apply' | 'undo', caller: Caller | undefined): Promise<void> {
  const waits = ({ result }: StoredRow): boolean => (step === 'apply' ? result === null : result === 'done')
  try {
    await inTransaction(context.db, async (trx) => {
      const row = await context.bulk.lockRow(trx, head.id, number)
      if (row === undefined || !waits(row)) return
      if (caller === undefined) throw new AppError('access/forbidden', { operation: 'actOnBulkImport' })
      await context.bulk.updateRow(trx, row, await (step === 'apply' ? applyRow : undoRow)(trx, context, head, row, caller))
    })
  } catch (error) {
    // What a rule refuses is the row's own end; all else is tried again.
    if (!(error instanceof AppError)) throw error
    const problems: Issue[] = error.issues.length > 0 ? [...error.issues] : [{ pointer: '', code: error.code, message: '' }]
    await inTransaction(context.db, (trx) => context.bulk.updateRow(trx, { import_id: head.id, number }, { result: step === 'apply' ? 'failed' : 'kept', result_problems: JSON.stringify(problems) }))
  }
}

async function finish(context: BulkContext, id: string, step: 'apply' | 'undo'): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const head = await context.bulk.lock(trx, id)
    if (head?.state !== (step === 'apply' ? 'applying' : 'undoing')) return
    const now = context.clock.now()
    const tally = (await context.bulk.tallies([id])).get(id)
    const receipt = await recordBulk(trx, context, head, {
      action: step === 'apply' ? 'applied' : 'undone', actor: { kind: 'user', id: head.account_id, name: head.made_by.name, organisation: head.organisation }, detail: { reason: head.reason, rows: Object.fromEntries(tally ?? []) },
    })
    await context.bulk.update(trx, id, { receipt_id: receipt, ...(step === 'apply' ? { state: 'applied' as const, applied_at: now } : { state: 'undone' as const, undone_at: now }) })
  })
}
