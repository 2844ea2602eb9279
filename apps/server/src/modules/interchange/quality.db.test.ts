import { operations } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { anOfficer } from '../../platform/testing.ts'
import type { EntryRecord } from '../catalog/index.ts'
import { anEntryRecord } from '../catalog/testing.ts'
import { createInterchange, type Interchange, interchangeMigrations } from './index.ts'
import { createLinkStore } from './quality/link-store.ts'
import { interchangeDeps } from './testing.ts'

const at = new Date('2026-11-20T01:00:00Z')
const common: Partial<EntryRecord> = { state: 'published', openingType: 'open', sharingType: 'unconditional', licence: 'CC-BY-4.0', publishedAt: at, changedAt: at, version: 1 }
const GOOD = anEntryRecord({
  ...common, code: '301001-000001', organisation: 'P1', title: '停车场', summary: '全市停车场', theme: 'transport', keywords: ['停车'], spatial: { division: '990100', name: '某市' }, temporal: { from: '2026-01-01', to: null },
  contact: '数据专员', contactPhone: '12345', sharingWays: ['interface'], resourceFormat: 'spreadsheet', dataUpdatedAt: at,
})
const POOR = anEntryRecord({ ...common, code: '301002-000002', organisation: 'P2', title: '桥', version: null, links: [{ title: '图', url: 'https://other.example/bridges.pdf', format: 'PDF', mediaType: '' }] })
const CLOSED = anEntryRecord({ ...common, code: '301002-000003', organisation: 'P2', title: '路', openingType: 'closed' })

describe('the quality of descriptions', () => {
  let database: TestDatabase
  let interchange: Interchange
  const entries = [GOOD, POOR, CLOSED]
  let deps: ReturnType<typeof interchangeDeps>
  const steward = anOfficer('主管', 'B', 'steward')

  beforeAll(async () => {
    database = await createTestDatabase(interchangeMigrations)
    deps = interchangeDeps(entries, database.store.db)
    interchange = createInterchange(deps)
    await interchange.start?.()
    await interchange.scoreDescriptions()
  })
  afterAll(async () => {
    await interchange.stop?.()
    await database.drop()
  })

  const ask = async (id: string, caller: Caller, reach: 'own' | 'all', query = {}, params = {}) => {
    const found = interchange.routes.find(({ operation }) => operation.id === id)!
    // The routes read nothing but caller, reach, params and query.
    return (await found.handle({ caller, reach, params, query, body: undefined } as never, undefined as never, undefined as never)) as never
  }
  const listed = async (caller: Caller, reach: 'own' | 'all', query = {}): Promise<{ entryCode: string; points: number; band: string; missing: string[] }[]> =>
    (await ask(operations.listMetadataScores.id, caller, reach, query) as { items: never }).items

  it('is counted for all that is published, the worst first', async () => {
    const items = await listed(steward, 'all')
    expect(items.map(({ entryCode }) => entryCode).toSorted()).toEqual([GOOD.code, POOR.code, CLOSED.code].toSorted())
    expect(items.map(({ points }) => points)).toEqual(items.map(({ points }) => points).toSorted((x, y) => x - y))
    expect(items.at(-1)).toMatchObject({ entryCode: GOOD.code, band: 'excellent' })
    expect(items.find(({ entryCode }) => entryCode === POOR.code)?.missing).toContain('summary')
  })

  it('says of departments how they stand, and where points are to be gained', async () => {
    const { whole, departments, indicators } = await ask('metadataQuality', steward, 'all') as { whole: { entries: number }; departments: { organisation: { code: string }; entries: number }[]; indicators: { id: string; max: number; points: number; lacking: number }[] }
    expect(whole.entries).toBe(3)
    expect(departments.map(({ organisation, entries: count }) => [organisation.code, count])).toEqual([['P1', 1], ['P2', 2]])
    expect(indicators.find(({ id }) => id === 'keywords')).toMatchObject({ max: 30, points: 10, lacking: 2 })
    expect(await listed(steward, 'all', { lacking: 'keywords' })).toHaveLength(2)
    expect(await listed(steward, 'all', { band: 'excellent' })).toHaveLength(1)
  })

  it('is for a provider that of his own department only, also when he asks for another', async () => {
    const provider = anOfficer('专员', 'P1', 'provider')
    expect((await listed(provider, 'own')).map(({ entryCode }) => entryCode)).toEqual([GOOD.code])
    expect(await listed(provider, 'own', { organisation: 'P2' })).toEqual([])
  })

  it('pages without losing or repeating', async () => {
    const met: string[] = []
    let cursor: string | undefined
    do {
      const page = await ask('listMetadataScores', steward, 'all', { limit: 1, ...(cursor === undefined ? {} : { cursor }) }) as { items: { entryCode: string }[]; nextCursor: string | null }
      met.push(...page.items.map(({ entryCode }) => entryCode))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(met.toSorted()).toEqual([GOOD.code, POOR.code, CLOSED.code].toSorted())
  })

  it('gives points for a link to elsewhere once it is known to answer', async () => {
    const score = async () => (await ask('getMetadataScore', steward, 'all', {}, { code: POOR.code }) as { indicators: { id: string; points: number }[] }).indicators.find(({ id }) => id === 'access-url-reachable')?.points
    expect(await score()).toBe(0)
    const links = createLinkStore(database.store.db)
    expect(await links.due(at, 10)).toEqual(['https://other.example/bridges.pdf'])
    expect(await links.checked('https://other.example/bridges.pdf', true, at)).toEqual([POOR.code])
    expect(await links.due(at, 10)).toEqual([])
    expect(await score()).toBe(50)
  })

  it('follows a change, and forgets what is withdrawn', async () => {
    entries[1] = { ...POOR, keywords: ['桥'], changedAt: new Date('2026-11-20T03:00:00Z') }
    entries[2] = { ...CLOSED, state: 'withdrawn' }
    deps.events.published.push({ name: 'catalog.entry-changed', payload: { entryCode: POOR.code } }, { name: 'catalog.entry-withdrawn', payload: { entryCode: CLOSED.code } })
    await deps.events.deliver()
    expect((await listed(steward, 'all', { lacking: 'keywords' })).map(({ entryCode }) => entryCode)).toEqual([])
    expect(await listed(steward, 'all')).toHaveLength(2)
  })
})
