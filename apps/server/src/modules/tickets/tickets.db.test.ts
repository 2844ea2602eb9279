import { operations, type Ticket } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, problem } from '../sharing/testing.ts'
import { actionsOf, aTicketDesk, colleague, consumer, DAY_MS, failing, HERE, passing, provider, rival, RULE, steward, THERE, type TicketDesk } from './testing.ts'

let desk: TicketDesk
beforeAll(async () => {
  desk = await aTicketDesk()
})
afterAll(() => desk.stop())

describe('the ticket of a rule', () => {
  it('is one for a rule, however often it fails, and is its department’s with a clock of ten working days', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing(), passing({ ruleId: 'b', title: '名称唯一' })])
    await desk.checked(code, 2, [failing({ failed: 9 })])
    const found = await desk.list(code)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      kind: 'rule', state: 'open', title: '泊位数不为空', field: '泊位数', department: { code: HERE }, reopened: 0, clock: { kind: 'ticket', workingDays: 10, state: 'running' },
      rule: { id: RULE, failed: 9, checked: 100, firstVersion: 1, lastVersion: 2 },
    })
    expect(desk.house.events.published.filter(({ name }) => name === 'tickets.opened')).toHaveLength(1)
  })

  it('is closed by a version that passes, and opened again with another clock when it comes back', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    await desk.checked(code, 2, [passing()])
    expect(await desk.only(code)).toMatchObject({ state: 'closed', closedVersion: 2, clock: null })
    await desk.checked(code, 3, [failing({ failed: 2 })])
    const back = await desk.get((await desk.only(code)).id)
    expect(back).toMatchObject({ state: 'open', reopened: 1, closedVersion: null, clock: { workingDaysLeft: 10 }, rule: { failed: 2, firstVersion: 1 } })
    expect(actionsOf(back)).toEqual(['opened', 'passed', 'reopened'])
    expect(back.history.every(({ receiptId }) => receiptId !== null)).toBe(true)
  })

  it('pays no heed to a check that is told late or twice', async () => {
    const code = await desk.published()
    const late = desk.nextMoment()
    await desk.checked(code, 2, [failing()])
    await desk.checked(code, 3, [passing()])
    await desk.checked(code, 2, [failing()])
    await desk.checked(code, 3, [failing()], late)
    expect(await desk.only(code)).toMatchObject({ state: 'closed', reopened: 0 })
  })

  it('that is said to be mended is opened again by the next version that fails, with the clock that it had', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id, clock } = await desk.act((await desk.only(code)).id, 'accept', provider)
    const mended = await desk.act(id, 'mend', provider, '源头系统已改')
    expect(mended).toMatchObject({ state: 'mended', answer: '源头系统已改', handler: { name: '停车' }, clock: { dueAt: clock!.dueAt } })
    await desk.checked(code, 1, [failing()])
    expect((await desk.get(id)).state).toBe('mended')
    await desk.checked(code, 2, [failing()])
    expect(await desk.get(id)).toMatchObject({ state: 'open', reopened: 1, clock: { dueAt: clock!.dueAt } })
  })

  it('that the bureau dropped stays so until the rule has passed once', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id } = await desk.only(code)
    expect((await desk.act(id, 'drop', steward, '历史数据，不再整改')).state).toBe('dropped')
    await desk.checked(code, 2, [failing()])
    expect((await desk.get(id)).state).toBe('dropped')
    await desk.checked(code, 3, [passing()])
    await desk.checked(code, 4, [failing()])
    expect((await desk.get(id)).state).toBe('open')
  })

  it('ends with its rule and with its entry', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing(), failing({ ruleId: 'other' })])
    await desk.turn(code, 'retired', steward, 'other')
    expect((await desk.list(code)).map(({ rule, state }) => [rule!.id, state])).toEqual([[RULE, 'open'], ['other', 'dropped']])
    await desk.house.catalog.act(code, 'withdraw', { reason: '停用', endsOn: '2026-12-31' }, steward)
    desk.house.events.published.push({ name: 'catalog.entry-withdrawn', payload: { entryCode: code } })
    await desk.house.events.deliver()
    expect((await call(desk.tickets, operations.listTickets, steward, { query: { entryCode: code, state: 'going' } })).items).toEqual([])
  })

  it('is paused with its rule, with who did it and why, and still counts as open: its clock runs', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id, clock } = await desk.act((await desk.only(code)).id, 'accept', provider)
    const open = async () => (await call(desk.tickets, operations.ticketFigures, provider, {})).departments[0]!
    const before = await open()
    await desk.turn(code, 'paused', provider)
    desk.house.clock.advance(DAY_MS)
    const paused = await desk.get(id)
    expect(paused).toMatchObject({ state: 'paused', pause: { by: '停车', bureau: false, reason: '源头系统换代', ended: false }, allowedActions: ['comment'], clock: { state: 'running', dueAt: clock!.dueAt } })
    expect(await open()).toMatchObject({ open: before.open, paused: before.paused + 1 })
    expect((await call(desk.tickets, operations.listTickets, provider, { query: { entryCode: code, state: 'going' } })).items).toHaveLength(1)
    // A check that was under way while the rule was paused brings it not back.
    await desk.checked(code, 2, [failing({ failed: 8 })])
    expect(await desk.get(id)).toMatchObject({ state: 'paused', rule: { failed: 8 } })
    await desk.turn(code, 'active', provider)
    expect(await desk.get(id)).toMatchObject({ state: 'in-hand', pause: null, handler: { name: '停车' }, clock: { dueAt: clock!.dueAt } })
    await desk.checked(code, 2, [failing()])
    expect(await desk.get(id)).toMatchObject({ state: 'in-hand', reopened: 0 })
    expect(actionsOf(await desk.get(id))).toEqual(['opened', 'accepted', 'paused', 'resumed'])
    await desk.checked(code, 3, [passing()])
    expect((await desk.get(id)).state).toBe('closed')
  })

  it('has a clock that stands while the bureau lets the rule rest, and pays no heed to what is told late', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id } = await desk.only(code)
    const late = desk.nextMoment()
    await desk.turn(code, 'paused', steward)
    expect(await desk.get(id)).toMatchObject({ state: 'paused', pause: { bureau: true }, clock: { state: 'paused' } })
    await desk.turn(code, 'active', steward, RULE, late)
    expect((await desk.get(id)).state).toBe('paused')
    await desk.turn(code, 'active', steward)
    expect(await desk.get(id)).toMatchObject({ state: 'open', clock: { state: 'running' } })
  })

  it('is left to the bureau when the department ends the rule', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id } = await desk.only(code)
    await desk.turn(code, 'retired', provider)
    expect(await desk.get(id)).toMatchObject({ state: 'paused', pause: { ended: true }, clock: { state: 'running' } })
    expect((await problem(desk.act(id, 'drop', provider))).code).toBe('access/forbidden')
    expect(await desk.act(id, 'drop', steward, '规则确已不适用')).toMatchObject({ state: 'dropped', pause: null, clock: null })
  })

  it('is extended once, with a reason', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id, clock } = await desk.only(code)
    expect((await problem(desk.act(id, 'extend', provider, ' '))).issues).toMatchObject([{ pointer: '/reason' }])
    const extended = await desk.act(id, 'extend', provider, '需现场核查')
    expect(extended.clock).toMatchObject({ workingDays: 20, extendedBy: 10 })
    expect(extended.clock!.dueAt > clock!.dueAt).toBe(true)
    expect((await problem(desk.act(id, 'extend', provider))).code).toBe('tickets/wrong-state')
  })

  it('takes a step together with others, each by itself', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing(), failing({ ruleId: 'b' })])
    const [one, two] = (await desk.list(code)).map(({ id }) => id)
    await desk.act(one!, 'mend', provider)
    const strange = '00000000-0000-7000-8000-0000000000ff'
    const { items } = await call(desk.tickets, operations.actOnTickets, provider, { params: { action: 'mend' }, body: { ids: [one!, two!, strange], reason: '一并更正' } })
    expect(items.map(({ done, problem: why }) => [done, why?.code])).toEqual([[false, 'tickets/wrong-state'], [true, undefined], [false, 'request/not-found']])
  })

  it('comes into the hand of the officer on duty, and a colleague takes it over', async () => {
    const set = (username: string | null, caller = provider) => call(desk.tickets, operations.setDuty, caller, { params: { organisation: HERE }, body: { username } })
    expect((await problem(set('nobody'))).issues).toMatchObject([{ pointer: '/username' }])
    expect((await problem(set('zhang', rival))).code).toBe('request/not-found')
    expect((await set('zhang')).duty).toMatchObject({ officer: { name: '张三' } })
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const ticket = await desk.only(code)
    expect(ticket.handler?.name).toBe('张三')
    expect(desk.house.events.published.findLast(({ name }) => name === 'tickets.opened')?.payload).toMatchObject({ entryCode: code, handler: provider.actor.id })
    await desk.act(ticket.id, 'accept', provider)
    expect((await desk.act(ticket.id, 'accept', colleague)).handler?.name).toBe('停二')
    expect(await set(null)).toEqual({ duty: null })
  })

  it('takes one of two steps that are taken at once', async () => {
    const code = await desk.published()
    const { id } = await desk.report(code, consumer, { description: '同时' })
    const answers = await Promise.allSettled([desk.act(id, 'mend', provider), desk.act(id, 'reject', colleague)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'tickets/wrong-state' } })
  })

  it('is nobody else’s to see or to step', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id } = await desk.only(code)
    expect((await problem(desk.get(id, rival))).code).toBe('request/not-found')
    expect((await problem(desk.act(id, 'accept', rival))).code).toBe('request/not-found')
    expect((await problem(desk.act(id, 'accept', steward))).code).toBe('access/forbidden')
    expect((await problem(desk.act(id, 'reject', provider))).code).toBe('access/forbidden')
    expect(await desk.list(code, rival)).toEqual([])
  })

  it('changes with its evidence or not at all', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    await expect(inTransaction(desk.store.db, (trx) => sql`update tickets.ticket set state = 'in-hand' where entry_code = ${code}`.execute(trx))).rejects.toThrow('without its evidence')
  })
})

