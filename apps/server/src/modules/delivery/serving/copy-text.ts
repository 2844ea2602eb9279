import type { Row, Value } from '@datong/data-engine'

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One cell in PostgreSQL's COPY text format. @see https://www.postgresql.org/docs/current/sql-copy.html */
const copyCell = (cell: Value): string =>
  cell === null ? '\\N' : typeof cell === 'string' ? cell.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign]!) : String(cell) // the class lists the keys

/** Batches of rows as COPY text, one chunk a batch. */
export async function* copyText(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  for await (const rows of batches) {
    let chunk = ''
    for (const cells of rows) chunk += `${cells.map(copyCell).join('\t')}\n`
    if (chunk !== '') yield chunk
  }
}
