import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covered, rangeOf } from './byte-range.ts'
import { speedJudge } from '../files/speed-limit.ts'

const ETAG = '"abc"'

describe('a range', () => {
  it.each([
    ['bytes=0-9', { first: 0, last: 9 }],
    ['bytes=90-', { first: 90, last: 99 }],
    ['bytes=-1', { first: 99, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=50-5000', { first: 50, last: 99 }],
    ['BYTES=0-0', { first: 0, last: 0 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=99999999999999999999-', 'unsatisfiable'],
    ['bytes=9-1', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['rows=0-1', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes=0x0-1', 'whole'],
  ] as const)('%s of 100 bytes is %j', (text, expected) => {
    expect(rangeOf(text, undefined, ETAG, 100)).toEqual(expected)
  })

  it('holds only for the content that If-Range names', () => {
    expect(rangeOf('bytes=5-', ETAG, ETAG, 100)).toEqual({ first: 5, last: 99 })
    for (const other of ['"abd"', 'W/"abc"', 'Sun, 22 Nov 2026 00:00:00 GMT']) expect(rangeOf('bytes=5-', other, ETAG, 100)).toBe('whole')
  })
})

describe('covered bytes', () => {
  it('are counted once however stretches overlap', () => {
    const stretch = fc.record({ first: fc.nat(60), length: fc.nat(30) })
    fc.assert(fc.property(fc.array(stretch), (stretches) => {
      const bytes = new Set(stretches.flatMap(({ first, length }) => Array.from({ length }, (_, at) => first + at)))
      expect(covered(stretches)).toBe(bytes.size)
    }))
  })
})

describe('a receiver', () => {
  const judged = (perSecond: (second: number) => number, seconds: number): boolean[] => {
    const judge = speedJudge({ bytesPerSecond: 1_000, windowSeconds: 10 })
    let sent = 0
    return Array.from({ length: seconds }, (_, second) => judge((sent += perSecond(second))))
  }
  it('of a byte a second is let go when the first window is over', () => {
    expect(judged(() => 1, 11).indexOf(false)).toBe(9)
  })
  it('that pauses for less than a window stays', () => {
    expect(judged((second) => (second % 9 === 0 ? 20_000 : 0), 60)).not.toContain(false)
  })
  it('that stops after a fast start is let go', () => {
    expect(judged((second) => (second < 20 ? 1_000_000 : 0), 60)).toContain(false)
  })
})
