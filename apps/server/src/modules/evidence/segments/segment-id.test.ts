import { seededRandom } from '@datong/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstIdAt, MAX_SEGMENT, newSegmentId, placeOf, recordIdOf, timeOf } from './segment-id.ts'

const moment = fc.integer({ min: 0, max: 2 ** 47 }).map((ms) => new Date(ms))
const seed = fc.nat()
const ordinal = fc.integer({ min: 0, max: MAX_SEGMENT - 1 })

describe('ids of segments and their records', () => {
  it('lead from any record to its segment, its number there and its time', () => {
    fc.assert(fc.property(moment, seed, ordinal, (at, n, number) => {
      const segmentId = newSegmentId(at, seededRandom(n))
      const id = recordIdOf(segmentId, number)
      expect(placeOf(id)).toEqual({ segmentId, ordinal: number })
      expect(timeOf(id)).toEqual(at)
      expect(recordIdOf(segmentId, 0)).toBe(segmentId)
    }))
  })

  it('are UUIDs of version 7 in the form of RFC 9562', () => {
    fc.assert(fc.property(moment, seed, ordinal, (at, n, number) => {
      expect(recordIdOf(newSegmentId(at, seededRandom(n)), number)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }))
  })

  it('sort by time, and within a segment by number', () => {
    fc.assert(fc.property(moment, moment, seed, seed, ordinal, ordinal, (a, b, n, m, first, second) => {
      const [one, other] = [recordIdOf(newSegmentId(a, seededRandom(n)), first), recordIdOf(newSegmentId(b, seededRandom(m)), second)]
      if (a.getTime() !== b.getTime()) expect(one < other).toBe(a < b)
      const [x, y] = [recordIdOf(one, first), recordIdOf(one, second)]
      expect(Math.sign(x < y ? -1 : x > y ? 1 : 0)).toBe(Math.sign(first - second))
    }))
  })

  it('lie between the first id of their millisecond and that of the next', () => {
    fc.assert(fc.property(moment, seed, ordinal, (at, n, number) => {
      const id = recordIdOf(newSegmentId(at, seededRandom(n)), number)
      expect(firstIdAt(at) < id && id < firstIdAt(new Date(at.getTime() + 1))).toBe(true)
    }))
  })
})
