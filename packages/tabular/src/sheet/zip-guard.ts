import { AppError } from '@datong/kernel'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const MOST_ENTRIES = 10_000

/** One file inside a zip archive, as its directory tells. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly compressedBytes: number
  readonly headerOffset: number
}

/**
 * The directory of a zip archive.
 * @throws AppError `tabular/unreadable-sheet` when it is damaged or needs zip64 (no sheet of allowed size does)
 * @see APPNOTE.TXT 4.3.12, 4.3.16
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end--
  if (end < 0) throw damaged('no zip directory')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > MOST_ENTRIES) throw damaged('too many files inside')
  const decoder = new TextDecoder()
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged('zip directory is cut off')
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      compressedBytes: view.getUint32(at + 20, true),
      headerOffset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/**
 * Unpacks every file of the archive without keeping anything, and refuses when more than `maxBytes` come out: the
 * sizes that a zip states about itself may lie.
 * @throws AppError `tabular/too-large`, `tabular/unreadable-sheet`
 */
export async function refuseZipBomb(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let total = 0
  for (const entry of zipEntries(bytes)) {
    const at = entry.headerOffset
    if (at + 30 > bytes.length) throw damaged('a file inside is cut off')
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
    const packed = bytes.subarray(start, start + entry.compressedBytes)
    if (entry.method !== 8) {
      total += packed.length
    } else {
      total += await inflatedLength(packed, maxBytes - total)
    }
    if (total > maxBytes) throw new AppError('tabular/too-large', { limitBytes: maxBytes })
  }
}

async function inflatedLength(packed: Uint8Array<ArrayBuffer>, most: number): Promise<number> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return length
      length += value.length
      if (length > most) {
        await reader.cancel()
        return length
      }
    }
  } catch (cause) {
    throw new AppError('tabular/unreadable-sheet', { detail: 'a file inside is damaged' }, [], { cause })
  }
}

const damaged = (detail: string): AppError => new AppError('tabular/unreadable-sheet', { detail })
