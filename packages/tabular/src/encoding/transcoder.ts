import type { ByteDecoder } from './byte-decoder.ts'
import { doubleByteDecoder } from './double-byte.ts'
import type { EncodingId } from './encodings.ts'
import { singleByteDecoder } from './single-byte.ts'
import { utf16Decoder } from './utf16.ts'

/** A stream of bytes in, UTF-8 bytes out; `UNDECODABLE` bytes stand where the input is broken. */
export interface Transcoder {
  /** The answer is valid until the next call. */
  push(chunk: Uint8Array): Uint8Array
  end(): Uint8Array
}

const DECODERS: Readonly<Record<Exclude<EncodingId, 'utf-8'>, () => ByteDecoder>> = {
  gb18030: () => doubleByteDecoder('gb18030'),
  big5: () => doubleByteDecoder('big5'),
  'utf-16le': () => utf16Decoder(true),
  'utf-16be': () => utf16Decoder(false),
  'windows-1252': () => singleByteDecoder('windows-1252'),
}

const NOTHING = new Uint8Array(0)

/** Makes a transcoder. A byte order mark at the start is dropped. UTF-8 passes through unlooked at. */
export function makeTranscoder(encoding: EncodingId): Transcoder {
  const inner = encoding === 'utf-8' ? passThrough() : decoding(DECODERS[encoding]())
  return withoutByteOrderMark(inner)
}

function passThrough(): Transcoder {
  return { push: (chunk) => chunk, end: () => NOTHING }
}

function decoding(decode: ByteDecoder): Transcoder {
  let input = NOTHING
  let out = NOTHING
  let carried = 0
  const run = (length: number, final: boolean): Uint8Array => {
    if (out.length < length * 3) out = new Uint8Array(length * 3)
    const { read, written } = decode(input, length, out, final)
    input.copyWithin(0, read, length)
    carried = length - read
    return out.subarray(0, written)
  }
  return {
    push: (chunk) => {
      const length = carried + chunk.length
      if (input.length < length) {
        const larger = new Uint8Array(length + 4)
        larger.set(input.subarray(0, carried))
        input = larger
      }
      input.set(chunk, carried)
      return run(length, false)
    },
    end: () => run(carried, true),
  }
}

function withoutByteOrderMark(inner: Transcoder): Transcoder {
  let head: Uint8Array | undefined = NOTHING
  const strip = (bytes: Uint8Array, final: boolean): Uint8Array => {
    if (head === undefined || (bytes.length === 0 && !final)) return bytes
    const joined = head.length === 0 ? bytes : concat(head, bytes)
    if (joined.length < 3 && !final) {
      head = joined.slice()
      return NOTHING
    }
    head = undefined
    const marked = joined[0] === 0xef && joined[1] === 0xbb && joined[2] === 0xbf
    return marked ? joined.subarray(3) : joined
  }
  return { push: (chunk) => strip(inner.push(chunk), false), end: () => strip(inner.end(), true) }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
