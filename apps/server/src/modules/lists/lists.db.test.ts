import { DEMAND_ACTIONS, DEMAND_STATES, type Demand, type DemandAction, operations } from '@datong/contracts'
import { isAppError, systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { anOfficer, plainCalendar, plainOrganisations } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { anApplication, call, problem, sharingFor } from '../sharing/testing.ts'
import { sharingMigrations } from '../sharing/index.ts'
import { createLists, type Lists, listsMigrations } from './index.ts'

const HERE = '11990100MB0000002B'
const THERE = '11990100MB0000003C'
const P = anOfficer('provider', HERE, 'provider')
const Q = anOfficer('rival', THERE, 'provider')
const S = anOfficer('steward', 'B', 'steward')
const C = anOfficer('consumer', THERE, 'consumer')
const D = anOfficer('dev', null, 'developer')
const E = anOfficer('other-dev', null, 'developer')

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let lists: Lists
beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations, ...listsMigrations])
  house = await catalogFor(database.store)
  lists = createLists({
    db: database.store.db, evidence: evidenceFor(database.store), events: house.events, catalog: house.catalog, calendar: plainCalendar, clock: house.clock, random: systemRandom,
    cursors: createCursorCodec(new Uint8Array(32)), missedSearches: async () => [{ words: '充电桩', times: 7 }],
    organisations: {
      ...plainOrganisations, find: (code) => ([HERE, THERE].includes(code)
        ? { code, name: code, nameEn: code, shortName: code, regionCode: '990100', kind: 'department', duties: ['停车场备案', '车辆登记'] } as never : undefined), // what is read of it
    },
  })
  await lists.start?.()
})
afterAll(() => database.drop())

const entryOf = (publish = false, more: object = {}) => anEntry(house, P, { store: database.store, ...(publish ? { publishBy: S } : {}), ...more })
async function outcome(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, (caught: unknown) => caught)
  if (error === undefined) return 'done'
  return isAppError(error) ? error.code : String(error)
}

describe('the responsibility list', () => {
  const body = (change: object = {}) => ({ organisation: HERE, item: '停车场备案', legalBasis: '《道路交通安全法》', dataNamed: '停车场', dueOn: null, entryCode: null, ...change })
  const list = (query: object = {}, caller: Caller = S) => call(lists, operations.listResponsibilities, caller, { query })

  it('says what is missing, being made, published and late, and how far each department has come', async () => {
    const item = await call(lists, operations.addResponsibility, S, { body: body() })
    expect(item.state).toBe('missing')
    expect((await problem(call(lists, operations.addResponsibility, S, { body: body() }))).code).toBe('lists/known-item')
    await call(lists, operations.addResponsibility, S, { body: body({ item: '车位统计', dueOn: '2026-11-01' }) })
    const code = await entryOf()
    const tied = await call(lists, operations.changeResponsibility, P, { params: { id: item.id }, body: { entryCode: code, revision: item.revision } })
    expect(tied).toMatchObject({ state: 'in-progress', entry: { code } })
    await house.catalog.act(code, 'submit', {}, P)
    await house.catalog.act(code, 'publish', {}, S)
    await house.events.deliver()
    expect((await list({ state: 'published' })).items.map(({ id }) => id)).toEqual([item.id])
    expect((await list({ state: 'late' })).items.map(({ item: name }) => name)).toEqual(['车位统计'])
    expect((await list()).departments).toMatchObject([{ department: { code: HERE }, all: 2, published: 1, late: 1 }])
    expect((await list({}, C)).items).toEqual([])
  })

  it('lets a provider tie entries of his own department alone', async () => {
    const item = await call(lists, operations.addResponsibility, S, { body: body({ item: '车辆年检' }) })
    const change = (by: Caller, what: object) => outcome(call(lists, operations.changeResponsibility, by, { params: { id: item.id }, body: { ...what, revision: 0 } }))
    expect(await change(Q, { entryCode: null })).toBe('request/not-found')
    expect(await change(P, { item: '改' })).toBe('access/forbidden')
    expect(await change(P, { entryCode: '301999-000999' })).toBe('request/invalid')
  })

  it('is imported line by line with rejects, looks before it keeps, and exports what it takes', async () => {
    const csv = `部门代码,职责事项,法律依据,应共享数据,完成期限,目录代码\n${HERE},停车收费,价格法,收费标准,2026-12-31,\n坏代码,某事,,,,\n${HERE},,,,,\n${HERE},期限不对,,,明年,\n${THERE},纳税登记,税收征管法,税务登记,,\n`
    const run = (apply: boolean) => call(lists, operations.importResponsibilities, S, { body: { fileName: 'a.csv', content: Buffer.from(csv).toString('base64'), apply } })
    const before = (await list()).total
    const preview = await run(false)
    expect(preview).toMatchObject({ added: 2, changed: 0, same: 0, rejects: [{ line: 3 }, { line: 4 }, { line: 5 }] })
    expect((await list()).total).toBe(before)
    expect(await run(true)).toMatchObject({ added: 2 })
    expect(await run(true)).toMatchObject({ added: 0, same: 2 })
    const { csv: exported } = await call(lists, operations.exportResponsibilities, S, { query: {} })
    const again = await call(lists, operations.importResponsibilities, S, { body: { fileName: 'b.csv', content: Buffer.from(exported).toString('base64'), apply: true } })
    expect(again).toMatchObject({ added: 0, changed: 0, rejects: [] })
  })

  it('proposes duties and published entries that it lacks', async () => {
    const code = await entryOf(true, { title: '充电桩' })
    const { items } = await call(lists, operations.proposeResponsibilities, S, { query: { organisation: HERE } })
    expect(items).toContainEqual({ from: 'duty', item: '车辆登记', dataNamed: '', entryCode: null })
    expect(items).toContainEqual({ from: 'entry', item: '充电桩', dataNamed: '充电桩', entryCode: code })
    expect(items.some(({ item }) => item === '停车场备案')).toBe(false)
  })
})

