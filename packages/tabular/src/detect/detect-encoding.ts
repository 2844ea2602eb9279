import { decide, type Decision } from '../decision.ts'
import { UNDECODABLE, type EncodingId } from '../encoding/encodings.ts'
import { makeTranscoder } from '../encoding/transcoder.ts'
import { COMMON_CHARACTERS } from './common-characters.ts'

/** How a sample reads in one encoding. */
interface Reading {
  readonly encoding: EncodingId
  /** Characters outside ASCII. */
  readonly wide: number
  /** Share of them that cannot be decoded. */
  readonly broken: number
  /** Share of them that are common Han characters. */
  readonly common: number
}

/**
 * The encoding of a text, from a sample of its bytes that may be cut anywhere.
 * Order: byte order mark; UTF-16 by its zero bytes; strict UTF-8; then GB18030 against Big5 by what cannot be
 * decoded and how many common characters come out; Windows-1252 for Latin text that is none of these.
 */
export function detectEncoding(sample: Uint8Array): Decision<EncodingId> {
  const mark = byteOrderMark(sample)
  if (mark) return decide(mark, 1, { code: 'encoding/byte-order-mark', params: { encoding: mark } })
  const sixteen = utf16ByZeros(sample)
  if (sixteen) return decide(sixteen, 0.9, { code: 'encoding/utf-16-zeros', params: { encoding: sixteen } })
  const utf8 = readUtf8(sample)
  if (utf8.wide === 0 && utf8.broken === 0) return decide('utf-8', 1, { code: 'encoding/ascii-only' })
  if (utf8.broken === 0) return decide('utf-8', 0.99, { code: 'encoding/valid-utf-8', params: { characters: utf8.wide } })
  // nine valid sequences for each broken one do not happen by chance: damaged UTF-8 is still UTF-8
  if (utf8.wide >= 9 * utf8.broken) {
    return decide('utf-8', 0.8, { code: 'encoding/damaged-utf-8', params: { broken: utf8.broken } })
  }
  return amongDoubleByte(sample)
}

function amongDoubleByte(sample: Uint8Array): Decision<EncodingId> {
  const gb = readAs(sample, 'gb18030')
  const big5 = readAs(sample, 'big5')
  const [best, other] = score(gb) >= score(big5) ? [gb, big5] : [big5, gb]
  const params = {
    encoding: best.encoding,
    commonPercent: Math.round(best.common * 100),
    otherCommonPercent: Math.round(other.common * 100),
    brokenPercent: Math.round(best.broken * 100),
  }
  const looksLatin = best.wide > 0 && best.common < 0.1 && latinLike(sample)
  if (looksLatin) return decide('windows-1252', 0.5, { code: 'encoding/latin-letters' })
  return decide(best.encoding, 0.5 + (score(best) - score(other)) / 2, { code: 'encoding/common-characters', params })
}

const score = (reading: Reading): number => reading.common - reading.broken * 5

function byteOrderMark(bytes: Uint8Array): EncodingId | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** In UTF-16 the other half of delimiters, digits and line ends is zero: many zeros, all at even or all at odd places. */
function utf16ByZeros(bytes: Uint8Array): EncodingId | undefined {
  const zeros: [number, number] = [0, 0]
  const length = Math.min(bytes.length, 65_536)
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2 === 0 ? 0 : 1]++
  const [even, odd] = zeros
  if (even + odd < length * 0.05 || length < 4) return undefined
  if (even > odd * 20) return 'utf-16be'
  return odd > even * 20 ? 'utf-16le' : undefined
}

/** Counts valid and broken multi-byte sequences; one that is cut off by the end of the sample counts as neither. */
function readUtf8(bytes: Uint8Array): { wide: number; broken: number } {
  let wide = 0
  let broken = 0
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!
    const size = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0
    if (size === 1) {
      i++
      continue
    }
    let at = i + 1
    while (at < i + size && at < bytes.length && (bytes[at]! & 0xc0) === 0x80) at++
    if (size > 0 && at === i + size) wide++
    else if (size === 0 || at < bytes.length) broken++
    i = Math.max(at, i + 1)
  }
  return { wide, broken }
}

function readAs(sample: Uint8Array, encoding: EncodingId): Reading {
  const bytes = makeTranscoder(encoding).push(sample)
  let broken = 0
  for (const byte of bytes) if (byte === UNDECODABLE) broken++
  let wide = 0
  let common = 0
  for (const character of new TextDecoder().decode(bytes)) {
    if (character < '\u0080') continue
    wide++
    if (COMMON_CHARACTERS.has(character)) common++
  }
  return { encoding, wide, broken: wide === 0 ? 0 : broken / wide, common: wide === 0 ? 0 : common / wide }
}

/** High bytes that stand alone among ASCII letters, as accented letters do; Chinese ones come in pairs. */
function latinLike(sample: Uint8Array): boolean {
  let alone = 0
  let all = 0
  for (let i = 0; i < sample.length; i++) {
    if (sample[i]! < 0x80) continue
    all++
    if ((sample[i - 1] ?? 0) < 0x80 && (sample[i + 1] ?? 0) < 0x80) alone++
  }
  return alone > all * 0.7
}
