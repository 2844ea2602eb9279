import type { LedgerItem, operations } from '@datong/contracts'
import { systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { anOfficer, plainOrganisations } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { createLedger, ledgerMigrations } from './index.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const other = anOfficer('other', 'P2', 'provider')
const steward = anOfficer('steward', 'B', 'steward')

let database: TestDatabase
let routes: ReturnType<typeof createLedger>['routes']
let published: string
let draft: string

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...ledgerMigrations])
  const { store } = database
  const house = await catalogFor(store)
  published = await anEntry(house, provider, { store, publishBy: steward })
  draft = await anEntry(house, other, { store })
  routes = createLedger({
    db: store.db, evidence: evidenceFor(store), events: house.events, catalog: house.catalog, cursors: createCursorCodec(new Uint8Array(32)), clock: house.clock, random: systemRandom,
    organisations: { ...plainOrganisations, has: (code) => ['P1', 'P2'].includes(code) },
  }).routes
})
afterAll(() => database.drop())

const ask = async <T>(id: keyof typeof operations, caller: Caller, input: object): Promise<T> => {
  const found = routes.find(({ operation }) => operation.id === id)!
  const reach = caller.roles.includes('steward') ? 'all' : 'own'
  // The routes of the module are asked as the mount asks them.
  return await found.handle({ params: {}, query: {}, body: {}, caller, reach, signal: new AbortController().signal, ...input } as never, undefined as never, undefined as never) as T
}
const aResource = (change: object = {}) => ({
  kind: 'system', name: '停车系统', description: '', organisation: 'P1', operator: '', partOf: null, entryCodes: [], protectionLevel: 3, since: '2025-01-31', yearlyCost: 120_000.5,
  capacity: 64, used: 48, unit: '核', state: 'running', ...change,
})
const add = (caller: Caller, change: object = {}) => ask<LedgerItem>('addToLedger', caller, { body: aResource(change) })
const codesOf = async (work: Promise<unknown>) => work.then(() => [], (error: { issues?: { code: string }[]; code: string }) => (error.issues?.length ? error.issues.map(({ code }) => code) : [error.code]))

describe('the ledger of digital resources', () => {
  it('keeps a resource with its cost to the cent, its entries and what it belongs to', async () => {
    const system = await add(provider, { entryCodes: [published] })
    expect(system).toMatchObject({ yearlyCost: 120_000.5, since: '2025-01-31', entries: [{ code: published, title: '停车场基本信息' }], allowedActions: ['edit'], revision: 0 })
    const base = await add(provider, { kind: 'database', name: '停车库', partOf: system.id })
    expect(base.partOf).toEqual({ id: system.id, name: '停车系统' })
  })

  it('tells everything that is wrong at once', async () => {
    expect(await codesOf(add(steward, { organisation: 'P9', entryCodes: ['301001-999999'], partOf: '00000000-0000-7000-8000-000000000009', used: 65, yearlyCost: 0.001 })))
      .toEqual(['unknown-organisation', 'unknown-entry', 'unknown-item', 'below-a-cent', 'above-capacity'])
  })

  it('lets nothing belong to itself, however far round', async () => {
    const [a, b] = [await add(provider, { name: '甲' }), await add(provider, { name: '乙' })]
    await ask('changeLedgerItem', provider, { params: { id: b.id }, body: { partOf: a.id } })
    expect(await codesOf(ask('changeLedgerItem', provider, { params: { id: a.id }, body: { partOf: b.id } }))).toEqual(['circle'])
  })

  it('is kept by each department for itself, and by the steward for all', async () => {
    const { id } = await add(other, { name: '别家系统', organisation: 'P2' })
    expect(await codesOf(add(provider, { organisation: 'P2' }))).toEqual(['access/forbidden'])
    expect(await codesOf(ask('getLedgerItem', provider, { params: { id } }))).toEqual(['request/not-found'])
    expect(await codesOf(ask('changeLedgerItem', provider, { params: { id }, body: { state: 'retired' } }))).toEqual(['request/not-found'])
    // An entry that one may not see is one that does not exist.
    expect(await codesOf(add(provider, { entryCodes: [draft] }))).toEqual(['unknown-entry'])
    expect(await ask('changeLedgerItem', steward, { params: { id }, body: { state: 'suspended', revision: 0 } })).toMatchObject({ state: 'suspended', revision: 1 })
    expect(await codesOf(ask('changeLedgerItem', steward, { params: { id }, body: { state: 'running', revision: 0 } }))).toEqual(['request/conflict'])
  })

  it('is found by words, kind, state and entry, page by page', async () => {
    const names = ['算力一', '算力二', '算力三']
    for (const name of names) await add(provider, { kind: 'computing', name })
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: { items: LedgerItem[]; nextCursor: string | null; total: number } = await ask('listLedger', provider, { query: { q: '算力', kind: 'computing', limit: 2, ...(cursor ? { cursor } : {}) } })
      expect(page.total).toBe(3)
      seen.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor
    }
    expect(seen.toSorted()).toEqual(names.toSorted())
    expect((await ask<{ total: number }>('listLedger', other, { query: { kind: 'computing' } })).total).toBe(0)
    expect((await ask<{ total: number }>('listLedger', steward, { query: { entryCode: published } })).total).toBe(1)
  })

  it('counts what there is, what runs, what it costs and what has no entry', async () => {
    await add(other, { kind: 'model', name: '模型一', organisation: 'P2', yearlyCost: 10.25 })
    await add(other, { kind: 'model', name: '模型二', organisation: 'P2', yearlyCost: 99, state: 'building' })
    await add(other, { kind: 'model', name: '模型三', organisation: 'P2', yearlyCost: 99, state: 'retired' })
    const { kinds } = await ask<{ kinds: object[] }>('ledgerFigures', steward, { query: {} })
    expect(kinds).toContainEqual({ kind: 'model', total: 2, running: 1, withoutEntry: 2, yearlyCost: 10.25 })
    expect((await ask<{ kinds: object[] }>('ledgerFigures', provider, { query: { organisation: 'P2' } })).kinds).toEqual([])
  })
})
