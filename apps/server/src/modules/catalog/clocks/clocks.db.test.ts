import { type EntryClock, operations, type ResponseOf } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../../../platform/caller.ts'
import type { DomainEvents } from '../../../platform/events.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { askOver, call, problem } from '../../sharing/testing.ts'
import { catalogMigrations } from '../index.ts'
import { anEntry, catalogFor } from '../testing.ts'

const P = anOfficer('provider', 'P1', 'provider')
const Q = anOfficer('rival', 'P2', 'provider')
const S = anOfficer('steward', 'B', 'steward')
const dev = anOfficer('dev', null, 'developer')

type Board = ResponseOf<typeof operations.listEntryClocks>
let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations])
  house = await catalogFor(database.store, new Map([[dev.actor.id, dev], [P.actor.id, P]]))
})
afterAll(() => database.drop())
beforeEach(() => house.clock.set('2026-11-20T02:00:00Z')) // a Friday

const anE = (publish = false, title = '停车场') => anEntry(house, P, { store: database.store, title, ...(publish ? { publishBy: S } : {}) })
const at = (time: string) => house.clock.set(time)
const board = (query: object = {}, caller: Caller = S) => call(house.catalog, operations.listEntryClocks, caller, { query: { limit: 100, ...query } }) as Promise<Board>
const clockOf = async (code: string, kind = 'review'): Promise<EntryClock | undefined> => (await board()).items.find((one) => one.subject.id === code && one.clock.kind === kind)
/** What was told since. */
async function told<N extends keyof DomainEvents>(name: N, work: () => Promise<unknown>): Promise<DomainEvents[N][]> {
  const before = house.events.published.length
  await work()
  return house.events.published.slice(before).flatMap((one) => (one.name === name ? [one.payload as DomainEvents[N]] : [])) // named so
}
const watch = () => house.catalog.watch()

describe('the clock of a review', () => {
  it('runs from submission, stands still while returned, and goes on with what was left', async () => {
    const code = await anE()
    await house.catalog.act(code, 'submit', {}, P)
    expect(await clockOf(code)).toMatchObject({ waitsFor: 'bureau', clock: { state: 'running', workingDaysLeft: 2, dueAt: '2026-11-24T15:59:59.999Z' } })
    at('2026-11-23T02:00:00Z')
    const faults = [{ item: '摘要', missing: '请写明数据来源' }]
    await house.catalog.act(code, 'return', { reason: '不完整', faults }, S)
    expect(await clockOf(code)).toMatchObject({ clock: { state: 'paused', workingDaysLeft: 1 } })
    expect((await house.catalog.find(code))?.faults).toEqual(faults)
    at('2026-12-01T02:00:00Z')
    await house.catalog.act(code, 'submit', {}, P)
    expect(await clockOf(code)).toMatchObject({ clock: { state: 'running', workingDaysLeft: 1, dueAt: '2026-12-02T15:59:59.999Z' } })
    expect((await house.catalog.find(code))?.faults).toEqual([])
  })

  it('is told of before and when it is late, once each, also when rounds are repeated', async () => {
    const code = await anE()
    await house.catalog.act(code, 'submit', {}, P)
    at('2026-11-24T02:00:00Z')
    const soon = await told('catalog.clock-pressing', async () => { await watch(); await watch() })
    expect(soon.filter(({ clockId }) => soon.some((one) => one.clockId === clockId)).map(({ standing }) => standing)).toContain('soon')
    at('2026-11-25T02:00:00Z')
    const late = await told('catalog.clock-pressing', async () => { await watch(); await watch() })
    const mine = (await clockOf(code))!.id
    expect(late.filter(({ clockId }) => clockId === mine)).toEqual([{ clockId: mine, standing: 'late', dueAt: '2026-11-24T15:59:59.999Z' }])
    expect((await board({ standing: 'late' })).items.map(({ id }) => id)).toContain(mine)
    const { items } = await call(house.catalog, operations.actOnEntryClocks, S, { params: { action: 'publish' }, body: { ids: [mine] } })
    expect(items).toEqual([{ id: mine, done: true, problem: null }])
    expect((await board()).departments.find(({ department }) => department.code === 'P1')!.missed).toBeGreaterThan(0)
  })
})

