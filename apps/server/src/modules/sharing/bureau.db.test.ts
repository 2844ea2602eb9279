import { operations, type ResponseOf, SHARING_SETTINGS } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { type Sharing, sharingMigrations } from './index.ts'
import { anApplication, askOver, problem, sharingFor } from './testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const other = anOfficer('other', 'P2', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const because = { reason: '与用途无关', legalBasis: '《政务数据共享条例》' }

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing
let code: string
let theirs: string

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house)
  const published = { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward } as const
  code = await anEntry(house, provider, published)
  theirs = await anEntry(house, other, published)
})
afterAll(() => database.drop())

describe('many at once', () => {
  const bulk = (body: object, caller = provider) => askOver<ResponseOf<typeof operations.bulkDecide>>(sharing, operations.bulkDecide, { caller, body })

  it('are each decided by themselves: what cannot be is told and stops nothing', async () => {
    const [one, two, gone, foreign] = [
      await sharing.apply(anApplication(code), consumer), await sharing.apply(anApplication(code), consumer), await sharing.apply(anApplication(code), consumer),
      await sharing.apply(anApplication(theirs), consumer),
    ]
    await sharing.act(gone.id, 'withdraw', {}, consumer)
    const answer = await bulk({ action: 'approve', ids: [one.id, gone.id, foreign.id, two.id] })
    expect(answer).toMatchObject({ done: 2, failed: 2 })
    expect(answer.items.map(({ done, application, problem: told }) => (done ? application?.state : told?.code))).toEqual(['approved', 'sharing/wrong-state', 'request/not-found', 'approved'])
  })

  it('are refused only with reason and legal basis', async () => {
    const { id } = await sharing.apply(anApplication(code), consumer)
    expect((await bulk({ action: 'refuse', ids: [id] })).items[0]?.problem).toMatchObject({ code: 'sharing/invalid-decision', errors: [{ pointer: '/reason' }, { pointer: '/legalBasis' }] })
    expect((await bulk({ action: 'refuse', ids: [id], ...because })).items[0]?.application?.state).toBe('refused')
  })
})

