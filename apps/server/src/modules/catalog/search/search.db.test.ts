import { isAppError } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { type Catalog, catalogMigrations } from '../index.ts'
import { anEntry, catalogFor } from '../testing.ts'
import type { SearchQuery } from './search-entries.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const steward = anOfficer('steward', 'B', 'steward')

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let catalog: Catalog

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations])
  house = await catalogFor(database.store)
  catalog = house.catalog
})
afterAll(async () => {
  await catalog.stop?.()
  await database.drop()
})

const entry = (title: string, options: Partial<Parameters<typeof anEntry>[2]> = {}) => anEntry(house, provider, { store: database.store, title, publishBy: steward, ...options })
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (!isAppError(error)) throw new Error('no refusal', { cause: error })
  return error.code
}
const found = async (query: SearchQuery, caller = PUBLIC_CALLER) => {
  await catalog.searchSettled()
  return catalog.search(query, caller)
}
const titles = async (query: SearchQuery, caller = PUBLIC_CALLER): Promise<string[]> => (await found(query, caller)).items.map(({ entry: { title } }) => title)
const call = async (id: string, caller: typeof steward, input: { query?: object; body?: object; params?: object }): Promise<never> => {
  const route = catalog.routes.find(({ operation }) => operation.id === id)!
  // A handler gets validated input of its operation; what it answers is looked at by the test.
  return route.handle({ caller, reach: 'all', params: {}, query: {}, body: {}, signal: new AbortController().signal, ...input } as never, {} as never, {} as never) as Promise<never>
}

describe('searching', () => {
  it('names another edition of the catalogue after any change of an entry, and the same one while nothing changes', async () => {
    const code = await entry('消防栓分布')
    await catalog.searchSettled()
    const before = catalog.edition()
    expect(before).toMatch(/^\d+-\d+$/)
    expect(catalog.edition()).toBe(before)
    await catalog.edit(code, { summary: '全市消防栓' }, provider)
    await catalog.searchSettled()
    expect(catalog.edition()).not.toBe(before)
  })

  it('finds words of the title in any order, and pages to the end without repeats', async () => {
    for (let number = 0; number < 7; number++) await entry(`食品经营许可信息 ${number}`)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await found({ q: '许可 食品', limit: 3, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ entry: { title } }) => title))
      cursor = page.nextCursor ?? undefined
      expect(page.total).toBe(7)
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(7)
    expect(await titles({ q: '许可 食品', limit: 3, offset: 5 })).toEqual(seen.slice(5))
  })

  it('finds by pinyin, initials, traditional script, field names and codes, and says where', async () => {
    const code = await entry('营业执照登记信息', { fields: [{ name: '统一社会信用代码', type: 'text', nullable: false }] })
    for (const q of ['yyzz', 'yingyezhizhao', '營業執照', '社会信用代码', code, code.replace('-', '/'), 'ＹＹＺＺ']) expect([q, await titles({ q })]).toEqual([q, ['营业执照登记信息']])
    const [hit] = (await found({ q: '營業執照 信用代码' })).items
    expect(hit?.highlight?.title).toEqual([[0, 4]])
    expect(hit?.highlight?.fields[0]?.name).toBe('统一社会信用代码')
  })

  it('finds what a synonym names, and shows what may have been meant where a character is wrong', async () => {
    await entry('工商登记注销名录')
    expect(await titles({ q: '营业执照 注销' })).toEqual(['工商登记注销名录'])
    const wrong = await found({ q: '营业职照' })
    expect([wrong.match, wrong.didYouMean, wrong.items[0]?.entry.title]).toEqual(['corrected', '营业执照', '营业执照登记信息'])
    expect(await found({ q: '营业职照', exact: true })).toMatchObject({ total: 0, didYouMean: null })
  })

  it('answers some of the words where nothing has all, and says so', async () => {
    expect(await found({ q: '食品 独角兽企业名单' })).toMatchObject({ match: 'some' })
  })

  it('counts facets as if nothing were chosen in them', async () => {
    await entry('不予开放的许可', { openingType: 'closed' })
    const { facets, total } = await found({ q: '许可', openingType: 'open' }, steward)
    expect(facets.openingType).toEqual(expect.arrayContaining([{ value: 'closed', count: 1 }, { value: 'open', count: total }]))
    expect(facets.state).toEqual([{ value: 'published', count: total }])
  })

  it('takes a class with all classes below it', async () => {
    const code = await entry('公共停车泊位分布')
    const { classification } = (await catalog.find(code))!
    for (const branch of [classification, classification.slice(0, 3), classification.slice(0, 1)]) expect(await titles({ q: '公共停车', exact: true, classification: branch })).toEqual(['公共停车泊位分布'])
    expect(await titles({ q: '公共停车', exact: true, classification: classification.startsWith('1') ? '2' : '1' })).toEqual([])
  })

  it('proposes no word of an entry that the searcher may not see', async () => {
    await entry('机密飞机跑道', { openingType: 'closed' })
    expect(await found({ q: '飞机炮道' })).toMatchObject({ total: 0, didYouMean: null })
    expect(await found({ q: '飞机炮道' }, provider)).toMatchObject({ didYouMean: '飞机跑道' })
  })

  it('bears queries that are no words', async () => {
    for (const q of ['%', '_', "'; drop table catalog.entry; --", '\\', '👍👍', '的', '*', '水', '停'.repeat(1_000), '"许可"', '许可\u200b']) expect((await found({ q })).total).toBeGreaterThanOrEqual(0)
    for (const q of ['%', '_', '👍', '***']) expect(await found({ q })).toMatchObject({ total: 0, items: [] })
    expect((await found({ q: '  ' })).total).toBeGreaterThan(0)
  })

  it('refuses a cursor from another query, and one beside an offset', async () => {
    const { nextCursor } = await found({ q: '食品', limit: 1 })
    expect(await problem(found({ q: '许可', limit: 1, cursor: nextCursor! }))).toBe('request/invalid-cursor')
    expect(await problem(found({ q: '食品', limit: 1, cursor: nextCursor!, offset: 1 }))).toBe('request/invalid-cursor')
  })
})