describe('the clock of an update', () => {
  it('begins on the day on which a change became known, is extended once with a reason, and ends with the next change', async () => {
    const code = await anE(true)
    at('2026-11-23T02:00:00Z')
    const report = { params: { code }, body: { what: 'duty' as const, knownOn: '2026-11-20', note: '机构改革' } }
    expect((await problem(call(house.catalog, operations.reportEntryChange, Q, report))).code).toBe('access/forbidden')
    const clock = await call(house.catalog, operations.reportEntryChange, P, report)
    expect(clock).toMatchObject({ note: '职责变化：机构改革', clock: { dueAt: '2026-12-04T15:59:59.999Z', workingDays: 10 }, allowedActions: ['extend'] })
    expect((await problem(call(house.catalog, operations.reportEntryChange, P, report))).code).toBe('catalog/wrong-state')
    const extend = (reason?: string, caller = P) => call(house.catalog, operations.actOnEntryClocks, caller, { params: { action: 'extend' }, body: { ids: [clock.id], ...(reason ? { reason } : {}) } })
    expect((await extend()).items[0]!.problem?.code).toBe('catalog/invalid-entry')
    expect((await extend('待编办批复', Q)).items[0]!.problem?.code).toBe('request/not-found')
    expect((await extend('待编办批复')).items[0]!.done).toBe(true)
    expect((await extend('再延')).items[0]!.problem?.code).toBe('catalog/wrong-state')
    expect(await clockOf(code, 'change')).toMatchObject({ clock: { extendedBy: 5, dueAt: '2026-12-11T15:59:59.999Z' } })
    at('2026-11-25T02:00:00Z')
    await house.catalog.edit(code, { summary: '新的职责' }, P)
    await watch()
    expect(await clockOf(code, 'change')).toBeUndefined()
  })

  it('begins when the update cycle ran out, and ends with newer data', async () => {
    const code = await anE(true)
    await house.catalog.edit(code, { updateCycle: 'weekly' }, P)
    at('2026-11-28T02:00:00Z') // the data are of the 20th
    await watch()
    expect(await clockOf(code, 'cycle')).toMatchObject({ clock: { workingDays: 5, dueAt: '2026-12-04T15:59:59.999Z' } })
    house.events.published.push({ name: 'collection.version-made', payload: { entryCode: code, version: 2, loadId: 'l', fields: [{ name: '停车场名称', type: 'text', nullable: false }], rowCount: 3, at: '2026-11-28T01:00:00Z' } })
    await house.events.deliver()
    await watch()
    expect(await clockOf(code, 'cycle')).toBeUndefined()
  })

  it('is urged by the steward; departments see their own clocks only', async () => {
    const code = await anE(true)
    const clock = await call(house.catalog, operations.reportEntryChange, S, { params: { code }, body: { what: 'data', knownOn: '2026-11-20', note: '改版' } })
    const urged = await told('catalog.clock-urged', () => call(house.catalog, operations.actOnEntryClocks, S, { params: { action: 'urge' }, body: { ids: [clock.id], reason: '请尽快' } }))
    expect(urged).toMatchObject([{ clockId: clock.id, reason: '请尽快' }])
    expect((await board({}, P)).items.map(({ id }) => id)).toContain(clock.id)
    expect((await board({}, Q)).items).toEqual([])
  })
})

describe('a limit', () => {
  it('cites its rule, is to be confirmed, and a clock that begins takes it', async () => {
    const limits = await askOver<{ items: { key: string; value: number; toBeConfirmed: boolean; source: string }[] }>(house.catalog, operations.listCatalogLimits, { caller: S })
    expect(limits.items.find(({ key }) => key === 'entry-review')).toMatchObject({ value: 2, toBeConfirmed: true })
    expect((await problem(call(house.catalog, operations.setCatalogLimits, S, { body: { changes: [{ key: 'entry-review', value: 99 }], reason: '试' } }))).code).toBe('catalog/invalid-setting')
    await call(house.catalog, operations.setCatalogLimits, S, { body: { changes: [{ key: 'entry-review', value: 3 }], reason: '市里另有规定' } })
    const code = await anE()
    await house.catalog.act(code, 'submit', {}, P)
    expect((await clockOf(code))?.clock.workingDays).toBe(3)
    await call(house.catalog, operations.setCatalogLimits, S, { body: { preset: 'state-council', reason: '恢复' } })
  })
})

describe('the end of a published entry', () => {
  it('is announced so many working days ahead, and comes after its last day', async () => {
    const code = await anE(true)
    expect((await problem(house.catalog.act(code, 'withdraw', { reason: '系统下线', endsOn: '2026-11-25' }, P))).issues).toMatchObject([{ pointer: '/endsOn', code: 'too-soon' }])
    const announced = await told('catalog.withdrawal-announced', () => house.catalog.act(code, 'withdraw', { reason: '系统下线' }, P))
    expect(announced).toMatchObject([{ entryCode: code, endsOn: '2026-12-04' }])
    at('2026-12-04T12:00:00Z')
    await watch()
    expect((await house.catalog.find(code))?.state).toBe('published')
    at('2026-12-04T16:00:00Z')
    const withdrawn = await told('catalog.entry-withdrawn', watch)
    expect(withdrawn).toContainEqual({ entryCode: code })
    expect((await house.catalog.find(code))?.state).toBe('withdrawn')
  })

  it('is taken back, or comes at once by the steward', async () => {
    const code = await anE(true)
    await house.catalog.act(code, 'withdraw', { reason: '下线' }, P)
    await house.catalog.act(code, 'keep', { reason: '不下线了' }, P)
    expect((await house.catalog.find(code))?.withdrawal).toBeNull()
    await house.catalog.act(code, 'withdraw', { reason: '泄密', endsOn: '2026-11-20' }, S)
    expect((await house.catalog.find(code))?.state).toBe('withdrawn')
    await house.catalog.act(code, 'reinstate', { reason: '误报' }, S)
    expect((await house.catalog.find(code))?.state).toBe('draft')
  })
})