describe('the negative list', () => {
  const items = async (code: string) => (await call(lists, operations.listNegativeItems, S, { query: { entryCode: code, state: 'in-force' } })).items

  it('has every published entry that is 不予共享, with its ground, and keeps it while it is so', async () => {
    const code = await entryOf(true, { sharingType: 'not-shared', openingType: 'closed' })
    await house.events.deliver()
    const [item] = await items(code)
    expect(item).toMatchObject({ fields: [], against: 'sharing', ground: null, legalBasis: '《统计法》第九条', late: false })
    const act = (action: 'review' | 'lift', by: Caller) => call(lists, operations.actOnNegativeItem, by, { params: { id: item!.id, action }, body: { reason: '复核', ground: 'law' } })
    expect(await outcome(act('lift', S))).toBe('lists/still-forbidden')
    expect(await outcome(act('lift', P))).toBe('access/forbidden')
    expect(await outcome(act('review', Q))).toBe('request/not-found')
    house.clock.set('2027-11-25T02:00:00Z')
    expect((await items(code))[0]).toMatchObject({ late: true })
    expect(await act('review', P)).toMatchObject({ late: false, ground: 'law', reviewDueAt: '2028-11-27T15:59:59.999Z' })
    house.clock.set('2026-11-20T02:00:00Z')
  })

  it('forbids what no rule and nobody may grant', async () => {
    const code = await entryOf(true, { sharingType: 'unconditional', openingType: 'closed' })
    const sharing = sharingFor(database.store, house, { forbidden: (entry) => lists.forbidden(entry) })
    const ask = (fields: string[]) => sharing.apply(anApplication(code, { fields }), C)
    const add = (body: object = {}) => call(lists, operations.addNegativeItem, P, { body: { entryCode: code, fields: ['联系人'], against: 'sharing', ground: 'law', legalBasis: '《个人信息保护法》', ...body } })
    expect((await problem(add({ fields: ['没有'] }))).issues).toMatchObject([{ code: 'unknown-field' }])
    expect(await outcome(call(lists, operations.addNegativeItem, Q, { body: { entryCode: code, fields: [], against: 'both', ground: 'law', legalBasis: '某法' } }))).toBe('request/not-found')
    const item = await add()
    expect(await outcome(add())).toBe('lists/known-item')
    expect((await ask(['停车场名称'])).state).toBe('approved')
    const routed = await ask(['停车场名称', '联系人'])
    expect(routed.state).toBe('submitted')
    expect(await outcome(sharing.act(routed.id, 'approve', {}, P))).toBe('sharing/not-shared')
    await call(lists, operations.actOnNegativeItem, S, { params: { id: item.id, action: 'lift' }, body: { reason: '依据已废止' } })
    expect((await sharing.act(routed.id, 'approve', {}, P)).state).toBe('approved')
  })

  it('refuses an item without its evidence', async () => {
    await expect(sql`update lists.negative_item set legal_basis = '某'`.execute(database.store.db)).rejects.toThrow('without its evidence')
  })
})

