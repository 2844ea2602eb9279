import { describe, expect, it } from 'vitest'
import { compareValues } from './groups.ts'

describe('the order of values', () => {
  it('is that of size among numbers', () => {
    expect([10, -3, 9].toSorted(compareValues)).toEqual([-3, 9, 10])
  })
  it('is that of figures within words', () => {
    expect(['第10组', '第9组'].toSorted(compareValues)).toEqual(['第9组', '第10组'])
  })
  it('begins with those that are missing', () => {
    expect(['东区', null].toSorted(compareValues)).toEqual([null, '东区'])
  })
})
