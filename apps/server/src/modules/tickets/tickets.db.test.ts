import { operations, type Report, type Ticket, type TicketAction } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import type { DomainEvents } from '../../platform/events.ts'
import { anOfficer } from '../../platform/testing.ts'
import { anEntry } from '../catalog/testing.ts'
import { call, problem } from '../sharing/testing.ts'
import { aTicketHouse, type TicketHouse } from './testing.ts'

const HERE = '11990100MB0000002B'
const THERE = '11990100MB0000003C'
const provider = anOfficer('停车', HERE, 'provider')
const colleague = anOfficer('停二', HERE, 'provider')
const rival = anOfficer('税务', THERE, 'provider')
const consumer = anOfficer('税用', THERE, 'consumer')
const steward = anOfficer('数据局', null, 'steward')
const citizen = anOfficer('市民', null, 'developer')
const DAY_MS = 86_400_000

type Outcome = DomainEvents['quality.rules-checked']['outcomes'][number]
const RULE = '00000000-0000-7000-8000-0000000000a1'
const failing = (change: Partial<Outcome> = {}): Outcome => ({
  ruleId: RULE, rule: 'not-null', title: '泊位数不为空', titleTyped: true, severity: 'major', field: '泊位数', checked: 100, failed: 7, passed: false, toleranceShare: 0, ...change,
})
const passing = (change: Partial<Outcome> = {}): Outcome => failing({ failed: 0, passed: true, ...change })

let houses: TicketHouse
let house: TicketHouse['house']
let tickets: TicketHouse['tickets']
let rows: TicketHouse['rows']

beforeAll(async () => {
  houses = await aTicketHouse({ zhang: { id: provider.actor.id, name: '张三', organisation: HERE } })
  ;({ house, tickets, rows } = houses)
  rows.set('东站', '120')
})
afterAll(() => houses.stop())

const published = (): Promise<string> => anEntry(house, provider, { store: houses.store, publishBy: steward })
let moment = Date.parse('2026-11-20T03:00:00Z')
const checked = async (entryCode: string, version: number, outcomes: Outcome[], at = new Date(moment += 1000).toISOString()): Promise<void> => {
  house.events.published.push({ name: 'quality.rules-checked', payload: { entryCode, version, organisation: HERE, outcomes, at } })
  await house.events.deliver()
}
/** The rule rests, goes on or ends. */
const turn = async (entryCode: string, state: DomainEvents['quality.rule-turned']['state'], who: Caller, ruleId = RULE, at = new Date(moment += 1000).toISOString()): Promise<void> => {
  house.events.published.push({ name: 'quality.rule-turned', payload: { entryCode, organisation: HERE, ruleId, state, by: who.actor, bureau: who === steward, reason: '源头系统换代', at } })
  await house.events.deliver()
}
const list = async (entryCode: string, caller: Caller = provider): Promise<Ticket[]> => (await call(tickets, operations.listTickets, caller, { query: { entryCode } })).items
const only = async (entryCode: string): Promise<Ticket> => (await list(entryCode))[0]!
const act = (id: string, action: TicketAction, caller: Caller, reason = '已核实') => call(tickets, operations.actOnTicket, caller, { params: { id, action }, body: { reason } })
const actionsOf = ({ history }: Ticket): string[] => history.map(({ action }) => action.replace('ticket-', '')).toReversed()
const get = (id: string, caller: Caller = provider) => call(tickets, operations.getTicket, caller, { params: { id } })
const report = (code: string, caller: Caller, body: object = {}, ip = '203.0.113.7'): Promise<Report> => {
  const { handle } = tickets.routes.find(({ operation }) => operation.id === 'reportError')!
  // The route looks at nothing of the request but its address.
  return handle({ caller, params: { code }, query: {}, body: { description: '泊位数不对', ...body }, reach: 'own' } as never, { ip } as never, undefined as never) as Promise<Report>
}
const use = async (entryCode: string, version: number): Promise<void> => {
  houses.lake.current = version
  house.events.published.push({ name: 'collection.version-used', payload: { entryCode, version, rowCount: 3, at: '2026-11-20T04:00:00Z' } })
  await house.events.deliver()
}

