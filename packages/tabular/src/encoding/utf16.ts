import { UNDECODABLE } from './encodings.ts'
import type { ByteDecoder } from './byte-decoder.ts'

/** Decoder of UTF-16, either order of bytes; a lone surrogate becomes one `UNDECODABLE` byte. */
export function utf16Decoder(littleEndian: boolean): ByteDecoder {
  const lo = littleEndian ? 0 : 1
  const hi = littleEndian ? 1 : 0
  return (input, length, out, final) => {
    let i = 0
    let o = 0
    while (i + 1 < length) {
      let code = input[i + lo]! | (input[i + hi]! << 8)
      let size = 2
      if (code >= 0xd800 && code < 0xdc00) {
        if (i + 3 >= length && !final) break
        const low = i + 3 < length ? input[i + 2 + lo]! | (input[i + 2 + hi]! << 8) : 0
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
          size = 4
        }
      }
      i += size
      if (code < 0x80) {
        out[o++] = code
      } else if (code < 0x800) {
        out[o++] = 0xc0 | (code >> 6)
        out[o++] = 0x80 | (code & 0x3f)
      } else if (code >= 0xd800 && code < 0xe000) {
        out[o++] = UNDECODABLE
      } else if (code < 0x10000) {
        out[o++] = 0xe0 | (code >> 12)
        out[o++] = 0x80 | ((code >> 6) & 0x3f)
        out[o++] = 0x80 | (code & 0x3f)
      } else {
        out[o++] = 0xf0 | (code >> 18)
        out[o++] = 0x80 | ((code >> 12) & 0x3f)
        out[o++] = 0x80 | ((code >> 6) & 0x3f)
        out[o++] = 0x80 | (code & 0x3f)
      }
    }
    if (final && i < length) {
      out[o++] = UNDECODABLE
      i = length
    }
    return { read: i, written: o }
  }
}
