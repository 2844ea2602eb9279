import { AppError } from '@datong/kernel'
import type { ImportOptions } from '../import-options.ts'
import { collectBytes, type SourceRow } from '../row-source.ts'
import { MAX_WORKBOOK_BYTES, openWorkbook, sheetRows } from './workbook.ts'

/** Rows of one sheet after its titles and header. */
export async function* readSheet(source: AsyncIterable<Uint8Array>, options: ImportOptions): AsyncGenerator<SourceRow> {
  const bytes = await collectSheet(source)
  const workbook = await openWorkbook(bytes)
  const name = options.sheet ?? workbook.SheetNames[0] ?? ''
  if (!workbook.SheetNames.includes(name)) throw new AppError('tabular/no-such-sheet', { sheet: name })
  const width = options.names.length
  let skip = options.skipRows + options.headerRows
  for (const { line, cells } of sheetRows(workbook, name)) {
    if (cells.length === 0) {
      yield { kind: 'blank' }
    } else if (skip > 0) {
      skip--
    } else if (cells.length > width) {
      const detail = `${cells.length} filled columns instead of ${width}`
      yield { kind: 'reject', line, reasonCode: 'too-many-fields', detail, excerpt: cells.join(',') }
    } else {
      // in a sheet a missing last cell is an empty one
      while (cells.length < width) cells.push('')
      yield { kind: 'row', line, fields: cells }
    }
  }
}

/** The bytes of a workbook, which can only be read whole. @throws AppError `tabular/too-large` */
export const collectSheet = (source: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> =>
  collectBytes(source, MAX_WORKBOOK_BYTES, () => new AppError('tabular/too-large', { limitBytes: MAX_WORKBOOK_BYTES }))
