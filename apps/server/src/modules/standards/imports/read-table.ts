import { AppError } from '@datong/kernel'
import { detectImport, HEAD_BYTES, normalise } from '@datong/tabular'

/** A file as rows: titles as they stand in it, and cells by position, each with its line. */
export interface ReadTable {
  readonly names: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
  readonly rejects: readonly { readonly line: number; readonly detail: string }[]
}

/** More lines than any list of codes has that people keep: streets of the whole country are 41,000. */
const MOST_ROWS = 60_000

/** Reads a spreadsheet or delimited file in whatever encoding. @throws AppError `tabular/…`, `request/too-large` */
export async function readTable(bytes: Uint8Array, mostRows = MOST_ROWS): Promise<ReadTable> {
  const open = async function* () {
    yield bytes
  }
  const { options } = await detectImport({ head: bytes.subarray(0, HEAD_BYTES), tail: bytes.subarray(-HEAD_BYTES), sizeBytes: bytes.length, open })
  const parts: Buffer[] = []
  const rejects: { line: number; detail: string }[] = []
  const result = await normalise(open, options, {
    write: (written) => void parts.push(Buffer.from(written)),
    reject: (some) => void rejects.push(...some.map(({ line, detail }) => ({ line, detail }))),
  })
  if (result.rowsWritten > mostRows) throw new AppError('request/too-large', { limit: mostRows })
  const rows = readRecords(Buffer.concat(parts).toString()).map(([line = '0', ...cells]) => ({ line: Number(line), cells: cells.map((cell) => cell.normalize('NFC').trim()) }))
  return { names: result.names, rows, rejects }
}

/** Records of the normal form: commas, LF, RFC 4180. */
function readRecords(text: string): string[][] {
  const records: string[][] = []
  let [record, cell, quoted] = [[] as string[], '', false]
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') cell += text[++at]!
      else quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === ',') {
      record.push(cell)
      cell = ''
    } else if (letter === '\n') {
      records.push([...record, cell])
      record = []
      cell = ''
    } else cell += letter
  }
  return records
}

/** Finds columns by the titles that they go by; a title counts once. */
export function columnsOf<Key extends string>(names: readonly string[], titles: Readonly<Record<Key, readonly string[]>>): ReadonlyMap<Key, number> {
  const folded = names.map((name) => name.normalize('NFKC').toLowerCase().replace(/[\s_\-()*]/g, ''))
  const found = new Map<Key, number>()
  for (const [key, known] of Object.entries(titles) as [Key, readonly string[]][]) { // the keys are the record's own
    const at = folded.findIndex((name) => known.some((one) => one === name))
    if (at >= 0) found.set(key, at)
  }
  return found
}
