import { neutraliseFormula } from '@datong/anonymisation'
import type { LoadStore, RejectRow } from './load-store.ts'

const ROWS_AT_ONCE = 2_000
const HEADER = ['行号', '信息项', '原因', '说明', '原始内容']

/**
 * The rejected rows of a load as CSV (RFC 4180) with a byte order mark, which spreadsheets need to see UTF-8. What a spreadsheet
 * would run as a formula is neutralised.
 */
export async function* rejectsCsv(loads: LoadStore, loadId: string): AsyncGenerator<string> {
  yield `\uFEFF${lineOf(HEADER)}`
  let after: { line: number; ordinal: number } | null = null
  for (;;) {
    const rows: RejectRow[] = await loads.rejectsAfter(loadId, after, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ line, field, reason, detail, excerpt }) => lineOf([line, field, reason, detail, excerpt])).join('')
    after = { line: last.line, ordinal: last.ordinal }
  }
}

const lineOf = (cells: readonly (string | number | null)[]): string => `${cells.map(cellOf).join(',')}\r\n`

function cellOf(cell: string | number | null): string {
  const text = String(neutraliseFormula(cell ?? ''))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
