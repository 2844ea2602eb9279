import { UNDECODABLE } from './encodings.ts'
import { packUtf8, putPacked } from './packed-utf8.ts'
import type { ByteDecoder } from './byte-decoder.ts'

const LEADS = 126 // 0x81–0xFE
const TRAILS = 191 // 0x40–0xFE
const tables = new Map<string, Int32Array>()

/** Every lead and trail byte with its UTF-8 form (packed; 0: no character), asked once from the platform's decoder. */
function tableOf(encoding: 'gb18030' | 'big5'): Int32Array {
  const known = tables.get(encoding)
  if (known) return known
  const pairs = new Uint8Array(LEADS * TRAILS * 3)
  for (let i = 0; i < LEADS * TRAILS; i++) {
    pairs[i * 3] = 0x81 + Math.floor(i / TRAILS)
    pairs[i * 3 + 1] = 0x40 + (i % TRAILS)
    pairs[i * 3 + 2] = 0x0a
  }
  const texts = new TextDecoder(encoding).decode(pairs).split('\n')
  const table = new Int32Array(LEADS * TRAILS)
  for (let i = 0; i < table.length; i++) {
    const text = texts[i] ?? ''
    table[i] = text === '' || text.includes('\ufffd') ? 0 : packUtf8(text)
  }
  tables.set(encoding, table)
  return table
}

/** Four-byte GB18030 is rare (minority scripts, rare Han): each is asked from the platform once and remembered. */
function fourByteReader(): (a: number, b: number, c: number, d: number) => number {
  const seen = new Map<number, number>()
  const decoder = new TextDecoder('gb18030', { fatal: true })
  const read = (bytes: Uint8Array): number => {
    try {
      return packUtf8(decoder.decode(bytes))
    } catch {
      return 0
    }
  }
  return (a, b, c, d) => {
    const key = (((a * 256 + b) * 256 + c) * 256 + d) | 0
    let packed = seen.get(key)
    if (packed === undefined) {
      packed = read(Uint8Array.of(a, b, c, d))
      seen.set(key, packed)
    }
    return packed
  }
}

/**
 * Decoder of GB18030 (with GBK and GB2312 inside it) or Big5, by table. What is no character becomes one
 * `UNDECODABLE` byte; a trail byte that is ASCII is kept, so that a broken character cannot swallow a line ending.
 * @see https://encoding.spec.whatwg.org/#gb18030-decoder and #big5-decoder
 */
export function doubleByteDecoder(encoding: 'gb18030' | 'big5'): ByteDecoder {
  const table = tableOf(encoding)
  const four = encoding === 'gb18030' ? fourByteReader() : undefined
  return (input, length, out, final) => {
    let i = 0
    let o = 0
    while (i < length) {
      const a = input[i]!
      if (a < 0x80) {
        out[o++] = a
        i++
        continue
      }
      if (a === 0x80 || a === 0xff) {
        o = four && a === 0x80 ? putPacked(out, o, EURO) : putPacked(out, o, UNDECODABLE)
        i++
        continue
      }
      if (i + 1 >= length) {
        if (!final) break
        out[o++] = UNDECODABLE
        i++
        continue
      }
      const b = input[i + 1]!
      if (four && b >= 0x30 && b <= 0x39) {
        if (i + 3 >= length && !final) break
        const c = input[i + 2] ?? 0
        const d = input[i + 3] ?? 0
        const whole = i + 3 < length && c >= 0x81 && c <= 0xfe && d >= 0x30 && d <= 0x39
        const packed = whole ? four(a, b, c, d) : 0
        o = putPacked(out, o, packed === 0 ? UNDECODABLE : packed)
        i += packed === 0 ? 1 : 4
        continue
      }
      const packed = b >= 0x40 && b !== 0xff ? table[(a - 0x81) * TRAILS + b - 0x40]! : 0
      if (packed === 0) {
        out[o++] = UNDECODABLE
        i += b < 0x80 ? 1 : 2
        continue
      }
      o = putPacked(out, o, packed)
      i += 2
    }
    return { read: i, written: o }
  }
}

const EURO = packUtf8('€')
