import { decide, type Decision } from '../decision.ts'
import type { ImportOptions } from '../import-options.ts'
import { detectHeader, type Header } from './detect-header.ts'

/** The header as found, or as told by a person. */
export function headerFrom(records: readonly (readonly string[])[], given: Partial<ImportOptions>): Decision<Header> {
  const { skipRows = 0, headerRows } = given
  if (headerRows === undefined) {
    const found = detectHeader(records.slice(skipRows))
    return { ...found, value: { ...found.value, skipRows: found.value.skipRows + skipRows } }
  }
  const cells = headerRows > 0 ? (records[skipRows] ?? []) : []
  const rows = headerRows === 0 ? 0 : headerRows === 1 ? 1 : 2
  return decide({ skipRows, headerRows: rows, cells }, 1, { code: 'import/given' })
}