describe('precedents', () => {
  it('are the earlier decisions on the same data, the most alike in purpose first, for those who decide', async () => {
    const own = await anEntry(house, provider, { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
    const decided = async (purpose: string, action: 'approve' | 'refuse', body: object) => sharing.act((await sharing.apply(anApplication(own, { purpose }), consumer)).id, action, body, provider)
    await decided('开展全市停车收费专项检查', 'refuse', because)
    await decided('核查停车场经营主体的纳税情况', 'approve', { fields: ['停车场名称'] })
    await decided('统计年鉴编制', 'approve', {})
    const { id } = await sharing.apply(anApplication(own, { purpose: '核查停车场经营主体纳税' }), consumer)
    const asked = (caller: typeof provider) => askOver<ResponseOf<typeof operations.applicationPrecedents>>(sharing, operations.applicationPrecedents, { caller, params: { id } })
    const { items } = await asked(provider)
    expect(items.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['核查停车场经营主体的纳税情况', 'approved-in-part'], ['开展全市停车收费专项检查', 'refused'], ['统计年鉴编制', 'approved'],
    ])
    expect(items[1]).toMatchObject(because)
    expect((await asked(steward)).items).toHaveLength(3)
    expect((await problem(asked(consumer))).code).toBe('request/not-found')
    expect((await problem(asked(other))).code).toBe('request/not-found')
  })
})

describe('the board', () => {
  const board = (caller = steward, query: object = {}) => askOver<ResponseOf<typeof operations.sharingBoard>>(sharing, operations.sharingBoard, { caller, query })

  it('shows every clock that has not ended, late ones first and those that stand still last, page by page', async () => {
    await sharing.apply(anApplication(theirs), consumer)
    const waiting = await sharing.apply(anApplication(code), consumer)
    await sharing.act(waiting.id, 'notify-missing', { reason: '缺授权书' }, provider)
    house.clock.set('2026-12-07T02:00:00Z')
    await sharing.apply(anApplication(code), consumer)
    await sharing.watch()
    const whole = await board(steward, { limit: 200 })
    const order = whole.items.map(({ clock }) => (clock.state === 'paused' ? 2 : clock.late ? 0 : 1))
    expect(order).toEqual([...order].sort())
    expect(new Set(order)).toEqual(new Set([0, 1, 2]))
    const paged: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await board(steward, { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      paged.push(...page.items.map(({ applicationId, clock }) => `${applicationId} ${clock.kind}`))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(paged).toEqual(whole.items.map(({ applicationId, clock }) => `${applicationId} ${clock.kind}`))
    expect(whole.total).toBe(paged.length)
    expect(whole.items.filter(({ escalatedAt, provider: { code: department } }) => escalatedAt !== null && department === 'P2'))
      .toMatchObject([{ waitingFor: [{ code: 'P2' }], clock: { late: true } }, { waitingFor: [{ code: 'P2' }] }]) // one of them from the bulk above
  })

  it('counts by department, and shows a department its own data only', async () => {
    const { departments, items } = await board()
    expect(departments.map(({ department }) => department.code).sort()).toEqual(['P1', 'P2'])
    expect(departments.find(({ department }) => department.code === 'P2')).toMatchObject({ late: 2, escalated: 2, running: 2 })
    const own = await board(other)
    expect(new Set(own.items.map(({ provider: { code: department } }) => department))).toEqual(new Set(['P2']))
    expect(own.departments).toHaveLength(1)
    expect((await board(steward, { department: 'P2' })).total).toBe(own.total)
    expect((await board(steward, { late: true })).items.every(({ clock }) => clock.late)).toBe(true)
    expect(items.length).toBeGreaterThan(own.items.length)
  })
})

describe('the limits', () => {
  type Settings = ResponseOf<typeof operations.listSharingSettings>
  const list = () => askOver<Settings>(sharing, operations.listSharingSettings, { caller: consumer })
  const set = (body: object) => askOver<Settings>(sharing, operations.setSharingSettings, { caller: steward, body })
  const valueOf = ({ items }: Settings, key: string) => items.find((item) => item.key === key)

  it('tell their source, and which the bureau has still to confirm', async () => {
    expect(valueOf(await list(), 'answer-conditional')).toMatchObject({ value: 10, default: 10, toBeConfirmed: false, source: expect.stringContaining('条例'), presets: { shanxi: 5 } })
    expect(valueOf(await list(), 'answer-extension')).toMatchObject({ value: 10, toBeConfirmed: true })
  })

  it('change for clocks that begin later; one that runs keeps its own', async () => {
    const before = await sharing.apply(anApplication(code), consumer)
    const changed = await set({ preset: 'shanxi', changes: [{ key: 'delivery', value: 7, source: '市政府办公厅通知' }], reason: '按省规定执行' })
    expect(valueOf(changed, 'answer-conditional')).toMatchObject({ value: 5, toBeConfirmed: true, changedBy: 'steward' })
    expect(valueOf(changed, 'delivery')).toMatchObject({ value: 7, source: '市政府办公厅通知' })
    expect((await sharing.apply(anApplication(code), consumer)).clock.workingDays).toBe(5)
    expect((await sharing.act(before.id, 'extend', { reason: '核实' }, provider)).clock.workingDays).toBe(15)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from evidence.pending where subject_type = 'sharing-setting'`.execute(database.store.db)
    expect(rows[0]?.n).toBe(SHARING_SETTINGS.length)
  })

  it('stay within their range', async () => {
    expect((await problem(set({ changes: [{ key: 'answer-conditional', value: 0 }, { key: 'notice', value: 999 }], reason: 'x' }))).issues.map(({ pointer }) => pointer))
      .toEqual(['/changes/0/value', '/changes/1/value'])
    expect((await problem(set({ reason: 'x' }))).code).toBe('sharing/invalid-setting')
  })

  it('cannot be changed in the store without evidence', async () => {
    await expect(sql`update sharing.setting set value = 99`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
    await expect(sql`update sharing.clock set due_at = now()`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
  })
})
