import { neutraliseFormula } from '@datong/anonymisation'
import type { Value } from '@datong/data-engine'

/** One CSV cell by RFC 4180. Text that a spreadsheet would run as a formula is made harmless; numbers stay numbers. */
export function csvCell(cell: Value): string {
  if (cell === null) return ''
  const text = String(neutraliseFormula(cell))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (cells: readonly Value[]): string => `${cells.map(csvCell).join(',')}\r\n`
