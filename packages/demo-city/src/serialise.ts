import { encodeGb18030 } from './gb18030.ts'
import type { DemoTable, FaultListener } from './model.ts'

const CHUNK_CHARACTERS = 32_768

/** One record in the manner of RFC 4180: quoted only where it must be. */
function line(cells: readonly string[], delimiter: string): string {
  return cells
    .map((cell) => (cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter)
}

/**
 * The table as a delimited text file in its declared encoding, header row first, in chunks of about 32,768
 * characters that end with whole records. GB18030 files have CR LF, as exports from desktop programs do; others LF.
 */
export function* serialise(table: DemoTable, onFault?: FaultListener): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const { encoding, delimiter } = table.file
  const end = encoding === 'gb18030' ? '\r\n' : '\n'
  const utf8 = new TextEncoder()
  const encode = (text: string): Uint8Array<ArrayBuffer> => (encoding === 'gb18030' ? encodeGb18030(text) : utf8.encode(text))
  let text = (encoding === 'utf-8-bom' ? '\ufeff' : '') + line(table.fields.map(({ name }) => name), delimiter) + end
  for (const row of table.rows(onFault)) {
    text += line(row, delimiter) + end
    if (text.length >= CHUNK_CHARACTERS) {
      yield encode(text)
      text = ''
    }
  }
  if (text !== '') yield encode(text)
}
