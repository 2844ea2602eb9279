import { isAppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
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
const named = anOfficer('named', 'P3', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')

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
const draft = (classification?: string, owner = provider) => inTransaction(database.store.db, (trx) =>
  catalog.draft(trx, { title: '户籍人口', organisation: owner.organisation!, actor: owner.actor, ...(classification === undefined ? {} : { classification }) })) // officers have one
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (!isAppError(error)) throw new Error('no refusal', { cause: error })
  return error
}
const ask = <T>(id: string, caller: Caller, input: { params?: object; query?: object; body?: object }): Promise<T> => {
  const found = catalog.routes.find(({ operation }) => operation.id === id)!
  const reach = caller === steward ? 'all' : 'own'
  // The schemas are checked by http; these handlers look at nothing else of the request.
  return found.handle({ caller, reach, params: {}, query: {}, body: {}, ...input } as never, undefined as never, undefined as never) as Promise<T>
}

describe('the code of an entry', () => {
  it('is made of its class and a number of its own', async () => {
    expect((await draft('101001')).code).toMatch(/^101001-[0-9]{6}$/)
    expect((await draft()).classification).toMatch(/^301[0-9]{3}$/)
    expect((await draft()).classification).toBe((await draft()).classification)
  })

  it('needs a class that is there, is open, and is not another department\'s own', async () => {
    expect((await problem(draft('199001'))).code).toBe('catalog/unknown-classification')
    await ask('changeClassification', steward, { params: { code: '105002' }, body: { valid: false } })
    expect((await problem(draft('105002'))).issues).toMatchObject([{ pointer: '/classification', code: 'closed' }])
    const own = (await draft(undefined, rival)).classification
    expect((await problem(draft(own))).issues).toMatchObject([{ code: 'not-own' }])
  })

  it('follows the class while it is a draft, with what was said about it, and the old code goes on finding it', async () => {
    const before = await entry()
    await entry().then((other) => catalog.edit(other, { relations: [{ kind: 'related', code: before }] }, provider))
    const after = await catalog.edit(before, { classification: '102001', title: '企业停车场' }, provider)
    expect(after.code).toBe(`102001${before.slice(before.indexOf('-'))}`)
    expect(await catalog.find(before)).toMatchObject({ code: after.code, title: '企业停车场' })
    const { items } = await ask<{ items: { code: string; kind: string }[] }>('listRelatedEntries', provider, { params: { code: after.code } })
    expect(items).toMatchObject([{ direction: 'from', kind: 'related' }])
    const { items: history } = await ask<{ items: { action: string }[] }>('entryHistory', provider, { params: { code: after.code } })
    expect(history.map(({ action }) => action)).toEqual(expect.arrayContaining(['drafted', 'recoded', 'changed']))
    const back = await catalog.edit(after.code, { classification: before.slice(0, 6) }, provider)
    expect(back.code).toBe(before)
  })

  it('is fixed from the submission on', async () => {
    const code = await entry({ publishBy: steward })
    expect((await problem(catalog.edit(code, { classification: '102001' }, steward))).issues).toMatchObject([{ pointer: '/classification', code: 'code-is-fixed' }])
  })
})

describe('the classification', () => {
  it('gives the next code, takes a free one, and refuses one that was ever given', async () => {
    const added = await ask<{ code: string }>('addClassification', steward, { body: { parent: '105', name: '车辆证照', nameEn: '' } })
    expect(added.code).toBe('105003')
    expect((await problem(ask('addClassification', steward, { body: { parent: '105', code: '105002', name: '又来', nameEn: '' } }))).code).toBe('catalog/classification-exists')
    expect((await problem(ask('addClassification', steward, { body: { parent: '105', code: '106001', name: '错位', nameEn: '' } }))).code).toBe('catalog/invalid-classification')
    expect((await ask<{ code: string }>('addClassification', steward, { body: { parent: '105001', name: '驾驶证', nameEn: '' } })).code).toBe('10500101')
    await expect(sql`delete from catalog.classification where code = '105003'`.execute(database.store.db)).rejects.toThrow('keeps its code')
  })

  it('counts in each class what the caller sees there and below', async () => {
    const count = async (caller: Caller, code: string) =>
      (await ask<{ items: { code: string; entries: number }[] }>('listClassification', caller, {})).items.find((node) => node.code === code)!.entries
    const [insider, outsider] = [await count(provider, '2'), await count(PUBLIC_CALLER, '2')]
    await draft('201001')
    expect([await count(provider, '2'), await count(provider, '201001'), await count(PUBLIC_CALLER, '2')]).toEqual([insider + 1, 1, outsider])
  })
})

describe('revisions', () => {
  it('keep the whole description at each change, and tell what differs down to a property of an item', async () => {
    const code = await entry()
    const before = (await catalog.find(code))!.revision
    await catalog.edit(code, { title: '新停车场', contactPhone: '021-12345678', fields: [{ name: '泊位数', unit: '个', description: '数量' }] }, provider)
    const { items } = await ask<{ items: { revision: number; changed: string[]; receiptId: string | null }[] }>('listEntryRevisions', provider, { params: { code } })
    expect(items[0]).toMatchObject({ revision: before + 1, changed: ['title', 'contactPhone', 'fields'] })
    expect(items[0]?.receiptId).not.toBeNull()
    const differences = await ask<{ metadata: unknown; fields: object }>('compareEntryRevisions', provider, { params: { code }, query: { from: before, to: before + 1 } })
    expect(differences.metadata).toEqual([{ key: 'title', before: '停车场基本信息', after: '新停车场' }, { key: 'contactPhone', before: '', after: '021-12345678' }])
    expect(differences.fields).toMatchObject({ added: [], removed: [], moved: false, changed: [{ name: '泊位数', properties: [{ key: 'description', before: '', after: '数量' }, { key: 'unit', before: null, after: '个' }] }] })
  })

  it('are not changed by anybody, and are not others\' to read', async () => {
    const code = await entry({ publishBy: steward })
    await expect(sql`update catalog.entry_revision set reason = 'x' where code = ${code}`.execute(database.store.db)).rejects.toThrow('never changed')
    await expect(sql`delete from catalog.entry_revision where code = ${code}`.execute(database.store.db)).rejects.toThrow('never changed')
    expect((await problem(ask('listEntryRevisions', rival, { params: { code } }))).code).toBe('request/not-found')
    expect((await problem(ask('compareEntryRevisions', provider, { params: { code }, query: { from: 0, to: 99 } }))).code).toBe('request/not-found')
  })
})

describe('relations', () => {
  it('show both ways, to those who see the other side', async () => {
    const [whole, part] = [await entry({ publishBy: steward }), await entry()]
    await catalog.edit(part, { relations: [{ kind: 'part-of', code: whole }] }, provider)
    const seen = async (caller: Caller) => (await ask<{ items: { direction: string; code: string }[] }>('listRelatedEntries', caller, { params: { code: whole } })).items
    expect(await seen(provider)).toMatchObject([{ direction: 'from', kind: 'part-of', code: part }])
    expect(await seen(PUBLIC_CALLER)).toEqual([])
  })

  it('refuse themselves, doubles, unknown and unseen ones, and withdrawn ones unless they are replaced', async () => {
    const [one, hidden, gone] = [await entry(), await entry({}, rival), await entry({ publishBy: steward })]
    await catalog.act(gone, 'withdraw', { reason: '停用', endsOn: '2026-11-20' }, steward)
    const refusal = await problem(catalog.edit(one, { relations: [
      { kind: 'related', code: one }, { kind: 'source', code: '999999-000001' }, { kind: 'source', code: '999999-000001' }, { kind: 'related', code: hidden }, { kind: 'source', code: gone },
    ] }, provider))
    expect(refusal.issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/relations/0 itself', '/relations/1 unknown-entry', '/relations/2 twice', '/relations/2 unknown-entry', '/relations/3 unknown-entry', '/relations/4 withdrawn',
    ])
    await catalog.edit(one, { relations: [{ kind: 'replaces', code: gone }] }, provider)
  })

  it('make no circle of parts or replacements, over however many steps', async () => {
    const [a, b, c] = [await entry(), await entry(), await entry()]
    await catalog.edit(a, { relations: [{ kind: 'part-of', code: b }] }, provider)
    await catalog.edit(b, { relations: [{ kind: 'part-of', code: c }] }, provider)
    expect((await problem(catalog.edit(c, { relations: [{ kind: 'part-of', code: a }] }, provider))).issues).toMatchObject([{ pointer: '/relations/0', code: 'circle' }])
    await catalog.edit(c, { relations: [{ kind: 'source', code: a }] }, provider)
  })
})

