import { PackedStrings } from './packed-strings.ts'
import { type PackedParts, PackedSegment } from './packed-segment.ts'

const KINDS = { Uint8Array, Uint16Array, Uint32Array, Float64Array } as const
type Kind = keyof typeof KINDS
type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** Raised when the meaning of the bytes changes, or what is indexed. */
const FORMAT = 1
const MAGIC = 0x58444944

interface Header {
  readonly format: number
  /** What the caller wants to know before he trusts the bytes: which dictionary the words were cut with. */
  readonly note: string
  readonly schema: PackedParts['schema']
  readonly facetValues: PackedParts['facetValues']
  readonly columns: readonly { readonly kind: Kind; readonly length: number }[]
}

const aligned = (bytes: number): number => (bytes + 7) & ~7

const columnsOf = (parts: PackedParts): Column[] => [
  parts.keys.units, parts.keys.offsets, parts.titles.units, parts.titles.offsets, parts.stamps, parts.byTitle,
  parts.terms.units, parts.terms.offsets, parts.postingStarts, parts.deltaStarts, parts.deltas, parts.impacts,
  parts.spellings.units, parts.spellings.offsets, parts.spelledTerms, ...parts.facetIds, ...parts.numbers,
]

const kindOf = (column: Column): Kind => (Object.keys(KINDS) as Kind[]).find((kind) => column instanceof KINDS[kind])! // one of the four

/**
 * A packed part as bytes, in the byte order of the machine: for a file that the same machine reads again. They come in pieces,
 * most of which are the part's own memory, so nothing is copied. Documents that were forgotten since it was packed are in
 * them, and to be forgotten again.
 */
export function serialise({ parts }: PackedSegment, note: string): Uint8Array[] {
  const columns = columnsOf(parts)
  const header: Header = {
    format: FORMAT, note, schema: parts.schema, facetValues: parts.facetValues,
    columns: columns.map((column) => ({ kind: kindOf(column), length: column.length })),
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const head = new Uint8Array(aligned(8 + text.length))
  new DataView(head.buffer).setUint32(0, MAGIC, true)
  new DataView(head.buffer).setUint32(4, text.length, true)
  head.set(text, 8)
  return [head, ...columns.flatMap((column) => [new Uint8Array(column.buffer, column.byteOffset, column.byteLength), new Uint8Array(aligned(column.byteLength) - column.byteLength)])]
}

/**
 * Opens what `serialise` wrote, without copying.
 * @returns null when the bytes are of another format or schema, are cut short, or carry another note
 */
export function deserialise(bytes: Uint8Array, schema: PackedParts['schema'], note: string): PackedSegment | null {
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
  if (whole.length < 8 || view.getUint32(0, true) !== MAGIC) return null
  const headLength = view.getUint32(4, true)
  if (8 + headLength > whole.length) return null
  const header = JSON.parse(new TextDecoder().decode(whole.subarray(8, 8 + headLength))) as Header // written by `serialise`: the sign says so
  if (header.format !== FORMAT || header.note !== note || JSON.stringify(header.schema) !== JSON.stringify(schema)) return null
  let at = aligned(8 + headLength)
  const columns: Column[] = []
  for (const { kind, length } of header.columns) {
    const Kind = KINDS[kind]
    if (at + length * Kind.BYTES_PER_ELEMENT > whole.length) return null
    columns.push(new Kind(whole.buffer as ArrayBuffer, whole.byteOffset + at, length)) // of a file or of `slice`: not shared
    at += aligned(length * Kind.BYTES_PER_ELEMENT)
  }
  // In the order and of the kinds in which `columnsOf` names them.
  const take = <C extends Column>(place: number): C => columns[place] as C
  const strings = (place: number): PackedStrings => new PackedStrings(take(place), take(place + 1))
  const [facetsFrom, numbersFrom] = [15, 15 + schema.facets.length]
  return new PackedSegment({
    schema, facetValues: header.facetValues, keys: strings(0), titles: strings(2), stamps: take(4), byTitle: take(5), terms: strings(6),
    postingStarts: take(8), deltaStarts: take(9), deltas: take(10), impacts: take(11), spellings: strings(12), spelledTerms: take(14),
    facetIds: schema.facets.map((_, column) => take<Uint16Array>(facetsFrom + column)),
    numbers: schema.numbers.map((_, column) => take<Float64Array>(numbersFrom + column)),
  })
}
