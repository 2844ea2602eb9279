import { BULK_MOST_COLUMNS, BULK_MOST_ROWS } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { detectImport, HEAD_BYTES } from '@datong/tabular'
import { read, utils } from '@e965/xlsx'
import { columnsOf, readTable } from '../../standards/index.ts'
import { ENTRY_SHEETS, ITEM_COLUMNS, ITEM_SHEETS, ITEM_TITLES, type ItemColumn } from './item-columns.ts'

/** A row of the sheet of information items, by what its columns say. */
export type ItemRow = { readonly line: number } & Readonly<Partial<Record<ItemColumn, string>>>

/** What stood in a file: cells of entries by position, items by column, and rows that could not be read. */
export interface SheetContent {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
  readonly items: readonly ItemRow[]
  readonly broken: readonly { readonly line: number; readonly detail: string }[]
}

/** Rows of information items of one file. */
const MOST_ITEMS = 200_000

/**
 * Reads a sheet of entries, and the sheet of information items that an export has beside it.
 * @throws AppError `tabular/…`, `catalog/bulk-too-many`, `catalog/bulk-empty`
 */
export async function readBulkFile(bytes: Uint8Array): Promise<{ names: readonly string[]; content: SheetContent }> {
  const { names, ...content } = await ourOwn(bytes) ?? await anyTable(bytes)
  if (content.rows.length > BULK_MOST_ROWS) throw tooMany('rows', BULK_MOST_ROWS)
  if (names.length > BULK_MOST_COLUMNS) throw tooMany('columns', BULK_MOST_COLUMNS)
  if (content.rows.length === 0 && content.items.length === 0) throw new AppError('catalog/bulk-empty')
  return { names, content }
}

const tooMany = (what: string, limit: number): AppError => new AppError('catalog/bulk-too-many', { what, limit })

/** The apostrophe that an export puts before what a spreadsheet would run as a formula. */
const plain = (cell: string): string => (/^'(?:[=+@\t\r]|-\D)/.test(cell) ? cell.slice(1) : cell)

async function anyTable(bytes: Uint8Array): Promise<SheetContent & { readonly names: readonly string[] }> {
  try {
    const { names, rows, rejects } = await readTable(bytes, BULK_MOST_ROWS)
    return { names, rows: rows.map(({ line, cells }) => ({ line, cells: cells.map(plain) })), items: [], broken: rejects.slice(0, BULK_MOST_ROWS) }
  } catch (error) {
    throw error instanceof AppError && error.code === 'request/too-large' ? tooMany('rows', BULK_MOST_ROWS) : error
  }
}

/** A workbook as an export makes it; undefined for all others. */
async function ourOwn(bytes: Uint8Array): Promise<(SheetContent & { readonly names: readonly string[] }) | undefined> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return undefined
  const { SheetNames } = read(bytes, { type: 'array', bookSheets: true })
  const wanted = [ENTRY_SHEETS, ITEM_SHEETS].map((names) => names.find((name) => SheetNames.includes(name)))
  const [entrySheet, itemSheet] = wanted
  if (entrySheet === undefined || itemSheet === undefined) return undefined
  // Refuses what unpacks to more than a workbook may, before it is unpacked here.
  await detectImport({ head: bytes.subarray(0, HEAD_BYTES), tail: bytes.subarray(-HEAD_BYTES), sizeBytes: bytes.length, open: async function* () { yield bytes } })
  const book = read(bytes, { type: 'array', dense: true, cellFormula: false, cellHTML: false, sheets: [entrySheet, itemSheet] })
  const tableOf = (name: string): [names: string[], rows: { line: number; cells: string[] }[]] => {
    const [head = [], ...rows] = utils.sheet_to_json<readonly unknown[]>(book.Sheets[name] ?? {}, { header: 1, raw: false, defval: '', blankrows: true })
    return [head.map(String), rows.flatMap((cells, index) => {
      const texts = cells.map((cell) => plain(String(cell).normalize('NFC').trim()))
      return texts.every((text) => text === '') ? [] : [{ line: index + 2, cells: texts }]
    })]
  }
  const [names, rows] = tableOf(entrySheet)
  return { names, rows, items: itemsOf(...tableOf(itemSheet)), broken: [] }
}

function itemsOf(names: readonly string[], rows: SheetContent['rows']): ItemRow[] {
  if (rows.length > MOST_ITEMS) throw tooMany('items', MOST_ITEMS)
  const at = columnsOf(names, ITEM_TITLES)
  return rows.map(({ line, cells }) => ({ line, ...Object.fromEntries(ITEM_COLUMNS.flatMap((column) => {
    const place = at.get(column)
    return place === undefined ? [] : [[column, cells[place] ?? '']]
  })) }))
}