describe('what people may write', () => {
  it('names all wrong values at once', async () => {
    const code = await entry()
    const refusal = await problem(catalog.edit(code, {
      licence: 'Zauberlizenz', temporal: { from: '2026-02-01', to: '2026-01-01' }, contactEmail: 'niemand', contactPhone: '电话', visibility: 'named', visibleTo: [],
    }, provider))
    expect(refusal.issues.map(({ pointer }) => pointer)).toEqual(['/licence', '/temporal/to', '/contactEmail', '/contactPhone', '/visibleTo'])
  })

  it('is not loosened by the department alone once it is published', async () => {
    const code = await entry({ publishBy: steward })
    expect((await problem(catalog.edit(code, { visibility: 'departments' }, provider))).issues).toMatchObject([{ pointer: '/visibility', code: 'needs-review' }])
    await catalog.edit(code, { visibility: 'departments' }, steward)
    expect(await catalog.visibleCodes([code], PUBLIC_CALLER)).toEqual([])
  })
})

describe('who sees an entry', () => {
  it('is the same for one entry, for a search, and for an export', async () => {
    const codes = new Map<string, string>()
    for (const visibility of ['all', 'departments', 'named', 'metadata-only'] as const) {
      const code = await entry({ title: '可见性试验', publishBy: steward })
      await catalog.edit(code, { visibility, visibleTo: visibility === 'named' ? ['P3'] : [] }, steward)
      codes.set(visibility, code)
    }
    const kinds = async (found: readonly string[]) => [...codes].flatMap(([visibility, code]) => (found.includes(code) ? [visibility] : []))
    const expected = new Map<Caller, string[]>([
      [PUBLIC_CALLER, ['all']], [rival, ['all', 'departments', 'metadata-only']], [named, ['all', 'departments', 'named', 'metadata-only']],
      [provider, [...codes.keys()]], [steward, [...codes.keys()]],
    ])
    for (const [caller, visible] of expected) {
      expect(await kinds(await catalog.visibleCodes([...codes.values()], caller))).toEqual(visible)
      const searched = async () => (await ask<{ items: { code: string }[] }>('searchEntries', caller, { query: { q: '可见性试验', limit: 200 } })).items
      // The index hears of the last edit a moment after it.
      await expect.poll(async () => kinds((await searched()).map(({ code }) => code)), { timeout: 10_000 }).toEqual(visible)
    }
    const exported = async (audience: 'public' | 'departments') => kinds((await catalog.eachPublished({ audience, limit: 1_000 })).map(({ code }) => code))
    expect(await exported('public')).toEqual(['all'])
    expect(await exported('departments')).toEqual(['all', 'departments', 'metadata-only'])
    expect(await catalog.countPublished({ audience: 'public' })).toBe((await catalog.eachPublished({ audience: 'public', limit: 1_000 })).length)
    const whole = await catalog.eachPublished({ audience: 'departments', limit: 1_000 })
    expect(await catalog.eachPublished({ audience: 'departments', limit: 1_000, withoutFields: true })).toEqual(whole.map((entry) => ({ ...entry, fields: [] })))
  })
})

