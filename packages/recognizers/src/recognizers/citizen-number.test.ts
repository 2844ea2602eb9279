import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { citizenNumbers, oldCitizenNumbers } from '../testing/arbitraries.ts'
import { citizenNumber, parseCitizenNumber, toEighteenDigits } from './citizen-number.ts'

describe('citizen number', () => {
  it('accepts the two examples of GB 11643-1999 and reads them', () => {
    expect(parseCitizenNumber('11010519491231002X')).toEqual({
      form: '18',
      division: '110105',
      birthDate: '1949-12-31',
      sex: 'female',
      eighteen: '11010519491231002X',
    })
    expect(parseCitizenNumber('440524188001010014')).toMatchObject({ birthDate: '1880-01-01', sex: 'male' })
  })

  it('accepts full-width digits, blanks and a small x', () => {
    expect(citizenNumber.standardise?.(' １１０１０５ １９４９１２３１ ００２ｘ ')).toBe('11010519491231002X')
  })

  it('holds a 15-digit number doubtful and writes it with 18 characters', () => {
    expect(citizenNumber.validate('110105491231002')).toBe('doubtful')
    expect(citizenNumber.standardise?.('110105491231002')).toBe('11010519491231002X')
  })

  it('gives the sequence numbers kept for people over a hundred the century 18', () => {
    expect(toEighteenDigits('110105880101999')?.slice(6, 14)).toBe('18880101')
    expect(toEighteenDigits('110105880101995')?.slice(6, 14)).toBe('19880101')
  })

  it.each(['', '1101051949123100', '110105194913310021', '110105190002290021', '00010519491231002X', '11010519491231002Y', 'X1010519491231002X'])(
    'refuses %j',
    (value) => expect(citizenNumber.validate(value)).toBe('invalid'),
  )

  it('finds every single wrong digit and every swap of neighbours, as ISO 7064 promises', () => {
    fc.assert(
      fc.property(citizenNumbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        expect(citizenNumber.validate(number)).toBe('valid')
        const wrong = number.slice(0, at) + ((Number(number[at]) + shift) % 10) + number.slice(at + 1)
        expect(citizenNumber.validate(wrong)).toBe('invalid')
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2)
        if (swapped !== number) expect(citizenNumber.validate(swapped)).toBe('invalid')
      }),
    )
  })

  it('keeps division, birth date and sex when going from 15 to 18', () => {
    fc.assert(
      fc.property(oldCitizenNumbers, (old) => {
        const parsed = parseCitizenNumber(old)
        const now = parseCitizenNumber(toEighteenDigits(old)!)
        expect(now).toEqual({ ...parsed, form: '18' })
        expect(now?.eighteen.replace(/^(.{6})..(.{9}).$/, '$1$2')).toBe(old)
      }),
    )
  })
})
