import { DATE_STYLES, dayOf, isoOf } from './calendar.ts'
import { CREDIT_ALPHABET, fifteenDigits } from './codes.ts'
import type { FaultKind } from './model.ts'
import { ALIKE } from './name-data.ts'
import { personName } from './names.ts'
import type { Picker } from './pick.ts'

/** Faults of one cell; the others concern whole rows or are told by the table itself. */
export type CellFault = Exclude<FaultKind, `row/${string}` | 'person/many-accounts'>

/** The spoiled cell, or null where the fault does not fit. `beside` is the cell of the field named by `with`. */
type Mutator = (value: string, pick: Picker, beside: string) => string | null

export const PLACEHOLDERS = ['无', '不详', '--', '0000', '暂无', 'NULL'] as const

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
const FULL_WIDTH = /[0-9A-Za-z#()-]/g

function otherOf(pick: Picker, alphabet: string, not: string): string {
  const rest = [...alphabet].filter((letter) => letter !== not)
  return pick.one(rest)
}

function otherCompanyName(name: string, pick: Picker): string | null {
  const ways = [
    name.endsWith('有限责任公司') ? name.replace('有限责任公司', '有限公司') : name.replace(/有限公司$/, '有限责任公司'),
    name.startsWith('澜海市') ? `澜海${name.slice(3)}` : `澜海市${name.replace(/^澜海|（澜海）/, '')}`,
    name.replace(/（(.+)）/, '($1)'),
  ].filter((way) => way !== name)
  return ways.length === 0 ? null : pick.one(ways)
}

function otherAddress(address: string, pick: Picker): string | null {
  if (!address.startsWith('澜海市')) return null
  const ways = [
    address.slice(3),
    address.replace(/(\d+)号/, (_, number: string) => `${Number(number) + pick.int(1, 60)}号`),
    address.replace(/^澜海市.+?[区县市](?=.)/, '澜海市'),
  ].filter((way) => way !== address)
  return ways.length === 0 ? null : pick.one(ways)
}

const shiftDate = (iso: string, days: number): string | null => (ISO_DATE.test(iso) ? isoOf(dayOf(iso) + days) : null)

export const MUTATORS: Readonly<Record<CellFault, Mutator>> = {
  'citizen-number/check-digit': (value, pick) =>
    value.length === 18 ? value.slice(0, 17) + otherOf(pick, '0123456789X', value[17]!) : null,
  'citizen-number/fifteen-digits': (value) => (/^.{6}19.{10}$/.test(value) ? fifteenDigits(value) : null),
  'citizen-number/birth-date-disagrees': (value, pick) => shiftDate(value, -pick.one([1, 9, 10, 27, 30, 31, 365, 3652])),
  'citizen-number/sex-disagrees': (value) => (value === '男' ? '女' : value === '女' ? '男' : null),
  'credit-code/check-character': (value, pick) =>
    value.length === 18 ? value.slice(0, 17) + otherOf(pick, CREDIT_ALPHABET, value[17]!) : null,
  'person/name-diverges': (value) => {
    const last = ALIKE[value.slice(-1)]
    return last === undefined || last === value.slice(-1) ? null : value.slice(0, -1) + last
  },
  'company/name-diverges': otherCompanyName,
  'company/address-diverges': otherAddress,
  'company/representative-diverges': (value, pick) => {
    const name = personName(pick, pick.one(['male', 'female']), pick.int(1955, 1995))
    return name === value ? null : name
  },
  'text/full-width': (value) => {
    const wide = value.replace(FULL_WIDTH, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
    return wide === value ? null : wide
  },
  'text/trailing-space': (value, pick) => value + pick.one([' ', '  ', '\u3000']),
  'text/mojibake': (value) => new TextDecoder('gb18030').decode(new TextEncoder().encode(value)),
  'text/formula': () => '=HYPERLINK("https://lanhai.example/notice","查看决定书")',
  'value/missing': () => '',
  'value/placeholder': (_, pick) => pick.one(PLACEHOLDERS),
  'value/out-of-range': (value, pick) => (Number.isFinite(Number(value)) ? pick.one(['-999', '99999']) : null),
  'date/other-format': (value, pick) => (ISO_DATE.test(value) ? pick.one(DATE_STYLES)(value) : null),
  'date/impossible': (value, pick) => (ISO_DATE.test(value) ? value.slice(0, 4) + pick.one(['-02-30', '-06-31', '-13-01', '-00-00']) : null),
  'period/reversed': (_, pick, beside) => shiftDate(beside, -pick.int(1, 400)),
  'amount/unit-written': (value) => (value === '' ? null : `${value}万元`),
  // Certificates are numbered from 0000001, so 99… is never one.
  'reference/broken': (value, pick) => value.replace(/第\d{2}(\d{5})号$/, (_, tail: string) => `第99${pick.digits(1)}${tail.slice(1)}号`),
}

/** A second version of a row's cell, as when something was typed in twice. */
export function nearDuplicateOf(value: string, pick: Picker): string | null {
  if (value.startsWith('澜海市')) return value.slice(3)
  if (/\d$/.test(value)) return value.slice(0, -1) + otherOf(pick, '0123456789', value.slice(-1))
  return null
}
