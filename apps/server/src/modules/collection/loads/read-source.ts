import type { NormalisedTable } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { detectImport, type Detection, HEAD_BYTES, type ImportOptions, normalise, type NormaliseResult, type Reject } from '@datong/tabular'
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const READ_AT_ONCE = 1 << 20
const TAIL_BYTES = 64 * 1024

const streamOf = (path: string) => (): AsyncIterable<Uint8Array> => createReadStream(path, { highWaterMark: READ_AT_ONCE })

/**
 * Decides how an uploaded file is to be read. @param given what is known of it beforehand and not decided anew
 * @throws AppError `collection/empty-file`, `collection/unsupported-format` naming what was found, `tabular/…`
 */
export async function detectSource(path: string, bytes: number, given: Partial<ImportOptions> = {}): Promise<Detection> {
  const handle = await open(path, 'r')
  try {
    const head = await readAt(handle, 0, Math.min(bytes, HEAD_BYTES))
    const tail = await readAt(handle, Math.max(0, bytes - TAIL_BYTES), Math.min(bytes, TAIL_BYTES))
    return await detectImport({ head, tail, sizeBytes: bytes, open: streamOf(path) }, given)
  } finally {
    await handle.close()
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

export interface ReadSink {
  readonly reject: (rejects: readonly Reject[]) => Promise<void>
  readonly progress: (bytesRead: number, rowsRead: number) => void
  readonly signal: AbortSignal
}

/** Reads the file as detected and writes clean CSV to `target` for the engine. */
export async function readSource(
  path: string, { options }: Detection, target: string, { reject, progress, signal }: ReadSink,
): Promise<{ table: NormalisedTable; result: NormaliseResult }> {
  const handle = await open(target, 'wx')
  try {
    const write = async (bytes: Uint8Array): Promise<void> => {
      signal.throwIfAborted()
      await handle.writeFile(bytes)
    }
    const result = await normalise(streamOf(path), options, { write, reject, progress }, { isUtf8 })
    const { names, rowsWritten, maxRecordBytes, innerLineBreaks, firstLine } = result
    return { table: { path: target, names, rows: rowsWritten, maxRecordBytes, innerLineBreaks, firstLine }, result }
  } finally {
    await handle.close()
  }
}

/** A file of which nothing, or too little, can be stored is a mistake rather than a table. */
export function requireRows(counts: { read: number; rejected: number }): void {
  const { read, rejected } = counts
  if (read === 0) {
    throw new AppError('collection/no-rows', {}, [{ pointer: '/file', code: 'no-rows', message: '文件只有表头，没有数据行' }])
  }
  if (rejected * 2 > read) {
    const message = `${read} 行中有 ${rejected} 行不能入库，超过一半；请检查文件或查看剔除明细`
    throw new AppError('collection/too-many-rejects', { read, rejected }, [{ pointer: '/file', code: 'too-many-rejects', message }])
  }
}
