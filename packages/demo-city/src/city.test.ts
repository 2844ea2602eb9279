import { describe, expect, it } from 'vitest'
import { demoApplications } from './applications.ts'
import { makeCity, type City } from './city.ts'
import { creditCheck, organisationCheck } from './codes.ts'
import type { DemoTable } from './model.ts'
import { DEMO_DUTIES, DEMO_FIELD_OWNERS, DEMO_INTERFACE, DEMO_RULES } from './order.ts'
import { serialise } from './serialise.ts'

const small = (seed = 7): City => makeCity({ seed, today: '2026-03-10', scale: 0.05 })

async function digestOf({ tables }: City): Promise<string> {
  const chunks = tables.flatMap((table) => [...serialise(table)])
  const hash = await crypto.subtle.digest('SHA-256', await new Blob(chunks).arrayBuffer())
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Reads delimited text back; enough for what `serialise` writes. */
function cellsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[]]
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter === '|' ? '\\|' : delimiter}\\r\\n]*))(${delimiter === '|' ? '\\|' : delimiter}|\\r?\\n|$)`, 'gy')
  for (let match = cell.exec(text); match !== null && match.index < text.length; match = cell.exec(text)) {
    rows.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3]!.endsWith('\n')) rows.push([])
  }
  return rows.slice(0, -1)
}

function read(table: DemoTable): string[][] {
  const label = table.file.encoding === 'gb18030' ? 'gb18030' : 'utf-8'
  const decoder = new TextDecoder(label, { fatal: true })
  let text = ''
  for (const chunk of serialise(table)) text += decoder.decode(chunk, { stream: true })
  return cellsOf(text, table.file.delimiter)
}

describe('the demonstration city', () => {
  it('is the same byte for byte for the same seed, and another for another seed', async () => {
    const [first, again, other] = await Promise.all([digestOf(small()), digestOf(small()), digestOf(small(8))])
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  it('has regions whose parents come before them and whose codes begin with the parent’s', () => {
    const { regions, city } = small()
    const seen = new Set<string>()
    for (const { code, parent, level } of regions) {
      expect(code).toMatch({ city: /^\d{6}$/, county: /^\d{6}$/, town: /^\d{9}$/, village: /^\d{12}$/ }[level])
      if (parent === null) expect(code).toBe(city.code)
      else {
        expect(seen).toContain(parent)
        expect(code.startsWith(parent.replace(/00$/, ''))).toBe(true)
      }
      expect(seen).not.toContain(code)
      seen.add(code)
    }
    expect(regions.filter(({ level }) => level === 'county')).toHaveLength(6)
  })

  it('has a bureau and twelve departments with valid credit codes', () => {
    const { organisations } = small()
    expect(organisations.map(({ kind }) => kind)).toEqual(['bureau', ...Array<string>(12).fill('department')])
    for (const { code } of organisations) {
      expect(code).toMatch(/^1[12]339900/)
      expect(organisationCheck(code.slice(8, 16))).toBe(code[16])
      expect(creditCheck(code.slice(0, 17))).toBe(code[17])
    }
  })

  it('has the nine accounts, the consumer only consumer, and no one with two of the three separated duties', () => {
    const { users, officers, organisations, tables } = small()
    expect(users.map(({ username }) => username)).toEqual([
      'steward', 'provider', 'provider2', 'consumer', 'security', 'sysadmin', 'auditor', 'leader', 'developer',
    ])
    expect(users.find(({ username }) => username === 'consumer')!.roles).toEqual(['consumer'])
    for (const { roles } of [...users, ...officers]) {
      expect(roles.filter((role) => role === 'sysadmin' || role === 'security' || role === 'auditor').length).toBeLessThan(2)
    }
    const providers = new Set([...users, ...officers].filter(({ roles }) => roles.includes('provider')).map(({ organisationCode }) => organisationCode))
    for (const { owner } of tables) expect(providers).toContain(owner)
    expect(new Set(tables.map(({ owner }) => owner)).size).toBe(organisations.length - 1)
  })

  it('gives a legal basis for whatever is not shared, and a condition for whatever is shared under one', () => {
    for (const { key, sharingType, sharingCondition, legalBasis } of small().tables) {
      if (sharingType === 'not-shared') expect(legalBasis, key).toMatch(/^《.+》/)
      if (sharingType === 'conditional') expect(sharingCondition, key).toMatch(/。$/)
    }
  })

  it('writes files that read back as its rows, in every encoding and with every delimiter', () => {
    const { tables } = small()
    expect(new Set(tables.map(({ file }) => file.encoding))).toEqual(new Set(['utf-8', 'utf-8-bom', 'gb18030']))
    for (const table of tables) {
      const [header, ...rows] = read(table)
      expect(header, table.key).toEqual(table.fields.map(({ name }) => name))
      expect(new Set(header).size, table.key).toBe(table.fields.length)
      expect(rows, table.key).toEqual([...table.rows()])
    }
  })

  it('tells stories that fit its tables, officers and one another', () => {
    const city = small()
    const stories = demoApplications(city)
    const accounts = new Map([...city.users, ...city.officers].map((user) => [user.username, user]))
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length)
    for (const { entryKey, consumer, applicant, fields, filter, submittedDaysAgo, steps, calls, renews } of stories) {
      const table = city.tables.find(({ key }) => key === entryKey)!
      const names = table.fields.map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining([...fields, ...filter.map(({ field }) => field)]))
      expect(accounts.get(applicant)!.organisationCode).toBe(consumer)
      expect(accounts.get(applicant)!.roles).toContain(consumer === null ? 'developer' : 'consumer')
      expect(table.owner).not.toBe(consumer)
      expect(table.sharingType).not.toBe('not-shared')
      const ages = [submittedDaysAgo, ...steps.map(({ atDaysAgo }) => atDaysAgo)]
      expect(ages).toEqual(ages.toSorted((a, b) => b - a))
      if (calls !== undefined) expect([submittedDaysAgo > calls[0], calls[0] > calls[1]]).toEqual([true, true])
      if (renews !== null) expect(stories.find(({ name }) => name === renews)?.applicant).toBe(applicant)
    }
  })

  it('has rules, duties, owners of fields and an interface that fit its tables and departments', () => {
    const city = small()
    const fieldsOf = (key: string): string[] => city.tables.find((table) => table.key === key)!.fields.map(({ name }) => name)
    const departments = new Set<string>(city.organisations.map(({ key }) => key))
    for (const { by, entryKey } of DEMO_RULES) {
      if (entryKey === null) expect(by).toBeNull()
      else expect(city.tables.find(({ key }) => key === entryKey)!.owner).toBe(city.organisations.find(({ key }) => key === by)!.code)
    }
    for (const [key, owners] of Object.entries(DEMO_FIELD_OWNERS)) {
      expect(fieldsOf(key)).toEqual(expect.arrayContaining(Object.keys(owners)))
      expect([...departments]).toEqual(expect.arrayContaining(Object.values(owners)))
    }
    expect([...departments]).toEqual(expect.arrayContaining(Object.keys(DEMO_DUTIES)))
    for (const [source, field] of DEMO_INTERFACE.select) {
      const granted = demoApplications(city).find(({ applicant, entryKey }) => applicant === DEMO_INTERFACE.by && entryKey === source)
      expect(granted?.fields).toContain(field)
    }
  })
})
