import { AppError } from '@datong/kernel'
import { read, set_cptable, SSF, type CellObject, type DenseWorkSheet, type WorkBook } from '@e965/xlsx'
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { isZip } from '../detect/sniff-format.ts'
import { refuseZipBomb } from './zip-guard.ts'

/** Largest workbook in bytes, and how much a zipped one may unpack to: it is held in memory whole. */
export const MAX_WORKBOOK_BYTES = 128 * 1024 * 1024
const MAX_UNPACKED_BYTES = 768 * 1024 * 1024

/** One row of a sheet as texts; `line` counts from 1 as in the program that shows it. */
export interface SheetRow {
  readonly line: number
  readonly cells: string[]
}

// workbooks of before 1997 keep texts in the codepage of their machine (936, 950 …)
set_cptable(codepages)

/**
 * Opens .xlsx, .xlsm, .xlsb, .ods or binary .xls.
 * @throws AppError `tabular/too-large`, `tabular/unreadable-sheet`
 */
export async function openWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<WorkBook> {
  if (isZip(bytes)) await refuseZipBomb(bytes, MAX_UNPACKED_BYTES)
  try {
    return read(bytes, { type: 'array', dense: true, cellFormula: false, cellHTML: false, cellText: false, cellNF: true })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.slice(0, 200) : 'unknown'
    throw new AppError('tabular/unreadable-sheet', { detail }, [], { cause })
  }
}

/** Rows of a sheet, blank ones too. A merged area has the value of its first cell in every cell. */
export function* sheetRows(workbook: WorkBook, name: string): Generator<SheetRow> {
  // dense: true was asked for when reading
  const sheet = workbook.Sheets[name] as DenseWorkSheet | undefined
  const data = sheet?.['!data'] ?? []
  const merged = new Map<number, { column: number; value: string }[]>()
  for (const { s, e } of sheet?.['!merges'] ?? []) {
    const value = cellText(data[s.r]?.[s.c])
    const lastRow = Math.min(e.r, data.length - 1)
    for (let r = s.r; r <= lastRow; r++) {
      const cells = merged.get(r) ?? []
      for (let c = s.c; c <= Math.min(e.c, s.c + MOST_MERGED_COLUMNS); c++) cells.push({ column: c, value })
      merged.set(r, cells)
    }
  }
  for (let r = 0; r < data.length; r++) {
    const cells = Array.from(data[r] ?? [], cellText)
    for (const { column, value } of merged.get(r) ?? []) {
      while (cells.length < column) cells.push('')
      cells[column] = value
    }
    while (cells.length > 0 && cells.at(-1) === '') cells.pop()
    yield { line: r + 1, cells }
  }
}

const MOST_MERGED_COLUMNS = 4096
/** Number formats that say "these digits are a code": only zeros, e.g. 000000. */
const CODE_FORMAT = /^0{2,}$/

/** A cell as text: dates in ISO 8601, numbers with all their digits, codes with their leading zeros. */
function cellText(cell: CellObject | undefined): string {
  if (cell === undefined || cell === null || cell.v === undefined || cell.v === null) return ''
  if (typeof cell.v === 'string') return cell.v
  if (cell.t === 'e') return typeof cell.w === 'string' ? cell.w : '#ERROR'
  if (typeof cell.v === 'boolean') return cell.v ? 'true' : 'false'
  if (cell.v instanceof Date) return cell.v.toISOString()
  const format = typeof cell.z === 'string' ? cell.z : ''
  if (CODE_FORMAT.test(format)) return String(SSF.format(format, cell.v))
  if (format !== '' && SSF.is_date(format)) return dateText(cell.v)
  return plainNumber(cell.v)
}

function dateText(serial: number): string {
  // parse_date_code is untyped in the library; it answers calendar parts without any time zone
  const parts = SSF.parse_date_code(serial) as { y: number; m: number; d: number; H: number; M: number; S: number } | null
  if (!parts) return plainNumber(serial)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const time = `${two(parts.H)}:${two(parts.M)}:${two(parts.S)}`
  const date = `${String(parts.y).padStart(4, '0')}-${two(parts.m)}-${two(parts.d)}`
  if (serial < 1) return time
  return time === '00:00:00' ? date : `${date} ${time}`
}

/** Digits without an exponent as long as that loses nothing. */
function plainNumber(value: number): string {
  return Math.abs(value) >= 1e21 || !Number.isInteger(value) ? String(value) : BigInt(value).toString()
}
