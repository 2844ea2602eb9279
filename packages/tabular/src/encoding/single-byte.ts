import { packUtf8, putPacked } from './packed-utf8.ts'
import type { ByteDecoder } from './byte-decoder.ts'

/** Decoder of a single-byte encoding, by a table asked once from the platform. */
export function singleByteDecoder(encoding: 'windows-1252'): ByteDecoder {
  const decoder = new TextDecoder(encoding)
  const table = Int32Array.from({ length: 256 }, (_, byte) => packUtf8(decoder.decode(Uint8Array.of(byte))))
  return (input, length, out) => {
    let o = 0
    for (let i = 0; i < length; i++) {
      const byte = input[i]!
      if (byte < 0x80) out[o++] = byte
      else o = putPacked(out, o, table[byte]!)
    }
    return { read: length, written: o }
  }
}
