import type { Actor, BulkMapping, BulkOutcome, BulkResult, BulkRow, BulkSource, BulkState } from '@datong/contracts'
import type { Issue } from '@datong/kernel'
import type { ColumnType, JSONColumnType } from 'kysely'
import type { EntryPatch } from '../entry/edit-entry.ts'
import type { SheetContent } from './read-file.ts'

/** What a row changes, as a page shows it. */
export type RowChanges = Pick<BulkRow, 'changes' | 'fieldChanges'>

export interface BulkTables {
  'catalog.bulk_import': {
    id: string
    organisation: string | null
    account_id: string
    file_name: string
    state: BulkState
    row_count: number
    item_count: number
    names: JSONColumnType<readonly string[]>
    /** Gone when the import is dropped. */
    content: JSONColumnType<SheetContent> | null
    source: JSONColumnType<BulkSource>
    mapping: JSONColumnType<BulkMapping>
    reason: ColumnType<string, string | undefined, string>
    receipt_id: string | null
    made_at: Date
    made_by: ColumnType<Actor, string, never>
    applied_at: Date | null
    undone_at: Date | null
  }
  'catalog.bulk_row': {
    import_id: string
    number: number
    line: number
    outcome: BulkOutcome
    code: string | null
    title: string
    organisation: string | null
    patch: JSONColumnType<EntryPatch> | null
    base_revision: number | null
    changes: JSONColumnType<RowChanges>
    problems: JSONColumnType<Issue[]>
    result: BulkResult | null
    result_problems: ColumnType<Issue[], string | undefined, string>
    entry_code: string | null
    /** What the row put into the entry: an undo takes it back only while it stands. */
    made: JSONColumnType<EntryPatch> | null
    undo: JSONColumnType<EntryPatch> | null
  }
}
