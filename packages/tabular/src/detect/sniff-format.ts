import { decide, type Decision } from '../decision.ts'
import { zipEntries } from '../sheet/zip-guard.ts'

/** What a file is by its bytes. The first four can be read; the others are told apart to be refused by name. */
export const CONTENT_KINDS = [
  'delimited',
  'json',
  'ndjson',
  'sheet',
  'parquet',
  'zip',
  'gzip',
  'pdf',
  'image',
  'html',
  'xml',
  'archive',
  'binary',
  'empty',
] as const
export type ContentKind = (typeof CONTENT_KINDS)[number]

interface Signature {
  readonly kind: ContentKind
  readonly name: string
  readonly bytes: readonly number[]
}

const SIGNATURES: readonly Signature[] = [
  { kind: 'sheet', name: 'OLE', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { kind: 'parquet', name: 'PAR1', bytes: [0x50, 0x41, 0x52, 0x31] },
  { kind: 'gzip', name: 'gzip', bytes: [0x1f, 0x8b] },
  { kind: 'pdf', name: '%PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
  { kind: 'image', name: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'image', name: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'image', name: 'GIF', bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: 'archive', name: 'RAR', bytes: [0x52, 0x61, 0x72, 0x21] },
  { kind: 'archive', name: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { kind: 'archive', name: 'bzip2', bytes: [0x42, 0x5a, 0x68, 0x39] },
  { kind: 'archive', name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58] },
  { kind: 'archive', name: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
]

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  bytes.length >= prefix.length && prefix.every((byte, i) => bytes[i] === byte)

/** Whether the bytes begin like a zip archive, full or empty. */
export const isZip = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])

/**
 * What a file is, by its content alone; the name's extension is never asked.
 * @param head its first bytes, 64 KiB or more where there are as many
 */
export function sniffFormat(head: Uint8Array): Decision<ContentKind> {
  if (head.length === 0) return decide('empty', 1, { code: 'format/empty' })
  const known = SIGNATURES.find((signature) => startsWith(head, signature.bytes))
  if (known) return decide(known.kind, 1, { code: 'format/signature', params: { name: known.name } })
  if (isZip(head)) return sniffZip(head)
  return sniffText(head)
}

const SHEET_PARTS = ['xl/', '[Content_Types].xml', 'application/vnd.oasis.opendocument.spreadsheet', '_rels/.rels']

/** The first local headers of a workbook name its parts; the directory at the end of the file is not at hand here. */
function sniffZip(head: Uint8Array): Decision<ContentKind> {
  const names = zipNames(head)
  const sheet = names.find((name) => SHEET_PARTS.some((part) => name.includes(part)))
  if (sheet !== undefined) return decide('sheet', 0.95, { code: 'format/zip-with-sheet', params: { part: sheet } })
  return decide('zip', 1, { code: 'format/zip', params: { first: names[0] ?? '' } })
}

function zipNames(head: Uint8Array): string[] {
  try {
    return zipEntries(head).map((entry) => entry.name)
  } catch {
    // the head alone: names and the stored `mimetype` can be read as they lie
    const text = new TextDecoder('latin1').decode(head.subarray(0, 65_536))
    return text.split('PK\u0003\u0004').slice(1).map((part) => part.slice(26, 150))
  }
}

function sniffText(head: Uint8Array): Decision<ContentKind> {
  const text = asciiSkeleton(head).trimStart()
  const lower = text.slice(0, 200).toLowerCase()
  if (lower.startsWith('<!doctype html') || lower.startsWith('<html') || lower.startsWith('<table')) {
    return decide('html', 0.95, { code: 'format/html' })
  }
  if (lower.startsWith('<?xml') || /^<[a-z][\w:.-]*[\s>]/.test(lower)) return decide('xml', 0.9, { code: 'format/xml' })
  if (text.startsWith('[') && /^\[\s*(\{|\[|\]|$)/.test(text)) return decide('json', 0.95, { code: 'format/json-array' })
  if (/^\{\s*("|\}|$)/.test(text)) return sniffObject(text)
  if (looksBinary(head)) return decide('binary', 0.8, { code: 'format/binary' })
  return decide('delimited', 0.8, { code: 'format/text' })
}

/** NDJSON when the first two lines are whole objects, each by itself; else one JSON document. */
function sniffObject(text: string): Decision<ContentKind> {
  const [first = '', second] = text.split(/\r\n|\n|\r/, 2)
  const whole = first.trimEnd().endsWith('}')
  if (whole && second?.trimStart().startsWith('{')) {
    return decide('ndjson', 0.9, { code: 'format/ndjson' })
  }
  return decide('json', 0.9, { code: 'format/json-object' })
}

/** The bytes as Latin-1 without byte order mark and, for UTF-16, without the zero halves: enough to see brackets. */
function asciiSkeleton(head: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 262_144))
  return text.replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').replaceAll('\0', '')
}

/** Control characters that no text has, in number; a stray NUL does not make a table binary. */
function looksBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, 8192)
  let control = 0
  let zero = 0
  for (const byte of sample) {
    if (byte === 0) zero++
    else if (byte < 0x09 || (byte > 0x0d && byte < 0x1b) || (byte > 0x1b && byte < 0x20)) control++
  }
  const utf16 = zero > sample.length * 0.1 && (evenZeros(sample) > zero * 0.9 || evenZeros(sample) < zero * 0.1)
  return control > sample.length * 0.02 || (zero > sample.length * 0.05 && !utf16)
}

function evenZeros(sample: Uint8Array): number {
  let count = 0
  for (let i = 0; i < sample.length; i += 2) if (sample[i] === 0) count++
  return count
}
