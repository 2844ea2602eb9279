import type { NormalisedTable } from '@datong/data-engine'
import { literal, stagedColumn } from './sql.ts'

const LEAST_LINE_BYTES = 2 * 1024 * 1024

/**
 * The table function that reads a normalised CSV: `_line` and one text column `c0`, `c1` … for each field. Nothing is
 * sniffed and nothing forgiven: the normaliser has made the file exact. Blank fields are null. Files with line breaks
 * inside fields are read by one thread, since a place to start in the middle cannot be told for sure.
 */
export function stagedSource(table: NormalisedTable): string {
  const columns = table.names.map((_, index) => `'${stagedColumn(index)}': 'VARCHAR'`)
  const options = [
    'auto_detect = false',
    'header = false',
    `delim = ','`,
    `quote = '"'`,
    `escape = '"'`,
    `new_line = '\\n'`,
    `nullstr = ''`,
    'null_padding = false',
    'ignore_errors = false',
    `max_line_size = ${Math.max(LEAST_LINE_BYTES, table.maxRecordBytes * 2)}`,
    `parallel = ${table.innerLineBreaks ? 'false' : 'true'}`,
    `columns = {'_line': 'BIGINT', ${columns.join(', ')}}`,
  ]
  return `read_csv(${literal(table.path)}, ${options.join(', ')})`
}
