import { describe, expect, it } from 'vitest'
import { conditionOn, emptyRule, isWhole, withOperator } from './draft.ts'

describe('a condition in the form', () => {
  it('begins with a comparison and a value of its attribute', () => {
    expect(conditionOn('credit')).toEqual({ attribute: 'credit', operator: 'eq', value: 0 })
    expect(conditionOn('purposeInDuty')).toEqual({ attribute: 'purposeInDuty', operator: 'eq', value: true })
  })
  it('turns its value into a list and back when the comparison asks for it', () => {
    const one = { ...conditionOn('purpose'), value: 'tax-arrears-check' }
    const many = withOperator(one, 'in')
    expect(many).toMatchObject({ operator: 'in', value: ['tax-arrears-check'] })
    expect(withOperator(many, 'eq')).toEqual(one)
    expect(withOperator(conditionOn('purpose'), 'not-in').value).toEqual([])
  })
})

describe('a draft', () => {
  const draft = { ...emptyRule, scope: 'city' as const, name: '规则' }
  it('is whole with a name and filled conditions', () => {
    expect(isWhole(draft)).toBe(true)
    expect(isWhole({ ...draft, name: ' ' })).toBe(false)
    expect(isWhole({ ...draft, conditions: [conditionOn('purpose')] })).toBe(false)
    expect(isWhole({ ...draft, conditions: [conditionOn('credit')] })).toBe(true)
  })
})