describe('the index', () => {
  it('follows what is changed, withdrawn and removed, in every process', async () => {
    const other = await catalogFor(database.store)
    const code = await entry('潮汐车道分布')
    await catalog.edit(code, { title: '可变车道分布' }, steward)
    await other.catalog.searchSettled()
    expect((await other.catalog.search({ q: '可变车道' }, PUBLIC_CALLER)).items.map(({ entry: one }) => one.code)).toEqual([code])
    expect((await other.catalog.search({ q: '潮汐', exact: true }, PUBLIC_CALLER)).total).toBe(0)
    await other.catalog.stop?.()
    const late = await catalogFor(database.store)
    expect((await late.catalog.search({ q: '食品' }, PUBLIC_CALLER)).total).toBe(7)
    await late.catalog.stop?.()
  })
})

describe('suggestions', () => {
  it('complete characters, pinyin and initials, and show what many asked', async () => {
    for (let times = 0; times < 3; times++) await found({ q: '食品经营' })
    for (const q of ['食品经', 'spjy', 'shipin']) {
      const { entries } = await call('suggestSearch', provider, { query: { q } }) as { entries: { title: string }[] }
      expect([q, entries[0]?.title.startsWith('食品经营许可信息')]).toEqual([q, true])
    }
  })
})

describe('words of the steward', () => {
  it('count at once as synonyms, cut anew as words, and leave evidence', async () => {
    await entry('鹭岛通乘车记录')
    const added = await call('addSearchWord', steward, { body: { kind: 'synonym', phrases: ['鹭岛通', '城市一卡通'] } }) as { id: number }
    await expect.poll(async () => titles({ q: '城市一卡通' })).toEqual(['鹭岛通乘车记录'])
    await call('addSearchWord', steward, { body: { kind: 'word', phrases: ['鹭岛通'] } })
    await expect.poll(async () => (await call('listSearchWords', steward, {}) as { rebuilding: boolean }).rebuilding, { timeout: 20_000 }).toBe(false)
    expect(await titles({ q: '鹭岛通' })).toEqual(['鹭岛通乘车记录'])
    const { words, hits } = await call('explainSearch', steward, { query: { q: '城市一卡通 乘车' } }) as { words: { source: string; ways: { text: string; way: string }[] }[]; hits: { shares: { score: number }[] }[] }
    expect(words[0]?.ways).toEqual(expect.arrayContaining([expect.objectContaining({ text: '鹭岛通', way: 'synonym' })]))
    expect(hits[0]?.shares.every(({ score }) => score > 0)).toBe(true)
    await call('removeSearchWord', steward, { params: { id: added.id } })
    expect(await problem(call('removeSearchWord', steward, { params: { id: added.id } }))).toBe('request/not-found')
    expect(await problem(call('addSearchWord', steward, { body: { kind: 'word', phrases: ['abc'] } }))).toBe('catalog/invalid-search-word')
    expect(await problem(call('addSearchWord', steward, { body: { kind: 'synonym', phrases: ['停车', '停車'] } }))).toBe('catalog/invalid-search-word')
    const silent = sql`insert into catalog.search_word (kind, phrases, changed_at, changed_by) values ('word', '{停车}', now(), '王')`.execute(database.store.db)
    await expect(silent).rejects.toThrow(/without its evidence/)
  })
})

describe('what was searched for', () => {
  it('is counted without persons; rare queries and numbers of people are left out', async () => {
    for (let times = 0; times < 3; times++) await found({ q: '无人机 航线 XYZQ', exact: true })
    for (let times = 0; times < 3; times++) await found({ q: '110101199003074477' })
    await found({ q: '只问一次' })
    await catalog.stop?.()
    expect(await catalog.searchesWithoutResult('2026-11-01')).toEqual([{ query: '无人机 航线 xyzq', count: 3 }])
    const { top, searches } = await call('searchStatistics', steward, { query: { days: 30 } }) as { top: { query: string }[]; searches: number }
    expect(top.map(({ query }) => query)).not.toContain('110101199003074477')
    expect(top.map(({ query }) => query)).not.toContain('只问一次')
    expect(searches).toBeGreaterThan(10)
  })
})
