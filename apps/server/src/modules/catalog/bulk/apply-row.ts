import type { Field } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { Updateable } from 'kysely'
import { fold } from '@datong/catalog-search'
import { type Caller, holds } from '../../../platform/caller.ts'
import { type EntryPatch, editEntryIn } from '../entry/edit-entry.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { type EntryImport, importEntry } from '../entry/import-entry.ts'
import { guessTheme } from '../entry/theme.ts'
import type { ImportHead, StoredRow } from './bulk-store.ts'
import type { BulkContext } from './context.ts'
import type { BulkTables } from './tables.ts'

export type RowResult = Updateable<BulkTables['catalog.bulk_row']>

/** Does what a row was previewed to do, by the rules of a single edit. @throws AppError what the edit throws */
export async function applyRow(trx: Trx, context: BulkContext, head: ImportHead, row: StoredRow, caller: Caller): Promise<RowResult> {
  const patch = row.patch ?? {}
  const reason = `${head.reason}（批量导入 ${head.file_name}）`.slice(0, 500)
  if (row.outcome === 'new') {
    const { organisation } = row
    if (organisation === null || !(holds(caller, 'steward') || (holds(caller, 'provider') && organisation === caller.organisation))) throw new AppError('access/forbidden', { operation: 'actOnBulkImport' })
    const { title = row.title, fields: _, revision: __, reason: ___, ...said } = patch
    const theme = said.theme ?? guessTheme(fold(title))
    // The reader reads nothing that a record has not.
    const { entry } = await importEntry(trx, context, { ...said, theme, title, organisation, reason } as EntryImport, caller.actor)
    return { result: 'done', entry_code: entry.code, made: JSON.stringify({ ...said, title }), undo: null }
  }
  const code = row.code ?? ''
  const before = await context.entries.lock(trx, code)
  const after = await editEntryIn(trx, context, code, { ...patch, ...(row.base_revision === null ? {} : { revision: row.base_revision }), reason }, caller)
  return { result: 'done', entry_code: after.code, made: JSON.stringify(partOf(after, patch)), undo: before === undefined ? null : JSON.stringify(partOf(before, patch)) }
}

/** What an entry says of all that a patch names. */
export function partOf(entry: EntryRecord, patch: EntryPatch): EntryPatch {
  const fields = (patch.fields ?? []).flatMap((one) => {
    const field: Field | undefined = entry.fields.find(({ name }) => name === one.name)
    return field === undefined ? [] : [Object.fromEntries(Object.keys(one).map((key) => [key, field[key as keyof Field] ?? null])) as { name: string }] // keys of fields
  })
  const plain = Object.fromEntries(Object.keys(patch).flatMap((key) => (key === 'fields' ? [] : [[key, entry[key as keyof EntryRecord]]]))) as EntryPatch // keys of entries
  return fields.length === 0 ? plain : { ...plain, fields }
}
