import type { PlanField } from '../plan/plan.ts'
import { csvCell } from '../rows/csv.ts'
import { cellMask, type CellMask } from './cell-mask.ts'
import { ByteBuilder, endOfHeader, endOfPlain, endOfQuoted, QUOTE } from './sheet-bytes.ts'

/** Room for what masks add to a piece; it grows when they add more. */
const SPARE = 65_536

/**
 * Masks some columns of a sheet that the engine wrote (`DataEngine.exportSheet`), leaving all other bytes as they are.
 * Memory is a chunk and the record that it breaks off in.
 * @param columns in the order of the sheet; those with a mask were written apart
 * @param onRows told after each chunk how many rows have passed
 */
export async function* maskSheet(source: AsyncIterable<Buffer>, columns: readonly PlanField[], onRows: (rows: number) => void): AsyncGenerator<Buffer> {
  const masks = columns.map((column) => cellMask(column, csvCell))
  let rest: Buffer = Buffer.alloc(0)
  let records = 0
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const { used, records: more, masked } = maskRecords(bytes, masks, records === 0)
    rest = bytes.subarray(used)
    records += more
    yield masked
    onRows(Math.max(0, records - 1)) // the first is the header
  }
  if (rest.length > 0) throw new Error(`the sheet ends within a record, ${rest.length} bytes before its end`)
}

/** All whole records of a piece, masked; what is left begins at `used`. */
function maskRecords(bytes: Buffer, masks: readonly (CellMask | null)[], startsWithHeader: boolean): { used: number; records: number; masked: Buffer } {
  const out = new ByteBuilder(bytes.length + SPARE)
  let copied = 0
  let used = startsWithHeader ? Math.max(0, endOfHeader(bytes)) : 0
  let records = used > 0 ? 1 : 0
  while (used < bytes.length && (records > 0 || !startsWithHeader)) {
    const [lengthBefore, copiedBefore] = [out.length, copied]
    const end = maskRecord(used)
    if (end === -1) {
      out.length = lengthBefore
      copied = copiedBefore
      break
    }
    used = end
    records++
  }
  out.copy(bytes, copied, used)
  return { used, records, masked: out.taken() }

  /** Masks the record that begins here. @returns where the next one begins; -1 when this one is not whole */
  function maskRecord(begin: number): number {
    let at = begin
    for (const mask of masks) {
      const isQuoted = bytes[at] === QUOTE
      const end = isQuoted ? endOfQuoted(bytes, at) : endOfPlain(bytes, at)
      // Behind each cell there is a comma or a line break of two bytes; a quote at the very end could be half of two.
      if (end === -1 || end + 1 >= bytes.length) return -1
      if (mask !== null) {
        const text = isQuoted ? bytes.toString('utf8', at + 1, end - 1) : bytes.toString('latin1', at, end)
        out.copy(bytes, copied, at)
        out.write(mask(isQuoted && text.includes('"') ? text.replaceAll('""', '"') : text, end === at))
        copied = end
      }
      at = end + 1
    }
    return at + 1
  }
}
