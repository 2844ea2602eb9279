import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDataset, CAR_PARKS } from '../testing/descriptions.ts'
import { MQA_DIMENSIONS, MQA_INDICATORS, mqaBand } from './indicators.ts'
import { mqaScore } from './score.ts'

describe('the Metadata Quality Assessment', () => {
  it('gives 405 points in five dimensions', () => {
    for (const [dimension, points] of Object.entries(MQA_DIMENSIONS)) {
      expect(MQA_INDICATORS.filter((one) => one.dimension === dimension).reduce((sum, { max }) => sum + max, 0)).toBe(points)
    }
    expect(Object.values(MQA_DIMENSIONS).reduce((sum, points) => sum + points, 0)).toBe(405)
  })

  it('gives all of them to one file about which everything is said', () => {
    const file = CAR_PARKS.distributions.slice(0, 1)
    expect(mqaScore({ ...CAR_PARKS, distributions: file }, () => true)).toMatchObject({ points: 405, band: 'excellent' })
  })

  it('counts distributions by the share that meets an indicator, and addresses nobody has looked at for nothing', () => {
    // One of two distributions is a file with size and rights.
    expect(mqaScore(CAR_PARKS, () => true).indicators).toMatchObject({ 'download-url': 10, 'download-url-reachable': 15, 'byte-size': 2.5, rights: 2.5, licence: 20 })
    expect(mqaScore(CAR_PARKS, () => null).indicators).toMatchObject({ 'access-url-reachable': 0, 'download-url-reachable': 0, 'download-url': 10 })
  })

  it('has bands as published', () => {
    expect([405, 351, 350, 221, 220, 121, 120, 0].map(mqaBand)).toEqual(['excellent', 'excellent', 'good', 'good', 'sufficient', 'sufficient', 'bad', 'bad'])
  })

  it('never gives more than there is, and its points are those of its indicators', () => {
    fc.assert(fc.property(anyDataset, fc.constantFrom(true, false, null), (dataset, reached) => {
      const { points, indicators } = mqaScore(dataset, () => reached)
      for (const { id, max } of MQA_INDICATORS) expect(indicators[id]).toBeLessThanOrEqual(max)
      expect(points).toBeCloseTo(Object.values(indicators).reduce((sum, one) => sum + one, 0), 5)
    }))
  })
})
