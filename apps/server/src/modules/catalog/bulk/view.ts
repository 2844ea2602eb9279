import { BULK_KEPT_DAYS, type BulkImport, type BulkRow } from '@datong/contracts'
import { allowedBulkActions } from './act-on-bulk.ts'
import type { ImportHead, StoredRow, Tally } from './bulk-store.ts'
import type { BulkContext } from './context.ts'

const DAY_MS = 86_400_000
export const KEPT_MS = BULK_KEPT_DAYS * DAY_MS

export function viewImport({ organisations }: Pick<BulkContext, 'organisations'>, head: ImportHead, tally: Tally = new Map()): BulkImport {
  const of = (key: Parameters<Tally['get']>[0]): number => tally.get(key) ?? 0
  return {
    id: head.id, fileName: head.file_name, organisation: head.organisation === null ? null : organisations.ref(head.organisation), state: head.state, rows: head.row_count, items: head.item_count,
    counts: { new: of('new'), changed: of('changed'), unchanged: of('unchanged'), conflict: of('conflict'), rejected: of('rejected') },
    results: { done: of('done'), failed: of('failed'), undone: of('undone'), kept: of('kept') },
    madeAt: head.made_at.toISOString(), madeBy: head.made_by, appliedAt: head.applied_at?.toISOString() ?? null, undoneAt: head.undone_at?.toISOString() ?? null, receiptId: head.receipt_id,
    keptUntil: new Date(head.made_at.getTime() + KEPT_MS).toISOString(), allowedActions: allowedBulkActions(head.state),
  }
}

export const viewRow = (row: StoredRow): BulkRow => ({
  number: row.number, line: row.line, outcome: row.outcome, code: row.code, title: row.title, entryCode: row.entry_code, changes: row.changes.changes, fieldChanges: row.changes.fieldChanges,
  problems: row.problems, result: row.result, resultProblems: row.result_problems,
})
