import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryWords, stretches } from './highlight.ts'

const hits = (text: string, query: string): string[] => stretches(text, queryWords(query)).filter(({ hit }) => hit).map((part) => part.text)

describe('the words of a query in a text', () => {
  it('are found as a whole first', () => {
    expect(hits('公共停车场信息', '停车场')).toEqual(['停车场'])
  })
  it('are found one by one where the whole does not stand', () => {
    expect(hits('空气的质量怎么样', '空气 质量')).toEqual(['空气', '质量'])
  })
  it('are found whatever their case', () => {
    expect(hits('PM2.5 and pm10', 'Pm')).toEqual(['PM', 'pm'])
  })
  it('are none for an empty query', () => {
    expect(stretches('公共停车场', queryWords('  '))).toEqual([{ text: '公共停车场', hit: false }])
  })
  it('never change the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 6 }), (text, query) => {
      expect(stretches(text, queryWords(query)).map((part) => part.text).join('')).toBe(text)
    }))
  })
})
