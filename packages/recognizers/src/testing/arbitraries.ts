import fc from 'fast-check'
import { citizenNumberCheck } from '../recognizers/citizen-number.ts'
import { organisationCodeCheck } from '../recognizers/organisation-code.ts'
import { creditCodeCheck } from '../recognizers/unified-credit-code.ts'

const digits = (length: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: 10 ** length - 1 }).map((number) => String(number).padStart(length, '0'))

const division = fc.constantFrom('110105', '330106', '440524', '331082', '650100', '820000')
const birthday = fc.date({ min: new Date('1900-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })

/** Right 18-character citizen numbers, of nobody. */
export const citizenNumbers: fc.Arbitrary<string> = fc.tuple(division, birthday, digits(3)).map(([place, day, sequence]) => {
  const seventeen = place + day.toISOString().slice(0, 10).replaceAll('-', '') + sequence
  return seventeen + citizenNumberCheck(seventeen)
})

/** Right 15-digit numbers of people born in the twentieth century. */
export const oldCitizenNumbers: fc.Arbitrary<string> = fc
  .tuple(division, birthday.filter((day) => day.getUTCFullYear() < 2000), fc.integer({ min: 0, max: 995 }))
  .map(([place, day, sequence]) => place + day.toISOString().slice(2, 10).replaceAll('-', '') + String(sequence).padStart(3, '0'))

const body = fc.array(fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), { minLength: 8, maxLength: 8 })

/** Right unified credit codes, both checks agreeing. */
export const creditCodes: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('91', '92', '11', '12', '52'), division, body)
  .map(([kind, place, chars]) => {
    const eight = chars.join('')
    const seventeen = kind + place + eight + organisationCodeCheck(eight)
    return seventeen + creditCodeCheck(seventeen)
  })
