import type { Picker } from './pick.ts'

const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Check character of the first 17 digits of a citizen number. @see GB 11643-1999, ISO 7064 MOD 11-2 */
export function citizenCheck(body: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (body.charCodeAt(i) - 48) * CITIZEN_WEIGHTS[i]!
  return '10X98765432'[sum % 11]!
}

/** The 15 digits that a number had before 1999; only people born in 19xx had one. */
export const fifteenDigits = (number: string): string => number.slice(0, 6) + number.slice(8, 17)

const BASE_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** Check character of the 8 characters of an organisation code. @see GB 11714-1997 */
export function organisationCheck(body: string): string {
  let sum = 0
  for (let i = 0; i < 8; i++) sum += BASE_36.indexOf(body[i]!) * ORGANISATION_WEIGHTS[i]!
  return '0X987654321'[sum % 11]!
}

/** The 31 characters of a unified social credit code: no I, O, S, V, Z. */
export const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Check character of the first 17 characters of a unified social credit code. @see GB 32100-2015 */
export function creditCheck(body: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += CREDIT_ALPHABET.indexOf(body[i]!) * CREDIT_WEIGHTS[i]!
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31]!
}

/**
 * A unified social credit code with both of its check characters right.
 * @param kind registering authority and kind, 2 characters: `11` government, `12` public institution, `91` enterprise
 * @param division 6 digits
 * @param organisation 8 characters of the organisation code
 */
export function creditCode(kind: string, division: string, organisation: string): string {
  const body = kind + division + organisation + organisationCheck(organisation)
  return body + creditCheck(body)
}

/** Luhn check digit. @see ISO/IEC 7812-1 annex B */
export function luhnDigit(body: string): string {
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const digit = body.charCodeAt(body.length - 1 - i) - 48
    sum += i % 2 === 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return String((10 - (sum % 10)) % 10)
}

/** 19 digits under 6200 0000, the prefix of UnionPay's test cards that payment services document; no bank issues it. */
export function bankCard(pick: Picker): string {
  const body = `62000000${pick.digits(10)}`
  return body + luhnDigit(body)
}

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const VIN_ALPHABET = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'
const VIN_VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...VIN_ALPHABET].map((letter) => {
    const run = ['ABCDEFGH', 'JKLMN', 'P', 'R', 'STUVWXYZ'].find((letters) => letters.includes(letter))
    const start: Readonly<Record<string, number>> = { A: 1, J: 1, P: 7, R: 9, S: 2 }
    return [letter, run === undefined ? Number(letter) : start[run[0]!]! + run.indexOf(letter)]
  }),
)

/** Check character (position 9) of a vehicle identification number. @see GB 16735-2019 annex A */
export function vinCheck(vin: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += VIN_VALUES[vin[i]!]! * VIN_WEIGHTS[i]!
  return '0123456789X'[sum % 11]!
}

/** A vehicle identification number under the maker code L00, which no maker has. */
export function vehicleNumber(pick: Picker): string {
  let middle = ''
  for (let i = 0; i < 5; i++) middle += pick.one([...VIN_ALPHABET])
  const vin = `L00${middle}0${pick.one(['K', 'L', 'M', 'N', 'P', 'R'])}A${pick.digits(6)}`
  return vin.slice(0, 8) + vinCheck(vin) + vin.slice(9)
}

/** Check digit of a food licence number's first 13 digits. @see ISO 7064 MOD 11,10 */
export function mod1110(body: string): string {
  let product = 10
  for (const digit of body) {
    const sum = (product + Number(digit)) % 10 || 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}