describe('the ticket of a rule', () => {
  it('is one for a rule, however often it fails, and is its department’s with a clock of ten working days', async () => {
    const code = await published()
    await checked(code, 1, [failing(), passing({ ruleId: 'b', title: '名称唯一' })])
    await checked(code, 2, [failing({ failed: 9 })])
    const found = await list(code)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      kind: 'rule', state: 'open', title: '泊位数不为空', field: '泊位数', department: { code: HERE }, reopened: 0, clock: { kind: 'ticket', workingDays: 10, state: 'running' },
      rule: { id: RULE, failed: 9, checked: 100, firstVersion: 1, lastVersion: 2 },
    })
    expect(house.events.published.filter(({ name }) => name === 'tickets.opened')).toHaveLength(1)
  })

  it('is closed by a version that passes, and opened again with another clock when it comes back', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    await checked(code, 2, [passing()])
    expect(await only(code)).toMatchObject({ state: 'closed', closedVersion: 2, clock: null })
    await checked(code, 3, [failing({ failed: 2 })])
    const back = await get((await only(code)).id)
    expect(back).toMatchObject({ state: 'open', reopened: 1, closedVersion: null, clock: { workingDaysLeft: 10 }, rule: { failed: 2, firstVersion: 1 } })
    expect(actionsOf(back)).toEqual(['opened', 'passed', 'reopened'])
    expect(back.history.every(({ receiptId }) => receiptId !== null)).toBe(true)
  })

  it('pays no heed to a check that is told late or twice', async () => {
    const code = await published()
    const late = new Date(moment += 1000).toISOString()
    await checked(code, 2, [failing()])
    await checked(code, 3, [passing()])
    await checked(code, 2, [failing()])
    await checked(code, 3, [failing()], late)
    expect(await only(code)).toMatchObject({ state: 'closed', reopened: 0 })
  })

  it('that is said to be mended is opened again by the next version that fails, with the clock that it had', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id, clock } = await act((await only(code)).id, 'accept', provider)
    const mended = await act(id, 'mend', provider, '源头系统已改')
    expect(mended).toMatchObject({ state: 'mended', answer: '源头系统已改', handler: { name: '停车' }, clock: { dueAt: clock!.dueAt } })
    await checked(code, 1, [failing()])
    expect((await get(id)).state).toBe('mended')
    await checked(code, 2, [failing()])
    expect(await get(id)).toMatchObject({ state: 'open', reopened: 1, clock: { dueAt: clock!.dueAt } })
  })

  it('that the bureau dropped stays so until the rule has passed once', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id } = await only(code)
    expect((await act(id, 'drop', steward, '历史数据，不再整改')).state).toBe('dropped')
    await checked(code, 2, [failing()])
    expect((await get(id)).state).toBe('dropped')
    await checked(code, 3, [passing()])
    await checked(code, 4, [failing()])
    expect((await get(id)).state).toBe('open')
  })

  it('ends with its rule and with its entry', async () => {
    const code = await published()
    await checked(code, 1, [failing(), failing({ ruleId: 'other' })])
    await turn(code, 'retired', steward, 'other')
    expect((await list(code)).map(({ rule, state }) => [rule!.id, state])).toEqual([[RULE, 'open'], ['other', 'dropped']])
    await house.catalog.act(code, 'withdraw', { reason: '停用', endsOn: '2026-12-31' }, steward)
    house.events.published.push({ name: 'catalog.entry-withdrawn', payload: { entryCode: code } })
    await house.events.deliver()
    expect((await call(tickets, operations.listTickets, steward, { query: { entryCode: code, state: 'going' } })).items).toEqual([])
  })

  it('is paused with its rule, with who did it and why, and still counts as open: its clock runs', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id, clock } = await act((await only(code)).id, 'accept', provider)
    const open = async () => (await call(tickets, operations.ticketFigures, provider, {})).departments[0]!
    const before = await open()
    await turn(code, 'paused', provider)
    house.clock.advance(DAY_MS)
    const paused = await get(id)
    expect(paused).toMatchObject({ state: 'paused', pause: { by: '停车', bureau: false, reason: '源头系统换代', ended: false }, allowedActions: ['comment'], clock: { state: 'running', dueAt: clock!.dueAt } })
    expect(await open()).toMatchObject({ open: before.open, paused: before.paused + 1 })
    expect((await call(tickets, operations.listTickets, provider, { query: { entryCode: code, state: 'going' } })).items).toHaveLength(1)
    // A check that was under way while the rule was paused brings it not back.
    await checked(code, 2, [failing({ failed: 8 })])
    expect(await get(id)).toMatchObject({ state: 'paused', rule: { failed: 8 } })
    await turn(code, 'active', provider)
    expect(await get(id)).toMatchObject({ state: 'in-hand', pause: null, handler: { name: '停车' }, clock: { dueAt: clock!.dueAt } })
    await checked(code, 2, [failing()])
    expect(await get(id)).toMatchObject({ state: 'in-hand', reopened: 0 })
    expect(actionsOf(await get(id))).toEqual(['opened', 'accepted', 'paused', 'resumed'])
    await checked(code, 3, [passing()])
    expect((await get(id)).state).toBe('closed')
  })

  it('has a clock that stands while the bureau lets the rule rest, and pays no heed to what is told late', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id } = await only(code)
    const late = new Date(moment += 1000).toISOString()
    await turn(code, 'paused', steward)
    expect(await get(id)).toMatchObject({ state: 'paused', pause: { bureau: true }, clock: { state: 'paused' } })
    await turn(code, 'active', steward, RULE, late)
    expect((await get(id)).state).toBe('paused')
    await turn(code, 'active', steward)
    expect(await get(id)).toMatchObject({ state: 'open', clock: { state: 'running' } })
  })

  it('is left to the bureau when the department ends the rule', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id } = await only(code)
    await turn(code, 'retired', provider)
    expect(await get(id)).toMatchObject({ state: 'paused', pause: { ended: true }, clock: { state: 'running' } })
    expect((await problem(act(id, 'drop', provider))).code).toBe('access/forbidden')
    expect(await act(id, 'drop', steward, '规则确已不适用')).toMatchObject({ state: 'dropped', pause: null, clock: null })
  })

  it('is extended once, with a reason', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id, clock } = await only(code)
    expect((await problem(act(id, 'extend', provider, ' '))).issues).toMatchObject([{ pointer: '/reason' }])
    const extended = await act(id, 'extend', provider, '需现场核查')
    expect(extended.clock).toMatchObject({ workingDays: 20, extendedBy: 10 })
    expect(extended.clock!.dueAt > clock!.dueAt).toBe(true)
    expect((await problem(act(id, 'extend', provider))).code).toBe('tickets/wrong-state')
  })

  it('takes a step together with others, each by itself', async () => {
    const code = await published()
    await checked(code, 1, [failing(), failing({ ruleId: 'b' })])
    const [one, two] = (await list(code)).map(({ id }) => id)
    await act(one!, 'mend', provider)
    const strange = '00000000-0000-7000-8000-0000000000ff'
    const { items } = await call(tickets, operations.actOnTickets, provider, { params: { action: 'mend' }, body: { ids: [one!, two!, strange], reason: '一并更正' } })
    expect(items.map(({ done, problem: why }) => [done, why?.code])).toEqual([[false, 'tickets/wrong-state'], [true, undefined], [false, 'request/not-found']])
  })

  it('comes into the hand of the officer on duty, and a colleague takes it over', async () => {
    const set = (username: string | null, caller = provider) => call(tickets, operations.setDuty, caller, { params: { organisation: HERE }, body: { username } })
    expect((await problem(set('nobody'))).issues).toMatchObject([{ pointer: '/username' }])
    expect((await problem(set('zhang', rival))).code).toBe('request/not-found')
    expect((await set('zhang')).duty).toMatchObject({ officer: { name: '张三' } })
    const code = await published()
    await checked(code, 1, [failing()])
    const ticket = await only(code)
    expect(ticket.handler?.name).toBe('张三')
    expect(house.events.published.findLast(({ name }) => name === 'tickets.opened')?.payload).toMatchObject({ entryCode: code, handler: provider.actor.id })
    await act(ticket.id, 'accept', provider)
    expect((await act(ticket.id, 'accept', colleague)).handler?.name).toBe('停二')
    expect(await set(null)).toEqual({ duty: null })
  })

  it('takes one of two steps that are taken at once', async () => {
    const code = await published()
    const { id } = await report(code, consumer, { description: '同时' })
    const answers = await Promise.allSettled([act(id, 'mend', provider), act(id, 'reject', colleague)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'tickets/wrong-state' } })
  })

  it('is nobody else’s to see or to step', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id } = await only(code)
    expect((await problem(get(id, rival))).code).toBe('request/not-found')
    expect((await problem(act(id, 'accept', rival))).code).toBe('request/not-found')
    expect((await problem(act(id, 'accept', steward))).code).toBe('access/forbidden')
    expect((await problem(act(id, 'reject', provider))).code).toBe('access/forbidden')
    expect(await list(code, rival)).toEqual([])
  })

  it('changes with its evidence or not at all', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    await expect(inTransaction(houses.store.db, (trx) => sql`update tickets.ticket set state = 'in-hand' where entry_code = ${code}`.execute(trx))).rejects.toThrow('without its evidence')
  })
})

