import { decide, type Decision } from '../decision.ts'
import { usualFieldCount } from './detect-delimiter.ts'
import { shapeOf, type Shape } from './value-shape.ts'

/** Where the header is: titles above it, its own rows, the cells of its rows. */
export interface Header {
  readonly skipRows: number
  readonly headerRows: 0 | 1 | 2
  /** One cell for each field, not yet cleaned; empty when there is no header. */
  readonly cells: readonly string[]
  /** A second name for each field, e.g. the English one, when the second row holds such. */
  readonly alternates?: readonly string[]
}

type Row = readonly string[]

const MOST_TITLE_ROWS = 20
const ROWS_BELOW = 200
const HAN = /\p{Script=Han}/u

/** Finds titles and header among the first records (blank ones left out) of a table. */
export function detectHeader(rows: readonly Row[]): Decision<Header> {
  const skipRows = titleRows(rows)
  const first = rows[skipRows]
  if (!first) return decide({ skipRows: 0, headerRows: 0, cells: [] }, 1, { code: 'header/no-rows' })
  const below = rows.slice(skipRows + 1, skipRows + 1 + ROWS_BELOW)
  const title = skipRows > 0 ? [{ code: 'header/title-rows', params: { rows: skipRows } }] : []
  const verdict = isHeader(first, below)
  if (!verdict.header) {
    const none: Header = { skipRows, headerRows: 0, cells: [] }
    return decide(none, verdict.confidence, ...title, { code: verdict.code })
  }
  const second = below[0]
  const two = second && below.length > 1 ? secondHeader(first, second, below.slice(1)) : undefined
  if (two && second) {
    const split = two === 'groups'
    const width = Math.max(first.length, second.length)
    const cells = split ? Array.from({ length: width }, (_, i) => grouped(first, second, i)) : first
    const header: Header = { skipRows, headerRows: 2, cells, ...(split ? {} : { alternates: second }) }
    return decide(header, 0.85, ...title, { code: split ? 'header/grouped' : 'header/second-row-of-names' })
  }
  return decide({ skipRows, headerRows: 1, cells: first }, verdict.confidence, ...title, { code: verdict.code })
}

/** Rows above the table that hold one or two cells where the table is wide. */
function titleRows(rows: readonly Row[]): number {
  const filled = (row: Row): number => row.filter((cell) => cell.trim() !== '').length
  const distinct = (row: Row): number => new Set(row.filter((cell) => cell.trim() !== '')).size
  const width = usualFieldCount(rows).fields
  if (width < 3) return 0
  const typical = [...rows].map(filled).sort((a, b) => a - b)[Math.floor(rows.length / 2)] ?? 0
  const isTitle = (row: Row): boolean => (distinct(row) <= 2 && typical >= 4) || (filled(row) === 1 && typical >= 2)
  let count = 0
  while (count < Math.min(MOST_TITLE_ROWS, rows.length - 1) && isTitle(rows[count]!)) count++
  // a table whose very rows are that thin has no titles
  return count === Math.min(MOST_TITLE_ROWS, rows.length - 1) ? 0 : count
}

function isHeader(first: Row, below: readonly Row[]): { header: boolean; confidence: number; code: string } {
  const cells = first.map((cell) => cell.trim())
  const shapes = cells.map(shapeOf)
  const columns = cells.map((_, i) => columnShape(below, i))
  const isYear = (cell: string): boolean => /^(19|20)\d{2}$/.test(cell)
  const typed = columns.map((shape, i) => ({ shape, own: shapes[i]!, cell: cells[i]! })).filter(({ shape }) => shape !== 'text' && shape !== 'blank')
  const named = typed.filter(({ own }) => own === 'text').length
  const typedLikeData = typed.filter(({ own, shape }) => own === shape).length
  const years = cells.filter(isYear).length
  if (years >= 3 && new Set(cells).size === cells.length && shapes[0] !== 'number') {
    return { header: true, confidence: 0.8, code: 'header/years-as-names' }
  }
  if (typedLikeData > 0 && typedLikeData >= named) return { header: false, confidence: 0.85, code: 'header/first-row-is-data' }
  if (named > 0) return { header: true, confidence: 0.97, code: 'header/names-over-values' }
  if (below.length === 0) return { header: true, confidence: 0.5, code: 'header/only-row' }
  const repeated = cells.filter((cell, i) => cell !== '' && recurs(cell, i, first, below)).length
  if (repeated > 0) return { header: false, confidence: 0.7, code: 'header/first-row-recurs' }
  const filled = cells.filter((cell) => cell !== '')
  if (new Set(filled).size < filled.length && filled.length <= 2) return { header: false, confidence: 0.5, code: 'header/first-row-recurs' }
  return { header: true, confidence: 0.7, code: 'header/names-are-distinct' }
}

/** Whether a cell of the first row is also a value below it; a whole repeated header row does not count. */
const recurs = (cell: string, column: number, first: Row, below: readonly Row[]): boolean =>
  below.some((row) => row[column]?.trim() === cell && row.join('\u0000') !== first.join('\u0000'))

function columnShape(rows: readonly Row[], column: number): Shape {
  const counts = { blank: 0, number: 0, date: 0, text: 0 }
  for (const row of rows) counts[shapeOf(row[column] ?? '')]++
  const filled = rows.length - counts.blank
  if (filled === 0) return 'blank'
  if (counts.number >= filled * 0.8) return 'number'
  return counts.date >= filled * 0.8 ? 'date' : 'text'
}

/**
 * Whether the row under the header belongs to it: texts over the columns of numbers and dates, or the same names in
 * another script; or the finer half of a header whose upper row names groups.
 */
function secondHeader(first: Row, second: Row, below: readonly Row[]): 'names' | 'groups' | undefined {
  const columns = first.map((_, i) => columnShape(below, i))
  const typed = columns.flatMap((shape, i) => (shape === 'number' || shape === 'date' ? [i] : []))
  const filled = typed.filter((i) => shapeOf(second[i] ?? '') !== 'blank')
  const texts = filled.filter((i) => shapeOf(second[i] ?? '') === 'text')
  const allText = second.every((cell) => ['text', 'blank'].includes(shapeOf(cell)))
  const overValues = typed.length >= 2 && texts.length >= typed.length * 0.7 && texts.length === filled.length && allText
  const otherScript = allText && isTranslation(first, second, below)
  if (!overValues && !otherScript) return undefined
  const gaps = first.some((cell, i) => cell.trim() === '' && (second[i] ?? '').trim() !== '')
  const names = first.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return (gaps && first.length > 1) || new Set(names).size < names.length ? 'groups' : 'names'
}

function isTranslation(first: Row, second: Row, below: readonly Row[]): boolean {
  const han = (row: Row): number => row.filter((cell) => HAN.test(cell)).length
  const filled = second.filter((cell) => cell.trim() !== '').length
  if (filled < first.length * 0.8 || han(first) < first.length * 0.8 || han(second) > 0 || first.length < 3) return false
  const hanColumns = first.flatMap((_, i) => (below.filter((row) => HAN.test(row[i] ?? '')).length > below.length / 2 ? [i] : []))
  return hanColumns.length >= first.length / 2
}

/** Name of a field under a group: `group_name`; a group stands over all columns up to the next one. */
function grouped(first: Row, second: Row, column: number): string {
  let at = column
  while (at > 0 && (first[at] ?? '').trim() === '') at--
  const group = (first[at] ?? '').trim()
  const own = (second[column] ?? '').trim()
  if (own === '' || own === group) return group
  return group === '' ? own : `${group}_${own}`
}
