import { isAppError } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import { anOfficer } from '../../platform/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { type Catalog, catalogMigrations } from './index.ts'
import { anEntry, catalogFor } from './testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const rival = anOfficer('rival', 'P2', 'provider')
const steward = anOfficer('steward', 'B', 'steward')
const sysadmin = anOfficer('sysadmin', 'B', 'sysadmin')

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let catalog: Catalog

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations])
  house = await catalogFor(database.store)
  catalog = house.catalog
})
afterAll(() => database.drop())

const entry = (options: Partial<Parameters<typeof anEntry>[2]> = {}, owner = provider) => anEntry(house, owner, { store: database.store, ...options })
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (!isAppError(error)) throw new Error('no refusal', { cause: error })
  return error
}

describe('the life of an entry', () => {
  it('goes from draft to published with the platform\'s suggestions in it', async () => {
    const code = await entry({ publishBy: steward })
    const found = await catalog.find(code)
    expect(found).toMatchObject({ state: 'published', grade: 'internal', version: 1, rowCount: 3, stars: 4 })
    expect(found?.fields.map(({ name, grade, masking, identifier }) => ({ name, grade, masking, identifier }))).toEqual([
      { name: '停车场名称', grade: 'public', masking: null, identifier: true },
      { name: '联系人', grade: 'internal', masking: 'name', identifier: false },
      { name: '泊位数', grade: 'public', masking: null, identifier: false },
    ])
    expect(house.events.published.some(({ name }) => name === 'catalog.entry-published')).toBe(true)
  })

  it('names everything that is missing before review', async () => {
    const code = await entry()
    await catalog.edit(code, { summary: '', sharingType: 'not-shared', legalBasis: '' }, provider)
    expect((await problem(catalog.act(code, 'submit', {}, provider))).issues.map(({ pointer }) => pointer)).toEqual(['/summary', '/legalBasis'])
  })

  it('does not open what carries unmasked internal fields', async () => {
    const code = await entry()
    await catalog.edit(code, { fields: [{ name: '联系人', masking: null }] }, provider)
    const refusal = await problem(catalog.act(code, 'submit', {}, provider))
    expect(refusal.issues).toMatchObject([{ pointer: '/fields/1', code: 'unmasked-internal' }])
  })

  it('asks for a reason when a grade goes below the suggestion', async () => {
    const code = await entry()
    const patch = { fields: [{ name: '联系人', grade: 'public' as const }] }
    expect((await problem(catalog.edit(code, patch, provider))).issues).toMatchObject([{ code: 'reason-needed' }])
    await catalog.edit(code, { ...patch, reason: '均为公开的服务电话' }, provider)
    expect((await catalog.find(code))?.grade).toBe('public')
  })

  it('returns to the provider with a reason, never without', async () => {
    const code = await entry()
    await catalog.act(code, 'submit', {}, provider)
    expect((await problem(catalog.act(code, 'return', {}, steward))).issues).toMatchObject([{ pointer: '/reason' }])
    await catalog.act(code, 'return', { reason: '摘要不清' }, steward)
    expect((await catalog.find(code))?.state).toBe('returned')
  })

  it('lets a provider not loosen what is published', async () => {
    const code = await entry({ publishBy: steward })
    const refusal = await problem(catalog.edit(code, { openingType: 'closed', fields: [{ name: '联系人', masking: 'redact' }] }, provider))
    expect(refusal.issues.map(({ pointer, code: kind }) => `${pointer} ${kind}`)).toEqual(['/openingType needs-review', '/fields/1/masking needs-review'])
  })

  it('lets a field belong to another department, by the steward once it is published, and keeps it with the next version', async () => {
    const code = await entry({ publishBy: steward })
    const owned = { fields: [{ name: '联系人', owner: '11990100MB0000003C' }] }
    expect((await problem(catalog.edit(code, owned, provider))).issues).toMatchObject([{ pointer: '/fields/1/owner', code: 'needs-review' }])
    await catalog.edit(code, owned, steward)
    const fields = [{ name: '联系人', type: 'text' as const, nullable: true }]
    house.events.published.push({ name: 'collection.version-made', payload: { entryCode: code, version: 2, loadId: '00000000-0000-7000-8000-000000000003', fields, rowCount: 9, at: '2026-11-21T00:00:00Z' } })
    await house.events.deliver()
    expect((await catalog.find(code))?.fields).toMatchObject([{ name: '联系人', owner: '11990100MB0000003C' }])
  })

  it('keeps what a person decided about a field when the next version comes', async () => {
    const code = await entry()
    await catalog.edit(code, { fields: [{ name: '联系人', masking: 'redact', description: '值班人' }] }, provider)
    const fields = [{ name: '联系人', type: 'text' as const, nullable: true }, { name: '新列', type: 'date' as const, nullable: true }]
    house.events.published.push({ name: 'collection.version-made', payload: { entryCode: code, version: 2, loadId: '00000000-0000-7000-8000-000000000002', fields, rowCount: 9, at: '2026-11-21T00:00:00Z' } })
    await house.events.deliver()
    const found = await catalog.find(code)
    expect(found).toMatchObject({ version: 2, rowCount: 9 })
    expect(found?.fields.map(({ name, masking, description }) => [name, masking, description])).toEqual([['联系人', 'redact', '值班人'], ['新列', null, '']])
  })
})

describe('two officers at once', () => {
  it('decide one after the other: the second meets a conflict', async () => {
    const code = await entry()
    await catalog.act(code, 'submit', {}, provider)
    const { revision } = (await catalog.find(code))!
    const outcomes = await Promise.allSettled([
      catalog.act(code, 'approve', { revision }, steward), catalog.act(code, 'return', { reason: 'x', revision }, steward),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'request/conflict' })
  })
})

describe('the store', () => {
  it('refuses a change of state without its evidence', async () => {
    const code = await entry()
    await expect(sql`update catalog.entry set state = 'published' where code = ${code}`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
    expect((await catalog.find(code))?.state).toBe('draft')
  })
})

describe('who sees what', () => {
  const callers: readonly (readonly [string, Caller])[] = [['public', PUBLIC_CALLER], ['owner', provider], ['other department', rival], ['steward', steward], ['sysadmin', sysadmin]]

  it('answers unseen and unknown entries alike', async () => {
    const code = await entry()
    for (const caller of [PUBLIC_CALLER, rival, sysadmin]) {
      const [unseen, unknown] = await Promise.all([problem(catalog.requireVisible(code, caller)), problem(catalog.requireVisible('301001-999999', caller))])
      expect([unseen.code, unseen.params]).toEqual([unknown.code, unknown.params])
    }
  })

  it('is the same in the list as for the single entry', async () => {
    await entry({ title: '草稿' })
    await entry({ title: '开放', publishBy: steward })
    await entry({ title: '不予开放', openingType: 'closed', publishBy: steward })
    await entry({ title: '别部门草稿' }, rival)
    const { rows } = await sql<{ code: string }>`select code from catalog.entry`.execute(database.store.db)
    await catalog.searchSettled()
    const all = await catalog.findMany(rows.map(({ code }) => code))
    for (const [who, caller] of callers) {
      const listed = await catalog.search({ limit: 200 }, caller)
      const single = all.filter((one) => catalog.isVisible(one, caller)).map(({ code }) => code)
      expect([who, listed.items.map(({ entry: { code } }) => code).sort()]).toEqual([who, single.sort()])
      expect(listed.total).toBe(single.length)
    }
  })
})
