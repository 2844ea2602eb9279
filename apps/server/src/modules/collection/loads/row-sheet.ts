import type { NormalisedTable } from '@datong/data-engine'
import { RowWriter } from '@datong/tabular'
import { open } from 'node:fs/promises'
import { createRowsDigest } from '../connectors/rows-digest.ts'
import type { SheetMark } from './checkpoint.ts'
import type { RejectWriter } from './reject-writer.ts'

const FLUSH_AT = 1 << 19
/** As of a record of a file. */
const MOST_RECORD_CHARACTERS = 2 ** 24

export interface RowSheet {
  /** Texts of each row in the order of the names; null is no value. */
  write(rows: readonly (readonly (string | null)[])[]): Promise<void>
  /** Makes what was written durable. */
  mark(): Promise<SheetMark>
  end(): Promise<{ readonly table: NormalisedTable; readonly rows: number; readonly rowsRejected: number; readonly hash: string; readonly bytes: number }>
  /** Lets go of the file without an end. */
  close(): Promise<void>
}

export interface SheetOptions {
  /** Takes rows with a NUL character, which no text of ours may hold, and those that are too long; without it they are an error. */
  readonly rejects?: RejectWriter
  /** Goes on after this mark: what the file holds beyond it is cut off. */
  readonly from?: SheetMark
}

/** Writes rows of texts as the normalised CSV that the engine reads, with their content hash. Lines are counted from 1. */
export async function openRowSheet(path: string, names: readonly string[], { rejects, from }: SheetOptions = {}): Promise<RowSheet> {
  const file = await open(path, from === undefined ? 'w' : 'r+')
  const writer = new RowWriter()
  const digest = createRowsDigest()
  const hash = (): string => String(BigInt(from?.hash ?? '0') + BigInt(digest.sum().hash))
  let bytes = from?.bytes ?? 0
  if (from !== undefined) {
    await file.truncate(from.bytes)
    Object.assign(writer, {
      rowsRead: from.rows + from.rowsRejected, rowsWritten: from.rows, rowsRejected: from.rowsRejected, maxWritten: from.maxRecordBytes,
      innerLineBreaks: from.innerLineBreaks, firstLine: 1, consecutive: from.rowsRejected === 0,
    })
  }

  const flush = async (): Promise<void> => {
    const { out } = writer
    if (out.length > 0) await file.write(out.bytes, 0, out.length, bytes)
    bytes += out.length
    out.length = 0
    const rejected = writer.rejects
    writer.rejects = []
    if (rejected.length === 0) return
    if (rejects === undefined) throw new Error('a row holds a NUL character or is too long')
    await rejects.add(rejected.map((one) => ({ ...one, field: null })))
  }
  return {
    write: async (rows) => {
      for (const row of rows) {
        const texts = row.map((text) => text ?? '')
        if (texts.length !== names.length) throw new Error(`a row has ${texts.length} texts for ${names.length} names`)
        const before = writer.rowsWritten
        const length = texts.reduce((sum, text) => sum + text.length, 0)
        if (length > MOST_RECORD_CHARACTERS) writer.reject(writer.rowsRead + 1, 'record-too-large', `holds ${length} characters`, (texts[0] ?? '').slice(0, 500))
        else writer.write(writer.rowsRead + 1, texts)
        if (writer.rowsWritten > before) digest.add(row)
        if (writer.out.length > FLUSH_AT) await flush()
      }
    },
    mark: async () => {
      await flush()
      await rejects?.flush()
      await file.datasync()
      return { bytes, rows: writer.rowsWritten, rowsRejected: writer.rowsRejected, maxRecordBytes: writer.maxWritten, innerLineBreaks: writer.innerLineBreaks, hash: hash() }
    },
    end: async () => {
      await flush()
      await file.close()
      const { rowsWritten: rows, rowsRejected, maxWritten: maxRecordBytes, innerLineBreaks, firstLine, consecutive } = writer
      const table = { path, names, rows, maxRecordBytes, innerLineBreaks, firstLine: consecutive && rows > 0 ? firstLine : null }
      return { table, rows, rowsRejected, hash: hash(), bytes }
    },
    close: () => file.close(),
  }
}
