import { seatAddress, type Place, type Places } from './addresses.ts'
import { plusYears, yearOf } from './calendar.ts'
import { CREDIT_ALPHABET, creditCode } from './codes.ts'
import { BRAND_FIRST, BRAND_LAST, FORMS, INDUSTRIES, type Industry } from './company-data.ts'
import { pickerFor, weightedOf, type Picker } from './pick.ts'
import type { Person } from './population.ts'

export interface Company {
  readonly index: number
  /** Unified social credit code, valid. */
  readonly code: string
  readonly name: string
  readonly type: string
  readonly representative: Person
  /** 万元 (ten thousand yuan). */
  readonly capital: number
  readonly foundedDay: number
  readonly place: Place
  readonly address: string
  readonly industry: Industry
  readonly status: '存续' | '吊销' | '注销' | '迁出'
  /** 11-digit number of the contact, under the unassigned prefix 154. */
  readonly phone: string
  staff: number
}

const industries = weightedOf(INDUSTRIES.map((entry): [Industry, number] => [entry, entry.weight]))
const forms = weightedOf(FORMS.map(([form, type, weight]): [{ form: string; type: string }, number] => [{ form, type }, weight]))
const capitals = weightedOf([[10, 10], [50, 18], [100, 26], [200, 12], [300, 7], [500, 12], [1000, 9], [2000, 3], [5000, 2], [10000, 0.6]])
const statuses = weightedOf<Company['status']>([['存续', 88], ['吊销', 4], ['注销', 7], ['迁出', 1]])

function brand(pick: Picker): string {
  const first = BRAND_FIRST[pick.int(0, BRAND_FIRST.length - 1)]!
  const last = BRAND_LAST[pick.int(0, BRAND_LAST.length - 1)]!
  return pick.chance(0.2) ? first + last + BRAND_LAST[pick.int(0, BRAND_LAST.length - 1)]! : first + last
}

function companyName(pick: Picker, industry: Industry, form: string): string {
  const word = pick.one(industry.words)
  const style = pick.fraction()
  if (style < 0.82) return `澜海市${brand(pick)}${word}${form}`
  if (style < 0.94) return `澜海${brand(pick)}${word}${form}`
  return `${brand(pick)}（澜海）${word}${form}`
}

/** Registration numbers of companies began with MA in October 2015; before that all eight were digits. */
function organisationBody(pick: Picker, foundedDay: number): string {
  if (yearOf(foundedDay) < 2016) return pick.one(['1', '2', '5', '6', '7']) + pick.digits(7)
  let body = 'MA'
  for (let i = 0; i < 6; i++) body += CREDIT_ALPHABET[pick.int(0, 30)]!
  return body
}

function fresh(taken: Set<string>, make: () => string): string {
  for (;;) {
    const value = make()
    if (taken.has(value)) continue
    taken.add(value)
    return value
  }
}

/** The companies of the city; each is represented by one of its grown-up people. */
export function companiesOf(seed: number, today: number, count: number, places: Places, persons: readonly Person[]): Company[] {
  const pick = pickerFor(seed, 'companies')
  const grown = persons.filter(({ age }) => age >= 24 && age <= 72)
  const names = new Set<string>()
  const codes = new Set<string>()
  return Array.from({ length: count }, (_, index): Company => {
    const industry = pick.weighted(industries)
    const { form, type } = pick.weighted(forms)
    const representative = pick.one(grown)
    const oldest = Math.max(plusYears(representative.birthDay, 19), today - 28 * 365)
    const foundedDay = today - 5 - Math.floor((today - 5 - oldest) * pick.fraction() ** 1.7)
    const place = pick.one(places.communities)
    return {
      index,
      code: fresh(codes, () => creditCode('91', place.district.code, organisationBody(pick, foundedDay))),
      name: fresh(names, () => companyName(pick, industry, form)),
      type,
      representative,
      capital: pick.weighted(capitals),
      foundedDay,
      place,
      address: seatAddress(pick, place),
      industry,
      status: pick.weighted(statuses),
      phone: pick.chance(0.7) ? representative.phone : `154${pick.digits(8)}`,
      staff: 0,
    }
  })
}

/** Gives most people of working age an employer; a few companies get many, most get few. */
export function employ(seed: number, persons: readonly Person[], companies: readonly Company[]): void {
  const pick = pickerFor(seed, 'employment')
  const hiring = companies.filter(({ status }) => status === '存续')
  for (const person of persons) {
    if (person.age < 20 || person.age > 60 || !pick.chance(0.84)) continue
    const company = hiring[Math.floor(hiring.length * pick.fraction() ** 2.2)]!
    person.employer = company.index
    company.staff++
  }
}