describe('the list of tickets', () => {
  it('has what presses first: grave faults and reports, of them the oldest; what ended comes last, page by page', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing({ ruleId: 'minor', title: '轻', severity: 'minor' }), failing({ ruleId: 'gone', title: '完' }), failing({ title: '重' }), failing({ ruleId: 'grave', title: '严', severity: 'critical' })])
    desk.house.clock.advance(1000)
    await desk.report(code, consumer, { description: '报' })
    await desk.checked(code, 2, [passing({ ruleId: 'gone', title: '完' })])
    const titles: string[] = []
    let cursor: string | null | undefined
    do {
      const page: { items: Ticket[]; nextCursor: string | null } = await call(desk.tickets, operations.listTickets, provider, { query: { entryCode: code, limit: 2, ...(cursor ? { cursor } : {}) } })
      titles.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(titles).toEqual(['严', '报', '重', '轻', '完'])
  })
})

describe('what tickets say of departments', () => {
  it('are counts of what waits, and of what was mended in time', async () => {
    const [before] = (await call(desk.tickets, operations.ticketFigures, provider, {})).departments
    const code = await desk.published()
    await desk.checked(code, 1, [failing({ severity: 'critical' }), failing({ ruleId: 'late' })])
    await desk.checked(code, 2, [passing()])
    desk.house.clock.advance(30 * DAY_MS)
    await desk.checked(code, 3, [passing({ ruleId: 'late' })])
    const [after] = (await call(desk.tickets, operations.ticketFigures, provider, {})).departments
    expect([after!.kept - before!.kept, after!.open - before!.open]).toEqual([1, 0])
    const mending = (await desk.tickets.mendingSince(new Date(0))).find(({ organisation }) => organisation === HERE)!
    expect(mending.mending).toEqual({ good: after!.kept, all: after!.kept + after!.missed })
    expect((await call(desk.tickets, operations.ticketFigures, consumer, {})).departments).toEqual([])
  })

  it('pass to the department that theirs is merged into', async () => {
    const code = await desk.published()
    await desk.checked(code, 1, [failing()])
    const { id } = await desk.only(code)
    desk.house.events.published.push({ name: 'identity.organisation-merged', payload: { predecessor: HERE, successor: THERE, at: '' } })
    await desk.house.events.deliver()
    expect(await desk.get(id, rival)).toMatchObject({ department: { code: THERE } })
    desk.house.events.published.push({ name: 'identity.organisation-merged', payload: { predecessor: THERE, successor: HERE, at: '' } })
    await desk.house.events.deliver()
  })
})