describe('following', () => {
  const follow = (code: string, caller: Caller, body = {}) => call(house.catalog, operations.followEntry, caller, { params: { code }, body })
  const tell = () => house.catalog.tellFollowers()

  it('tells all changes of a day in one, once a day, and nothing while paused', async () => {
    const code = await anE(true)
    await follow(code, dev)
    expect(await told('catalog.followed-changed', tell)).toEqual([])
    await house.catalog.edit(code, { summary: '新摘要' }, P)
    await house.catalog.edit(code, { keywords: ['停车'] }, P)
    expect(await told('catalog.followed-changed', async () => { await tell(); await tell() })).toMatchObject([{ accountId: dev.actor.id, entryCode: code, kinds: ['description'] }])
    await house.catalog.edit(code, { summary: '更新的摘要' }, P)
    expect(await told('catalog.followed-changed', tell)).toEqual([])
    at('2026-11-21T02:00:00Z')
    expect(await told('catalog.followed-changed', tell)).toHaveLength(1)
    await follow(code, dev, { paused: true })
    await house.catalog.edit(code, { summary: '又一摘要' }, P)
    at('2026-11-22T02:00:00Z')
    expect(await told('catalog.followed-changed', tell)).toEqual([])
  })

  it('cannot be begun of what is not seen, and tells nothing of what is not seen any more', async () => {
    const hidden = await anE()
    expect((await problem(follow(hidden, dev))).code).toBe('request/not-found')
    const code = await anE(true)
    await follow(code, dev)
    await house.catalog.edit(code, { openingType: 'closed', summary: '内部' }, S)
    expect(await told('catalog.followed-changed', tell)).toEqual([])
    expect((await call(house.catalog, operations.listFollowing, dev, {})).entries.find((one) => one.code === code)).toMatchObject({ title: code, state: null })
  })

  it('keeps a search, and tells what it finds anew not more than once a day', async () => {
    const saved = await call(house.catalog, operations.saveSearch, dev, { body: { name: '充电桩', query: { q: '充电桩' } } })
    at('2026-11-20T04:00:00Z')
    expect(await told('catalog.search-found', tell)).toEqual([])
    at('2026-11-20T04:30:00Z')
    await anE(true, '公共充电桩')
    at('2026-11-20T05:00:00Z')
    expect(await told('catalog.search-found', tell)).toMatchObject([{ searchId: saved.id, name: '充电桩', count: 1, title: '公共充电桩' }])
    at('2026-11-20T05:30:00Z')
    await anE(true, '小区充电桩')
    at('2026-11-20T06:00:00Z')
    expect(await told('catalog.search-found', tell)).toEqual([])
    at('2026-11-21T06:00:00Z')
    expect(await told('catalog.search-found', tell)).toMatchObject([{ count: 1, title: '小区充电桩' }])
    expect((await problem(call(house.catalog, operations.deleteSavedSearch, P, { params: { id: saved.id } }))).code).toBe('request/not-found')
  })

  it('is offered as a feed to those without an account, of public entries alone', async () => {
    const [ofEntry, ofSearch] = house.catalog.plainRoutes!.filter(({ path }) => path.startsWith('/feeds/'))
    const open = await anE(true, '<停车> & 场')
    const closed = await anE()
    const ask = async (route: typeof ofEntry, params: object, query: object = {}) => {
      let [status, sent] = [200, '']
      const reply = { code: (code: number) => { status = code; return reply }, type: () => reply, header: () => reply, send: (text: string) => { sent = text; return reply } }
      await route!.handle({ params, query, protocol: 'https', host: 'data.test' } as never, reply as never) // the handler reads no more
      return { status, sent }
    }
    expect((await ask(ofEntry, { code: open })).sent).toContain('<title>&#60;停车&#62; &#38; 场：发布</title>')
    expect((await ask(ofEntry, { code: closed })).status).toBe(404)
    expect((await ask(ofEntry, { code: "'" })).status).toBe(404)
    const { sent } = await ask(ofSearch, {}, { q: '停车' })
    expect(sent).toContain(`https://data.test/datasets/${open}`)
    expect(sent).not.toContain(closed)
    expect(PUBLIC_CALLER.roles).toEqual([])
  })
})

describe('the store', () => {
  it('refuses a clock that moves without its evidence', async () => {
    await expect(sql`update catalog.clock set due_at = now()`.execute(database.store.db)).rejects.toThrow('without its evidence')
  })
})
