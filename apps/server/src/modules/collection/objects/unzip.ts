import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
/** Largest part that is read, unpacked: more is no text of an office file but a bomb. */
const MOST_BYTES = 64 * 2 ** 20
const MOST_ENTRIES = 20_000

export interface ZipEntry {
  readonly name: string
  /** Unpacks it. @throws Error when it is broken, encrypted or too large */
  read(): Buffer
}

/** The entries of a ZIP file by its directory. @throws Error when it is none, or spans several */
export function zipEntries(file: Buffer): ZipEntry[] {
  const end = findEnd(file)
  const count = Math.min(file.readUInt16LE(end + 10), MOST_ENTRIES)
  const entries: ZipEntry[] = []
  let at = file.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (file.readUInt32LE(at) !== CENTRAL) throw new Error('the directory is broken')
    const [flags, method, packed, nameLength, extraLength, noteLength, start] = [
      file.readUInt16LE(at + 8), file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42),
    ]
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    entries.push({ name, read: () => unpack(file, { flags, method, packed, start }) })
    at += 46 + nameLength + extraLength + noteLength
  }
  return entries
}

/** The record at the end stands before a note of at most 65,535 bytes. */
function findEnd(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at--) if (file.readUInt32LE(at) === END) return at
  throw new Error('this is no ZIP file')
}

function unpack(file: Buffer, { flags, method, packed, start }: { flags: number; method: number; packed: number; start: number }): Buffer {
  if ((flags & 1) !== 0) throw new Error('the file is encrypted')
  if (file.readUInt32LE(start) !== LOCAL) throw new Error('an entry is broken')
  const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28)
  const bytes = file.subarray(from, from + packed)
  if (method === 0) return bytes
  if (method !== 8) throw new Error('an entry is packed in a way that is not known')
  return inflateRawSync(bytes, { maxOutputLength: MOST_BYTES })
}
