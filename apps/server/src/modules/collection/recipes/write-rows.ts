import type { NormalisedTable } from '@datong/data-engine'
import { RowWriter } from '@datong/tabular'
import { open } from 'node:fs/promises'

const FLUSH_AT = 1 << 19

/** Writes normalised CSV of rows that keep the line on which they stood in their source. */
export interface RowFile {
  write(line: number, cells: readonly string[]): void
  /** Writes out what has gathered, when it is enough. */
  flush(): Promise<void>
  end(): Promise<NormalisedTable>
  /** Lets go of the file without an end. */
  close(): Promise<void>
}

export async function openRowFile(path: string, names: readonly string[]): Promise<RowFile> {
  const file = await open(path, 'wx')
  const writer = new RowWriter()
  const flush = async (least: number): Promise<void> => {
    const { out } = writer
    if (out.length <= least) return
    await file.writeFile(out.bytes.subarray(0, out.length))
    out.length = 0
    if (writer.rejects.length > 0) throw new Error('a cleaned row holds a NUL character')
  }
  return {
    write: (line, cells) => writer.write(line, cells),
    flush: () => flush(FLUSH_AT),
    end: async () => {
      await flush(0)
      await file.close()
      const { rowsWritten: rows, maxWritten: maxRecordBytes, innerLineBreaks, firstLine, consecutive } = writer
      return { path, names, rows, maxRecordBytes, innerLineBreaks, firstLine: consecutive && rows > 0 ? firstLine : null }
    },
    close: () => file.close(),
  }
}
