import { describe, expect, it } from 'vitest'
import { dayOf, isoOf } from './calendar.ts'
import { makeCity } from './city.ts'
import { citizenCheck, creditCheck, organisationCheck } from './codes.ts'
import { factsOf } from './facts.ts'
import { FAULT_PLANS } from './fault-plan.ts'
import { PLACEHOLDERS } from './faults.ts'
import type { FaultKind } from './model.ts'

const city = makeCity({ seed: 20_260_310, today: '2026-03-10', scale: 0.25 })
const facts = factsOf(city)

/** Names of fields that hold citizen numbers or credit codes. */
const NUMBER_FIELD = /身份证号|身份号码|证件号码|信用代码|纳税人识别号|相对人代码/

function verdictOf(value: string): FaultKind | 'right' | 'unknown' {
  if (/^\d{15}$/.test(value)) return 'citizen-number/fifteen-digits'
  if (/^3[0-9]{16}[\dX]$/.test(value)) {
    const iso = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`
    if (isoOf(dayOf(iso)) !== iso) return 'unknown'
    return citizenCheck(value.slice(0, 17)) === value[17] ? 'right' : 'citizen-number/check-digit'
  }
  if (/^(?:11|12|91)33\d{4}[0-9A-Z]{10}$/.test(value)) {
    if (organisationCheck(value.slice(8, 16)) !== value[16]) return 'unknown'
    return creditCheck(value.slice(0, 17)) === value[17] ? 'right' : 'credit-code/check-character'
  }
  if (value === '') return 'value/missing'
  if ((PLACEHOLDERS as readonly string[]).includes(value)) return 'value/placeholder'
  return /[\uff00-\uff5e]/.test(value) ? 'text/full-width' : 'unknown'
}

const at = (row: number, field: string): string => `${row}/${field}`

describe('the declared truth', () => {
  it('tells every number that is wrong, and no other is', () => {
    for (const table of city.tables) {
      const { injected } = facts.tables[table.key]!
      const told = new Map(injected.flatMap(({ kind, row, field }) => (field === undefined || kind === 'person/many-accounts' ? [] : [[at(row, field), kind]])))
      let number = 0
      for (const row of table.rows()) {
        number++
        for (const [i, { name }] of table.fields.entries()) {
          if (!NUMBER_FIELD.test(name) || i >= row.length) continue
          // A father may be unknown, residents who are insured have no employer, 共有人 may be none.
          const optional = row[i] === '' && /父亲|单位/.test(name)
          expect(optional ? 'right' : verdictOf(row[i]!), `${table.key} ${number} ${name} ${row[i]}`).toBe(told.get(at(number, name)) ?? 'right')
        }
      }
    }
  })

  it('tells every birth date and sex that disagrees with the citizen number, and no other does', () => {
    const triples: readonly (readonly [table: string, number: string, date: string, sex?: string])[] = [
      ['resident', '公民身份号码', '出生日期', '性别'], ['social-insurance', '公民身份号码', '出生日期', '性别'],
      ['marriage', '女方身份证号', '女方出生日期'], ['marriage', '男方身份证号', '男方出生日期'],
    ]
    for (const [key, numberField, dateField, sexField] of triples) {
      const table = city.tables.find((candidate) => candidate.key === key)!
      const column = (name: string): number => table.fields.findIndex((field) => field.name === name)
      let dates = 0
      let sexes = 0
      for (const row of table.rows()) {
        const value = row[column(numberField)]!
        if (!/^\d{17}[\dX]$/.test(value)) continue
        if (row[column(dateField)]!.replaceAll('-', '') !== value.slice(6, 14)) dates++
        if (sexField !== undefined && (row[column(sexField)] === '男') !== (Number(value[16]) % 2 === 1)) sexes++
      }
      const told = (kind: FaultKind, field: string): number =>
        facts.tables[key]!.injected.filter((fault) => fault.kind === kind && fault.field === field).length
      expect(dates, `${key} ${dateField}`).toBe(told('citizen-number/birth-date-disagrees', dateField))
      if (sexField !== undefined) expect(sexes, key).toBe(told('citizen-number/sex-disagrees', sexField))
    }
  })

  it('has each person of a 15-digit number with 18 digits among the residents', () => {
    const residents = new Set([...city.tables.find(({ key }) => key === 'resident')!.rows()].map(([number]) => number))
    let met = 0
    for (const { key, fields, rows } of city.tables) {
      const columns = fields.flatMap(({ name }, i) => (NUMBER_FIELD.test(name) ? [i] : []))
      for (const row of rows()) {
        for (const column of columns) {
          const value = row[column] ?? ''
          if (!/^\d{15}$/.test(value)) continue
          const body = `${value.slice(0, 6)}19${value.slice(6)}`
          expect(residents, `${key} ${value}`).toContain(body + citizenCheck(body))
          met++
        }
      }
    }
    expect(met).toBe(facts.faults['citizen-number/fifteen-digits'])
  })

  it('tells every exact copy and every ragged row', () => {
    for (const table of city.tables) {
      const seen = new Set<string>()
      let copies = 0
      let ragged = 0
      for (const row of table.rows()) {
        const text = JSON.stringify(row)
        if (seen.has(text)) copies++
        seen.add(text)
        if (row.length !== table.fields.length) ragged++
      }
      expect(copies, table.key).toBe(facts.tables[table.key]!.faults['row/exact-duplicate'] ?? 0)
      expect(ragged, table.key).toBe(facts.tables[table.key]!.faults['row/ragged'] ?? 0)
    }
  })

  it('tells every missing value and placeholder of the fields that it plans them for', () => {
    for (const table of city.tables) {
      for (const entry of FAULT_PLANS[table.key]!) {
        if (entry.kind !== 'value/missing' && entry.kind !== 'value/placeholder') continue
        const column = table.fields.findIndex(({ name }) => name === entry.field)
        const means = (value: string | undefined): boolean =>
          entry.kind === 'value/missing' ? value === '' : (PLACEHOLDERS as readonly (string | undefined)[]).includes(value)
        const found = [...table.rows()].filter((row) => means(row[column])).length
        const told = facts.tables[table.key]!.injected.filter(({ kind, field }) => kind === entry.kind && field === entry.field).length
        expect(found, `${table.key} ${entry.field} ${entry.kind}`).toBe(told)
      }
    }
  })

  it('has one citizen number with 23 insurance accounts, and no other with two beyond near duplicates', () => {
    const accounts = new Map<string, Set<string>>()
    for (const [account, , number] of city.tables.find(({ key }) => key === 'social-insurance')!.rows()) {
      accounts.set(number!, (accounts.get(number!) ?? new Set()).add(account!))
    }
    expect([...accounts.values()].map(({ size }) => size).filter((size) => size > 1)).toEqual([23])
    expect(facts.faults['person/many-accounts']).toBe(23)
  })

  it('has every kind of fault at least once', () => {
    const kinds: FaultKind[] = [
      'citizen-number/check-digit', 'citizen-number/fifteen-digits', 'citizen-number/birth-date-disagrees', 'citizen-number/sex-disagrees',
      'credit-code/check-character', 'person/name-diverges', 'company/name-diverges', 'company/address-diverges',
      'company/representative-diverges', 'text/full-width', 'text/trailing-space', 'text/mojibake', 'text/formula', 'value/missing',
      'value/placeholder', 'value/out-of-range', 'date/other-format', 'date/impossible', 'period/reversed', 'amount/unit-written',
      'reference/broken', 'row/exact-duplicate', 'row/near-duplicate', 'row/ragged',
    ]
    for (const kind of kinds) expect(facts.faults[kind], kind).toBeGreaterThan(0)
  })
})

describe('the people', () => {
  const people = [...city.tables.find(({ key }) => key === 'resident')!.rows()]
  const names = people.map((row) => row[1]!)
  const share = (fits: (name: string) => boolean): number => names.filter(fits).length / names.length

  it('have surnames about as frequent as in the country', () => {
    expect(share((name) => name.startsWith('王'))).toBeGreaterThan(0.05)
    expect(share((name) => name.startsWith('王'))).toBeLessThan(0.1)
    expect(share((name) => /^[王李张刘陈]/.test(name))).toBeGreaterThan(0.2)
    expect(share((name) => /^(?:欧阳|上官|司马|诸葛|司徒)/.test(name))).toBeGreaterThan(0)
    expect(share((name) => name.includes('·'))).toBeGreaterThan(0)
  })

  it('have names of two to four characters, three mostly', () => {
    expect(share((name) => /^\p{Script=Han}{2,4}$/u.test(name) || name.includes('·'))).toBe(1)
    expect(share((name) => [...name].length === 3)).toBeGreaterThan(0.6)
  })

  it('share a name with someone now and then, as people do, and not all the time', () => {
    expect(new Set(names).size / names.length).toBeGreaterThan(0.55)
    expect(new Set(names).size).toBeLessThan(names.length)
  })

  it('marry at the legal age or later', () => {
    const marriage = city.tables.find(({ key }) => key === 'marriage')!
    const { injected } = facts.tables['marriage']!
    const spoilt = new Set(injected.map(({ row }) => row))
    let number = 0
    for (const row of marriage.rows()) {
      number++
      if (spoilt.has(number)) continue
      expect(Number(row[7]!.slice(0, 4)) - Number(row[3]!.slice(0, 4)), row.join()).toBeGreaterThanOrEqual(22)
      expect(Number(row[7]!.slice(0, 4)) - Number(row[6]!.slice(0, 4)), row.join()).toBeGreaterThanOrEqual(20)
    }
  })
})
