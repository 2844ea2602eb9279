import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeGb18030 } from './gb18030.ts'

const decode = (bytes: Uint8Array): string => new TextDecoder('gb18030', { fatal: true }).decode(bytes)
const hex = (text: string): string => Array.from(encodeGb18030(text), (byte) => byte.toString(16).padStart(2, '0')).join(' ')

describe('the GB18030 encoder', () => {
  it('gives the known bytes of one, two and four byte characters', () => {
    expect(hex('A')).toBe('41')
    expect(hex('中文')).toBe('d6 d0 ce c4')
    expect(hex('·')).toBe('a1 a4')
    expect(hex('é')).toBe('a8 a6')
    expect(hex('ÿ')).toBe('81 30 8b 37')
    expect(hex('😀')).toBe('94 39 fc 36')
    expect(hex('𠀀')).toBe('95 32 82 36')
  })

  it('is undone by the platform decoder for every text without private-use characters', () => {
    const text = fc.string({ unit: 'binary' }).filter((s) => !/[\ud800-\udfff\ue000-\uf8ff\ufeff]/.test(s.replace(/[\u{10000}-\u{10ffff}]/gu, '')))
    fc.assert(fc.property(text, (s) => decode(encodeGb18030(s)) === s), { numRuns: 200 })
  })

  it('writes a replacement character for a lone surrogate', () => {
    expect(decode(encodeGb18030('a\ud800b'))).toBe('a\ufffdb')
  })
})
