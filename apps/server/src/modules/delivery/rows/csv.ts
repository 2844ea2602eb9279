import { neutraliseFormula } from '@datong/anonymisation'
import type { Value } from '@datong/data-engine'

/** Neither the beginning of a formula nor anything to be quoted. */
const PLAIN = /^[\u4e00-\u9fff\dA-Za-z][^",\r\n]*$/

/** One CSV cell by RFC 4180. Text that a spreadsheet would run as a formula is made harmless; numbers stay numbers. */
export function csvCell(cell: Value): string {
  if (cell === null) return ''
  if (typeof cell === 'string' && PLAIN.test(cell)) return cell
  const text = String(neutraliseFormula(cell))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (cells: readonly Value[]): string => `${cells.map(csvCell).join(',')}\r\n`
