import { AppError } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import { editEntryIn } from '../entry/edit-entry.ts'
import { owns } from '../life-cycle/life-cycle.ts'
import { withdrawNow } from '../life-cycle/withdraw.ts'
import { same } from '../revisions/same.ts'
import { partOf, type RowResult } from './apply-row.ts'
import type { ImportHead, StoredRow } from './bulk-store.ts'
import type { BulkContext } from './context.ts'

/**
 * Takes one row back: an entry gets back what the row changed in it, one that the row made ends. Only what still stands as the row
 * put it is taken back, and only by the rules of a single edit.
 * @throws AppError `catalog/bulk-changed-since` and what the edit throws
 */
export async function undoRow(trx: Trx, context: BulkContext, head: ImportHead, row: StoredRow, caller: Caller): Promise<RowResult> {
  const entry = await context.entries.lock(trx, row.entry_code ?? '')
  if (entry === undefined) throw new AppError('request/not-found')
  const reason = `${head.reason}（撤销批量导入 ${head.file_name}）`.slice(0, 500)
  const stands = same(partOf(entry, row.made ?? {}), row.made ?? {})
  if (row.outcome === 'new') {
    if (!holds(caller, 'steward') && !owns(caller, entry)) throw new AppError('access/forbidden', { operation: 'actOnBulkImport' })
    if (!stands || entry.state !== 'draft' || entry.version !== null) throw new AppError('catalog/bulk-changed-since', { code: entry.code })
    await withdrawNow(trx, context, entry, { actor: caller.actor, reason })
    return { result: 'undone' }
  }
  if (!stands) throw new AppError('catalog/bulk-changed-since', { code: entry.code })
  await editEntryIn(trx, context, entry.code, { ...row.undo, reason }, caller)
  return { result: 'undone' }
}