describe('an import', () => {
  it('makes an entry, changes it, and does nothing for what says the same; all of it in evidence', async () => {
    const from = (title: string) => ({ title, organisation: 'P1', state: 'published' as const, openingType: 'open' as const, origin: { source: 's', identifier: 'x', url: null }, keywords: ['停车'] })
    const run = (title: string) => inTransaction(database.store.db, (trx) => catalog.importEntry(trx, from(title), steward.actor))
    const first = await run('外来目录')
    expect([first.outcome, (await run('外来目录')).outcome, (await run('外来目录二')).outcome]).toEqual(['created', 'same', 'changed'])
    expect((await catalog.find(first.entry.code))?.title).toBe('外来目录二')
    const { items } = await ask<{ items: { changed: string[] }[] }>('listEntryRevisions', steward, { params: { code: first.entry.code } })
    expect(items.map(({ changed }) => changed)).toEqual([['title'], []])
  })
})

describe('data elements', () => {
  it('are taken when they are sure, proposed when not, and left alone once a person spoke', async () => {
    const code = await entry()
    const map = async (name: string, element: string, confidence: number, conformity: number) => {
      house.events.published.push({ name: 'standards.fields-mapped', payload: { entryCode: code, version: 1, conformity, fields: [{ name, element, confidence, reasons: ['name|联系人'], codeList: null }] } })
      await house.events.deliver()
    }
    const field = async (name: string) => (await catalog.find(code))!.fields.find((one) => one.name === name)!
    await map('联系人', 'DE00001', 0.95, 0.3)
    await map('泊位数', 'DE00002', 0.6, 0.3)
    expect([(await field('联系人')).element, (await field('泊位数')).element, (await field('泊位数')).elementSuggestion?.element]).toEqual(['DE00001', null, 'DE00002'])
    await catalog.edit(code, { fields: [{ name: '联系人', element: null }] }, provider)
    await map('联系人', 'DE00001', 0.99, 0.5)
    expect(await field('联系人')).toMatchObject({ element: null, elementSuggestion: { confidence: 0.99 } })
    expect(await catalog.find(code)).toMatchObject({ conformity: 0.5 })
    const { revision } = (await catalog.find(code))!
    await map('联系人', 'DE00001', 0.99, 0.5)
    expect((await catalog.find(code))!.revision).toBe(revision)
  })
})
