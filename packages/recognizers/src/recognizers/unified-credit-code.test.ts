import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditCodes } from '../testing/arbitraries.ts'
import { organisationCode } from './organisation-code.ts'
import { parseCreditCode, unifiedCreditCode } from './unified-credit-code.ts'

describe('unified social credit code', () => {
  it('accepts published codes and shows the organisation code inside', () => {
    expect(unifiedCreditCode.validate('91350100M000100Y43')).toBe('valid')
    expect(parseCreditCode('91110000600037341L')).toMatchObject({
      registrar: '9',
      division: '110000',
      organisationCode: '600037341',
      outerCheck: true,
      innerCheck: true,
    })
  })

  it('holds a code doubtful when only its last character is wrong, and invalid when the inner check is wrong too', () => {
    expect(unifiedCreditCode.validate('91350100M000100Y44')).toBe('doubtful')
    expect(unifiedCreditCode.validate('91350100M000100X44')).toBe('invalid')
  })

  it('puts misread letters right only when both checks then agree', () => {
    expect(unifiedCreditCode.standardise?.('9135OIOOMOOOIOOY43')).toBe('91350100M000100Y43')
    expect(unifiedCreditCode.standardise?.('9135OIOOMOOOIOOY44')).toBeNull()
  })

  it('never holds a code valid in which one character of the body was changed', () => {
    fc.assert(
      fc.property(creditCodes, fc.integer({ min: 8, max: 17 }), fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), (code, at, char) => {
        expect(unifiedCreditCode.validate(code)).toBe('valid')
        expect(organisationCode.validate(code.slice(8, 17))).toBe('valid')
        if (code[at] !== char) expect(unifiedCreditCode.validate(code.slice(0, at) + char + code.slice(at + 1))).not.toBe('valid')
      }),
    )
  })

  it('accepts the example of GB 11714-1997', () => {
    expect(organisationCode.validate('D2143569-X')).toBe('valid')
    expect(organisationCode.validate('D2143569-1')).toBe('invalid')
  })
})
