import type { ExtractedText, ObjectKind } from './extracted.ts'

interface ImageKind {
  readonly kind: ObjectKind
  is(file: Buffer): boolean
  /** Width and height in pixels; null where the file does not say. */
  size(file: Buffer): readonly [number, number] | null
}

const starts = (file: Buffer, ...bytes: readonly number[]): boolean => bytes.every((byte, at) => file[at] === byte)

/** @see PNG (W3C, clause 11.2.2), JPEG (ITU-T T.81, B.2.2), GIF89a (18), WebP container, TIFF 6.0 */
const KINDS: readonly ImageKind[] = [
  { kind: 'png', is: (file) => starts(file, 0x89, 0x50, 0x4e, 0x47), size: (file) => (file.length < 24 ? null : [file.readUInt32BE(16), file.readUInt32BE(20)]) },
  { kind: 'jpeg', is: (file) => starts(file, 0xff, 0xd8, 0xff), size: jpegSize },
  { kind: 'gif', is: (file) => file.toString('latin1', 0, 4) === 'GIF8', size: (file) => (file.length < 10 ? null : [file.readUInt16LE(6), file.readUInt16LE(8)]) },
  { kind: 'webp', is: (file) => file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP', size: webpSize },
  { kind: 'tiff', is: (file) => starts(file, 0x49, 0x49, 0x2a, 0) || starts(file, 0x4d, 0x4d, 0, 0x2a), size: () => null },
]

/** What an image tells of itself; undefined when the file is none. */
export function imageProperties(file: Buffer): ExtractedText | undefined {
  const image = KINDS.find(({ is }) => is(file))
  if (image === undefined) return undefined
  const size = image.size(file)
  return { kind: image.kind, text: '', pages: null, properties: size === null ? {} : { width: String(size[0]), height: String(size[1]) } }
}

function jpegSize(file: Buffer): readonly [number, number] | null {
  for (let at = 2; at + 9 < file.length;) {
    if (file[at] !== 0xff) return null
    const marker = file[at + 1]! // within the file
    // Frames of all processes but for the tables among them.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return [file.readUInt16BE(at + 7), file.readUInt16BE(at + 5)]
    at += 2 + file.readUInt16BE(at + 2)
  }
  return null
}

function webpSize(file: Buffer): readonly [number, number] | null {
  if (file.length < 30) return null
  const form = file.toString('latin1', 12, 16)
  if (form === 'VP8X') return [file.readUIntLE(24, 3) + 1, file.readUIntLE(27, 3) + 1]
  if (form === 'VP8 ') return [file.readUInt16LE(26) & 0x3fff, file.readUInt16LE(28) & 0x3fff]
  if (form !== 'VP8L') return null
  const bits = file.readUInt32LE(21)
  return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1]
}
