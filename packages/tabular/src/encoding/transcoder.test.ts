import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UNDECODABLE, type EncodingId } from './encodings.ts'
import { makeTranscoder } from './transcoder.ts'

function transcode(encoding: EncodingId, bytes: Uint8Array, piece: number): number[] {
  const transcoder = makeTranscoder(encoding)
  const out: number[] = []
  for (let at = 0; at < bytes.length; at += piece) out.push(...transcoder.push(bytes.slice(at, at + piece)))
  out.push(...transcoder.end())
  return out
}

const utf8Of = (text: string): number[] => [...new TextEncoder().encode(text)]

describe('transcoding', () => {
  it.each(['gb18030', 'big5', 'utf-16le', 'utf-16be', 'windows-1252'] as const)(
    'reads %s as the platform does, however the bytes are cut',
    (encoding) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (bytes, piece) => {
          // ICU reads 80 and FF in Big5 as control characters; the Encoding Standard, and we, call them broken
          fc.pre(encoding !== 'big5' || !bytes.some((byte) => byte === 0x80 || byte === 0xff))
          const out = transcode(encoding, bytes, piece)
          expect(out).toEqual(transcode(encoding, bytes, 1000))
          let text: string
          try {
            text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
          } catch {
            expect(out).toContain(UNDECODABLE)
            return
          }
          expect(out).toEqual(utf8Of(text))
        }),
        { numRuns: 2000 },
      )
    },
  )

  it('reads four-byte GB18030 and GBK', () => {
    const bytes = Uint8Array.of(0xc6, 0xbd, 0x81, 0x39, 0xef, 0x34, 0x95, 0x32, 0x82, 0x36)
    const text = new TextDecoder('gb18030').decode(bytes)
    expect(transcode('gb18030', bytes, 3)).toEqual(utf8Of(text))
  })

  it('takes a replacement character that stands in the file for the character it is', () => {
    const replacement = [0xef, 0xbf, 0xbd]
    expect(transcode('utf-16le', Uint8Array.of(0xfd, 0xff), 1)).toEqual(replacement)
    expect(transcode('gb18030', Uint8Array.of(0x84, 0x31, 0xa4, 0x37), 1)).toEqual(replacement)
  })

  it('keeps the line ending after a cut character', () => {
    expect(transcode('gb18030', Uint8Array.of(0xba, 0x0a, 0x61), 1)).toEqual([UNDECODABLE, 0x0a, 0x61])
    expect(transcode('big5', Uint8Array.of(0xba, 0x0a, 0x61), 1)).toEqual([UNDECODABLE, 0x0a, 0x61])
  })

  it('drops a byte order mark', () => {
    expect(transcode('utf-8', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 1)).toEqual([0x61])
    expect(transcode('utf-16le', Uint8Array.of(0xff, 0xfe, 0x61, 0), 1)).toEqual([0x61])
  })
})
