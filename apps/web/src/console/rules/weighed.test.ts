import { describe, expect, it } from 'vitest'
import { held } from './weighed.tsx'

describe('a weighed condition', () => {
  it('compares grades in their order, not their letters', () => {
    expect(held({ attribute: 'grade', operator: 'lte', value: 'internal', actual: 'public' })).toBe(true)
    expect(held({ attribute: 'grade', operator: 'lte', value: 'internal', actual: 'secret' })).toBe(false)
  })
  it('compares figures', () => {
    expect(held({ attribute: 'credit', operator: 'gte', value: 80, actual: 80 })).toBe(true)
    expect(held({ attribute: 'fieldsBeyondNeed', operator: 'gt', value: 0, actual: 0 })).toBe(false)
  })
  it('looks into lists on either side', () => {
    expect(held({ attribute: 'purpose', operator: 'in', value: ['a', 'b'], actual: 'b' })).toBe(true)
    expect(held({ attribute: 'duties', operator: 'has', value: '税收', actual: ['征管', '税收'] })).toBe(true)
    expect(held({ attribute: 'duties', operator: 'has-not', value: '税收', actual: [] })).toBe(true)
  })
})
