import type { BulkMapping, BulkSource } from '@datong/contracts'
import { uuidv7 } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { suggestColumns } from './columns.ts'
import { type BulkContext, directoryOf } from './context.ts'
import { readBulkFile, type SheetContent } from './read-file.ts'
import { unknownWords } from './read-row.ts'

const SAMPLES = 3
const SAMPLE_LENGTH = 120

/** Keeps a file with what its columns most likely mean. @returns the import's id. @throws AppError `tabular/…`, `catalog/bulk-too-many`, `catalog/bulk-empty` */
export async function uploadBulk(context: BulkContext, file: { readonly name: string; readonly bytes: Uint8Array }, caller: Caller): Promise<string> {
  const { bulk, clock, random } = context
  const { names, content } = await readBulkFile(file.bytes)
  const { find } = directoryOf(context)
  const known = (index: number): boolean => content.rows.some(({ cells }) => find(cells[index] ?? '') !== undefined)
  // A column of organisations none of which is one of ours is an inventory of somebody else's.
  const columns = suggestColumns(names).map((property, index) => (property === 'organisation' && !known(index) ? null : property))
  const mapping: BulkMapping = { columns, fixed: [], words: [] }
  const id = uuidv7(clock, random)
  await bulk.insert({
    id, organisation: caller.organisation, account_id: caller.actor.id, file_name: file.name, state: 'mapping', row_count: content.rows.length, item_count: content.items.length,
    names: JSON.stringify(names), content: JSON.stringify(content), source: JSON.stringify(sourceOf(names, content, mapping)), mapping: JSON.stringify(mapping), receipt_id: null,
    made_at: clock.now(), made_by: JSON.stringify(caller.actor), applied_at: null, undone_at: null,
  })
  return id
}

/** What a page shows of a file: its columns with samples, and words that nothing is known of. */
export function sourceOf(names: readonly string[], content: SheetContent, mapping: BulkMapping): BulkSource {
  return {
    columns: names.map((name, index) => {
      const values = content.rows.flatMap(({ cells }) => cells[index] || [])
      return { name, samples: [...new Set(values)].slice(0, SAMPLES).map((value) => value.slice(0, SAMPLE_LENGTH)), filled: values.length }
    }),
    unknown: unknownWords(content.rows, mapping),
  }
}