describe('a demand', () => {
  /** S steward, P department that it is assigned to, D who filed it. */
  const PARTIES: Readonly<Record<string, Caller>> = { S, P, D }
  const WHO: Readonly<Record<DemandAction, string>> = { assign: 'S', accept: 'P', refuse: 'P', attach: 'P', merge: 'S', withdraw: 'D' }
  /** By hand: a second witness. What is not named is a conflict. */
  const STEPS: Readonly<Record<(typeof DEMAND_STATES)[number], readonly DemandAction[]>> = {
    filed: ['assign', 'merge', 'withdraw'], assigned: ['assign', 'accept', 'refuse', 'attach', 'merge', 'withdraw'], accepted: ['attach', 'merge'], refused: ['assign'],
    attached: ['attach'], published: [], merged: [], withdrawn: [],
  }
  let draft: string
  let published: string
  let other: string
  beforeAll(async () => {
    [draft, published] = [await entryOf(), await entryOf(true)]
    other = (await file('另一需求', E)).id
  })
  const file = (title: string, by: Caller = D, more: object = {}): Promise<Demand> => {
    house.clock.advance(3 * 86_400_000) // not more than so many a day
    return call(lists, operations.fileDemand, by, { body: { title, description: '想做停车应用', ...more } })
  }
  const act = (id: string, action: DemandAction, by: Caller, more: object = {}): Promise<Demand> =>
    call(lists, operations.actOnDemand, by, { params: { id, action }, body: { reason: '理由', organisation: HERE, entryCode: draft, into: other, ...more } })
  const brought = async (...steps: readonly DemandAction[]): Promise<string> => {
    const { id } = await file('实时泊位')
    for (const action of steps) await act(id, action, PARTIES[WHO[action]]!)
    return id
  }
  const BUILD: Readonly<Record<(typeof DEMAND_STATES)[number], () => Promise<string>>> = {
    filed: () => brought(), assigned: () => brought('assign'), accepted: () => brought('assign', 'accept'), refused: () => brought('assign', 'refuse'),
    attached: () => brought('assign', 'attach'), merged: () => brought('merge'), withdrawn: () => brought('withdraw'),
    published: async () => {
      const id = await brought('assign')
      await act(id, 'attach', P, { entryCode: published })
      return id
    },
  }

  it.each([...DEMAND_STATES])('that is %s can be taken on by exactly those whom the table names', async (state) => {
    const seen = async (id: string, by: Caller) => call(lists, operations.getDemand, by, { params: { id } })
    const id = await BUILD[state]()
    expect((await seen(id, S)).state).toBe(state)
    const assigned = (await seen(id, S)).department !== null
    for (const [letter, caller] of Object.entries(PARTIES)) {
      const offered = (await seen(id, caller)).allowedActions
      expect([letter, ...offered]).toEqual([letter, ...DEMAND_ACTIONS.filter((action) => STEPS[state].includes(action) && WHO[action] === letter)])
    }
    for (const action of DEMAND_ACTIONS) {
      for (const [letter, caller] of Object.entries({ ...PARTIES, Q, C, E })) {
        if (letter === WHO[action]) continue
        expect(`${action} by ${letter}: ${await outcome(act(id, action, caller))}`).toBe(`${action} by ${letter}: access/forbidden`)
      }
      if (STEPS[state].includes(action)) expect(await outcome(act(await BUILD[state](), action, PARTIES[WHO[action]]!))).toBe('done')
      else expect(await outcome(act(id, action, PARTIES[WHO[action]]!))).toBe(WHO[action] === 'P' && !assigned ? 'access/forbidden' : 'lists/wrong-state')
    }
  })

  it('runs a clock from assignment to the answer, keeps its history, and is told to those who asked', async () => {
    const { id } = await file('公交到站')
    await call(lists, operations.supportDemand, E, { params: { id }, body: { support: true } })
    await call(lists, operations.supportDemand, E, { params: { id }, body: { support: true } })
    expect(await act(id, 'assign', S)).toMatchObject({ state: 'assigned', support: 2, clock: { workingDays: 10, state: 'running' } })
    expect((await act(id, 'accept', P)).clock).toBeNull()
    await act(id, 'attach', P)
    await house.catalog.act(draft, 'submit', {}, P)
    await house.catalog.act(draft, 'publish', {}, S)
    await house.events.deliver()
    const demand = await call(lists, operations.getDemand, D, { params: { id } })
    expect(demand).toMatchObject({ state: 'published', entry: { code: draft } })
    expect(demand.history.map(({ action }) => action)).toEqual(['published', 'attached', 'accepted', 'assigned', 'filed'])
    expect(demand.history.every(({ actor }) => actor.id === '')).toBe(true)
    expect(house.events.published.filter(({ name, payload }) => name === 'lists.demand-changed' && (payload as { demandId: string }).demandId === id)).toHaveLength(5)
    expect([...((await lists.findDemand(id))?.supporters ?? [])].sort()).toEqual([D.actor.id, E.actor.id].sort())
  })

  it('takes its supporters along when it is merged, each once', async () => {
    const { id } = await file('停车', D)
    const { id: into } = await file('停车场', E)
    await call(lists, operations.supportDemand, D, { params: { id: into }, body: { support: true } })
    await act(id, 'merge', S, { into })
    expect((await call(lists, operations.getDemand, E, { params: { id: into } })).support).toBe(2)
    expect(await outcome(act(into, 'merge', S, { into }))).toBe('request/invalid')
  })

  it('of a department is kept to departments unless it says otherwise, one of the public is public', async () => {
    const inner = await file('内部需求', C)
    expect(inner.audience).toBe('departments')
    expect(await outcome(call(lists, operations.getDemand, PUBLIC_CALLER, { params: { id: inner.id } }))).toBe('request/not-found')
    expect(await outcome(call(lists, operations.supportDemand, D, { params: { id: inner.id }, body: { support: true } }))).toBe('request/not-found')
    // Merged into it, one of the public would lead who asked to where he sees nothing.
    expect(await outcome(act((await file('公众的', D)).id, 'merge', S, { into: inner.id }))).toBe('request/invalid')
    expect((await file('公众需求', D, { audience: 'departments' })).audience).toBe('public')
    const listed = (await call(lists, operations.listDemands, PUBLIC_CALLER, { query: { limit: 200 } })).items
    expect(listed.some(({ id }) => id === inner.id)).toBe(false)
    expect((await call(lists, operations.listDemands, Q, { query: { limit: 200 } })).items.some(({ id }) => id === inner.id)).toBe(true)
  })

  it('is filed ten times a day by one account and not more', async () => {
    const G = anOfficer('many', null, 'developer')
    house.clock.advance(86_400_000)
    const again = () => call(lists, operations.fileDemand, G, { body: { title: '要', description: '要' } })
    for (let count = 0; count < 10; count++) await again()
    expect((await problem(again())).code).toBe('lists/too-many-demands')
  })

  it('comes page by page to the end, the most wanted first', async () => {
    const seen: Demand[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await call(lists, operations.listDemands, S, { query: { limit: 3, ...(cursor === undefined ? {} : { cursor }) } })
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(seen.map(({ support }) => support)).toEqual(seen.map(({ support }) => support).sort((a, b) => b - a))
    expect((await call(lists, operations.listMissedSearches, S, {})).items).toEqual([{ words: '充电桩', times: 7 }])
  })
})