describe('an error that somebody reports', () => {
  const cell = { field: '泊位数', row: { field: '停车场名称', value: '东站' }, seen: '120', proposed: '210' }

  it('has ten working days from the day on which it comes, and closes itself when the row has another value', async () => {
    const code = await published()
    await use(code, 1)
    const filed = await report(code, consumer, cell)
    expect(filed).toMatchObject({ state: 'open', clock: { kind: 'correction', workingDays: 10 }, allowedActions: ['withdraw'] })
    const seen = await get(filed.id)
    expect(seen.report).toMatchObject({ recheck: 'by-value', cell: { seen: '120', proposed: '210' }, from: { code: THERE } })
    rows.set('东站', '210')
    await use(code, 2)
    expect(await get(filed.id)).toMatchObject({ state: 'closed', closedVersion: 2, clock: null })
    rows.set('东站', '120')
  })

  it('that was said to be mended and stands as it did is opened again', async () => {
    const code = await published()
    await use(code, 1)
    const { id } = await report(code, consumer, { ...cell, description: '又错了' })
    await act(id, 'mend', provider, '已更正')
    await use(code, 2)
    expect(await get(id)).toMatchObject({ state: 'open', reopened: 1, clock: { workingDaysLeft: 10 } })
  })

  it('is answered, disputed by who reported it at most twice, and confirmed', async () => {
    const code = await published()
    const { id } = await report(code, consumer)
    expect(await act(id, 'reject', provider, '核实无误')).toMatchObject({ state: 'rejected', clock: null })
    expect((await problem(act(id, 'dispute', provider))).code).toBe('access/forbidden')
    expect(await act(id, 'dispute', consumer, '现场看过，确实不对')).toMatchObject({ state: 'open', reopened: 1 })
    await act(id, 'reject', provider, '仍无误')
    await act(id, 'dispute', consumer, '请再核实')
    expect((await act(id, 'mend', provider, '已更正')).allowedActions).not.toContain('dispute')
    expect((await problem(act(id, 'dispute', consumer))).code).toBe('tickets/wrong-state')
    expect((await act(id, 'confirm', consumer)).state).toBe('closed')
  })

  it('may come from somebody without an account, who follows it by its address alone', async () => {
    const code = await published()
    const { id, allowedActions } = await report(code, PUBLIC_CALLER, cell)
    expect(allowedActions).toEqual(['withdraw'])
    await act(id, 'mend', provider, '已更正')
    const known = await call(tickets, operations.getReport, PUBLIC_CALLER, { params: { id } })
    expect(known).toMatchObject({ state: 'mended', answer: '已更正', allowedActions: ['confirm', 'dispute'] })
    expect(JSON.stringify(known)).not.toContain('停车"')
    expect((await call(tickets, operations.actOnReport, PUBLIC_CALLER, { params: { id, action: 'confirm' }, body: {} })).state).toBe('closed')
  })

  it('of one account is not told to others, nor is a rule’s ticket', async () => {
    const code = await published()
    const { id } = await report(code, citizen)
    for (const caller of [PUBLIC_CALLER, rival]) expect((await problem(call(tickets, operations.getReport, caller, { params: { id } }))).code).toBe('request/not-found')
    await checked(code, 1, [failing()])
    const rule = (await list(code)).find(({ kind }) => kind === 'rule')!
    expect((await problem(call(tickets, operations.getReport, PUBLIC_CALLER, { params: { id: rule.id } }))).code).toBe('request/not-found')
    expect((await call(tickets, operations.listReports, citizen, { query: {} })).items.map((one) => one.id)).toContain(id)
  })

  it('joins the ticket of the same error, which counts who reported it', async () => {
    const code = await published()
    const same = { ...cell, row: { field: '停车场名称', value: '西站' } }
    const first = await report(code, citizen, same)
    const second = await report(code, consumer, { ...same, description: '我也发现' })
    expect(second).toMatchObject({ id: first.id, description: '' })
    expect((await get(first.id)).report).toMatchObject({ support: 2, recheck: 'by-reporter' })
  })

  it('is no way to find out what stands behind a mask', async () => {
    const code = await published()
    rows.set('王一', '东站')
    const { id } = await report(code, consumer, { field: '停车场名称', row: { field: '联系人', value: '王一' }, seen: '东站' })
    expect((await get(id)).report?.recheck).toBe('by-reporter')
  })

  it('is limited to five a day from one address, to ten from one account, each for its own', async () => {
    const code = await published()
    const from = (ip: string, count: number) => Array.from({ length: count }, (_, index) => () => report(code, PUBLIC_CALLER, { description: `错 ${ip} ${index}` }, ip))
    for (const one of from('2001:db8:1:2::1', 4)) await one()
    await report(code, PUBLIC_CALLER, {}, '2001:db8:1:2:ffff::9')
    expect(await problem(report(code, PUBLIC_CALLER, {}, '2001:db8:1:2::1'))).toMatchObject({ code: 'tickets/too-many-reports', params: { most: 5 } })
    await report(code, PUBLIC_CALLER, {}, '2001:db8:1:3::1')
    const { rows: filings } = await sql<{ filer: string }>`select filer from tickets.filing where entry_code = ${code}`.execute(houses.store.db)
    expect(JSON.stringify(filings)).not.toContain('2001')
    const busy = anOfficer('热心', null, 'developer')
    const answers = await Promise.allSettled(Array.from({ length: 13 }, (_, index) => report(code, busy, { description: `错 ${index}` })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    house.clock.advance(DAY_MS)
    expect((await report(code, busy)).state).toBe('open')
  })

  it('keeps what was written of a cell sealed, and shows it to both sides alone', async () => {
    const code = await published()
    const { id } = await report(code, consumer, { ...cell, seen: '机密的值' })
    const { rows: stored } = await sql<{ cell: Buffer }>`select cell from tickets.ticket where id = ${id}`.execute(houses.store.db)
    expect(stored[0]!.cell.includes('机密的值')).toBe(false)
    expect((await get(id, consumer)).report?.cell?.seen).toBe('机密的值')
    expect((await get(id, steward)).report?.cell).toBeNull()
  })

  it('names fields that there are, in data that are published', async () => {
    const code = await published()
    expect((await problem(report(code, consumer, { field: '没有', row: { field: '也没有', value: '1' } }))).issues.map(({ pointer }) => pointer)).toEqual(['/field', '/row/field'])
    const draft = await anEntry(house, provider, { store: houses.store })
    expect((await problem(report(draft, PUBLIC_CALLER))).code).toBe('request/not-found')
    expect((await problem(report(draft, provider))).code).toBe('tickets/wrong-state')
  })

  it('closes after thirty days in which nobody disputes what was mended', async () => {
    const code = await published()
    const { id } = await report(code, consumer)
    await act(id, 'mend', provider, '已更正')
    house.clock.advance(29 * DAY_MS)
    await tickets.lapse()
    expect((await get(id)).state).toBe('mended')
    house.clock.advance(2 * DAY_MS)
    await tickets.lapse()
    expect(actionsOf(await get(id)).at(-1)).toBe('lapsed')
  })

  it('is talked about by both sides', async () => {
    const code = await published()
    const { id } = await report(code, consumer)
    const comment = (caller: Caller) => call(tickets, operations.commentOnTicket, caller, { params: { id }, body: { text: '请补充照片' } })
    await comment(provider)
    expect(await comment(consumer)).toMatchObject({ comments: 2, history: [{ action: 'ticket-commented', receiptId: null }, {}, {}] })
    expect((await problem(comment(anOfficer('教育', '11990100MB0000004D', 'provider')))).code).toBe('request/not-found')
  })
})

describe('the list of tickets', () => {
  it('has what presses first: grave faults and reports, of them the oldest; what ended comes last, page by page', async () => {
    const code = await published()
    await checked(code, 1, [failing({ ruleId: 'minor', title: '轻', severity: 'minor' }), failing({ ruleId: 'gone', title: '完' }), failing({ title: '重' }), failing({ ruleId: 'grave', title: '严', severity: 'critical' })])
    house.clock.advance(1000)
    await report(code, consumer, { description: '报' })
    await checked(code, 2, [passing({ ruleId: 'gone', title: '完' })])
    const titles: string[] = []
    let cursor: string | null | undefined
    do {
      const page: { items: Ticket[]; nextCursor: string | null } = await call(tickets, operations.listTickets, provider, { query: { entryCode: code, limit: 2, ...(cursor ? { cursor } : {}) } })
      titles.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(titles).toEqual(['严', '报', '重', '轻', '完'])
  })
})

describe('what tickets say of departments', () => {
  it('are counts of what waits, and of what was mended in time', async () => {
    const [before] = (await call(tickets, operations.ticketFigures, provider, {})).departments
    const code = await published()
    await checked(code, 1, [failing({ severity: 'critical' }), failing({ ruleId: 'late' })])
    await checked(code, 2, [passing()])
    house.clock.advance(30 * DAY_MS)
    await checked(code, 3, [passing({ ruleId: 'late' })])
    const [after] = (await call(tickets, operations.ticketFigures, provider, {})).departments
    expect([after!.kept - before!.kept, after!.open - before!.open]).toEqual([1, 0])
    const mending = (await tickets.mendingSince(new Date(0))).find(({ organisation }) => organisation === HERE)!
    expect(mending.mending).toEqual({ good: after!.kept, all: after!.kept + after!.missed })
    expect((await call(tickets, operations.ticketFigures, consumer, {})).departments).toEqual([])
  })

  it('pass to the department that theirs is merged into', async () => {
    const code = await published()
    await checked(code, 1, [failing()])
    const { id } = await only(code)
    house.events.published.push({ name: 'identity.organisation-merged', payload: { predecessor: HERE, successor: THERE, at: '' } })
    await house.events.deliver()
    expect(await get(id, rival)).toMatchObject({ department: { code: THERE } })
    house.events.published.push({ name: 'identity.organisation-merged', payload: { predecessor: THERE, successor: HERE, at: '' } })
    await house.events.deliver()
  })
})
