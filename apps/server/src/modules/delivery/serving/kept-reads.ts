import { LRUCache } from 'lru-cache'
import type { ReadShape } from './read-batches.ts'
import type { Cells } from './volley.ts'

/** The steps of one matter ask for the same person or company within minutes; rows may be personal, so no longer. */
const KEPT_MS = 5 * 60_000
/** A read of so many bytes is a list, which is rarely asked for again. */
const MOST_BYTES_EACH = 16_384
/** What a row, a cell and an entry take beside the characters; about. */
const ROW_BYTES = 32
const CELL_BYTES = 24
const ENTRY_BYTES = 300

/** Rows in the order of the shape; readers leave them as they are. */
export type Read = (shape: ReadShape, values: readonly unknown[], signal?: AbortSignal) => Promise<readonly Cells[]>

/**
 * Look-ups by key that were made within the last minutes are answered from memory: a version never changes, and a live table
 * is read as of a state, which is among the values. Everything that makes an answer lawful (key, grant, quota, masks, evidence) comes
 * before or after and is done anew each time. Shapes belong to one plan, so nobody can tell by the clock what others asked for.
 * @param bytes memory that rows may take together, about; 0 keeps none
 * @param perf milliseconds that only grow
 */
export function keptReads(read: Read, bytes: number, perf: { now(): number } = performance): Read {
  if (bytes === 0) return read
  const kept = new LRUCache<string, readonly Cells[]>({
    maxSize: bytes, maxEntrySize: MOST_BYTES_EACH, ttl: KEPT_MS, ttlResolution: 1_000, perf, sizeCalculation: (rows, key) => ENTRY_BYTES + key.length + bytesOf(rows),
  })
  return async (shape, values, signal) => {
    // Reads that are not short go by themselves, and may be long.
    if (shape.batch === null) return read(shape, values, signal)
    const key = `${shape.id} ${JSON.stringify(values)}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const rows = await read(shape, values, signal)
    kept.set(key, rows)
    return rows
  }
}

function bytesOf(rows: readonly Cells[]): number {
  let size = 0
  for (const cells of rows) {
    size += ROW_BYTES
    for (const cell of cells) size += CELL_BYTES + (typeof cell === 'string' ? 2 * cell.length : 0)
  }
  return size
}
