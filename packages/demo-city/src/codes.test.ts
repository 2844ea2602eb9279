import { describe, expect, it } from 'vitest'
import { bankCard, citizenCheck, creditCheck, luhnDigit, mod1110, organisationCheck, vehicleNumber, vinCheck } from './codes.ts'
import { pickerFor } from './pick.ts'

describe('check characters', () => {
  it('agree with the examples of the citizen number standard', () => {
    expect(citizenCheck('11010519491231002')).toBe('X')
    expect(citizenCheck('44052418800101001')).toBe('4')
  })

  it('agree with the example of the organisation code standard', () => {
    expect(organisationCheck('D2143569')).toBe('X')
  })

  it('agree with a published unified social credit code, inside and outside', () => {
    expect(organisationCheck('M000100Y')).toBe('4')
    expect(creditCheck('91350100M000100Y4')).toBe('3')
  })

  it('agree with published card, vehicle and ISO 7064 numbers', () => {
    expect(luhnDigit('411111111111111')).toBe('1')
    expect(luhnDigit('7992739871')).toBe('3')
    expect(vinCheck('1M8GDM9AXKP042788')).toBe('X')
    expect(mod1110('0794')).toBe('5')
  })

  it('are right in every card and vehicle number that is made', () => {
    const pick = pickerFor(1, 'codes')
    for (let i = 0; i < 500; i++) {
      const card = bankCard(pick)
      expect(card).toMatch(/^62000000\d{11}$/)
      expect(luhnDigit(card.slice(0, -1))).toBe(card.at(-1))
      const vin = vehicleNumber(pick)
      expect(vin).toMatch(/^L00[0-9A-HJ-NPR-Z]{14}$/)
      expect(vinCheck(vin)).toBe(vin[8])
    }
  })
})
