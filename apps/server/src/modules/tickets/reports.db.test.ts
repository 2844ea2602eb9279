import { operations } from '@datong/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import { anOfficer } from '../../platform/testing.ts'
import { anEntry } from '../catalog/testing.ts'
import { call, problem } from '../sharing/testing.ts'
import { actionsOf, aTicketDesk, consumer, DAY_MS, failing, provider, rival, steward, THERE, type TicketDesk } from './testing.ts'

const citizen = anOfficer('市民', null, 'developer')

let desk: TicketDesk
beforeAll(async () => {
  desk = await aTicketDesk()
})
afterAll(() => desk.stop())

describe('an error that somebody reports', () => {
  const cell = { field: '泊位数', row: { field: '停车场名称', value: '东站' }, seen: '120', proposed: '210' }

  it('has ten working days from the day on which it comes, and closes itself when the row has another value', async () => {
    const code = await desk.published()
    await desk.use(code, 1)
    const filed = await desk.report(code, consumer, cell)
    expect(filed).toMatchObject({ state: 'open', clock: { kind: 'correction', workingDays: 10 }, allowedActions: ['withdraw'] })
    const seen = await desk.get(filed.id)
    expect(seen.report).toMatchObject({ recheck: 'by-value', cell: { seen: '120', proposed: '210' }, from: { code: THERE } })
    desk.rows.set('东站', '210')
    await desk.use(code, 2)
    expect(await desk.get(filed.id)).toMatchObject({ state: 'closed', closedVersion: 2, clock: null })
    desk.rows.set('东站', '120')
  })

  it('that was said to be mended and stands as it did is opened again', async () => {
    const code = await desk.published()
    await desk.use(code, 1)
    const { id } = await desk.report(code, consumer, { ...cell, description: '又错了' })
    await desk.act(id, 'mend', provider, '已更正')
    await desk.use(code, 2)
    expect(await desk.get(id)).toMatchObject({ state: 'open', reopened: 1, clock: { workingDaysLeft: 10 } })
  })

  it('is answered, disputed by who reported it at most twice, and confirmed', async () => {
    const code = await desk.published()
    const { id } = await desk.report(code, consumer)
    expect(await desk.act(id, 'reject', provider, '核实无误')).toMatchObject({ state: 'rejected', clock: null })
    expect((await problem(desk.act(id, 'dispute', provider))).code).toBe('access/forbidden')
    expect(await desk.act(id, 'dispute', consumer, '现场看过，确实不对')).toMatchObject({ state: 'open', reopened: 1 })
    await desk.act(id, 'reject', provider, '仍无误')
    await desk.act(id, 'dispute', consumer, '请再核实')
    expect((await desk.act(id, 'mend', provider, '已更正')).allowedActions).not.toContain('dispute')
    expect((await problem(desk.act(id, 'dispute', consumer))).code).toBe('tickets/wrong-state')
    expect((await desk.act(id, 'confirm', consumer)).state).toBe('closed')
  })

  it('may come from somebody without an account, who follows it by its address alone', async () => {
    const code = await desk.published()
    const { id, allowedActions } = await desk.report(code, PUBLIC_CALLER, cell)
    expect(allowedActions).toEqual(['withdraw'])
    await desk.act(id, 'mend', provider, '已更正')
    const known = await call(desk.tickets, operations.getReport, PUBLIC_CALLER, { params: { id } })
    expect(known).toMatchObject({ state: 'mended', answer: '已更正', allowedActions: ['confirm', 'dispute'] })
    expect(JSON.stringify(known)).not.toContain('停车"')
    expect((await call(desk.tickets, operations.actOnReport, PUBLIC_CALLER, { params: { id, action: 'confirm' }, body: {} })).state).toBe('closed')
  })

  it('of one account is not told to others, nor is a rule’s ticket', async () => {
    const code = await desk.published()
    const { id } = await desk.report(code, citizen)
    for (const caller of [PUBLIC_CALLER, rival]) expect((await problem(call(desk.tickets, operations.getReport, caller, { params: { id } }))).code).toBe('request/not-found')
    await desk.checked(code, 1, [failing()])
    const rule = (await desk.list(code)).find(({ kind }) => kind === 'rule')!
    expect((await problem(call(desk.tickets, operations.getReport, PUBLIC_CALLER, { params: { id: rule.id } }))).code).toBe('request/not-found')
    expect((await call(desk.tickets, operations.listReports, citizen, { query: {} })).items.map((one) => one.id)).toContain(id)
  })

  it('joins the ticket of the same error, which counts who reported it', async () => {
    const code = await desk.published()
    const same = { ...cell, row: { field: '停车场名称', value: '西站' } }
    const first = await desk.report(code, citizen, same)
    const second = await desk.report(code, consumer, { ...same, description: '我也发现' })
    expect(second).toMatchObject({ id: first.id, description: '' })
    expect((await desk.get(first.id)).report).toMatchObject({ support: 2, recheck: 'by-reporter' })
  })

  it('is no way to find out what stands behind a mask', async () => {
    const code = await desk.published()
    desk.rows.set('王一', '东站')
    const { id } = await desk.report(code, consumer, { field: '停车场名称', row: { field: '联系人', value: '王一' }, seen: '东站' })
    expect((await desk.get(id)).report?.recheck).toBe('by-reporter')
  })

  it('is limited to five a day from one address, to ten from one account, each for its own', async () => {
    const code = await desk.published()
    const from = (ip: string, count: number) => Array.from({ length: count }, (_, index) => () => desk.report(code, PUBLIC_CALLER, { description: `错 ${ip} ${index}` }, ip))
    for (const one of from('2001:db8:1:2::1', 4)) await one()
    await desk.report(code, PUBLIC_CALLER, {}, '2001:db8:1:2:ffff::9')
    expect(await problem(desk.report(code, PUBLIC_CALLER, {}, '2001:db8:1:2::1'))).toMatchObject({ code: 'tickets/too-many-reports', params: { most: 5 } })
    await desk.report(code, PUBLIC_CALLER, {}, '2001:db8:1:3::1')
    const { rows: filings } = await sql<{ filer: string }>`select filer from tickets.filing where entry_code = ${code}`.execute(desk.store.db)
    expect(JSON.stringify(filings)).not.toContain('2001')
    const busy = anOfficer('热心', null, 'developer')
    const answers = await Promise.allSettled(Array.from({ length: 13 }, (_, index) => desk.report(code, busy, { description: `错 ${index}` })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    desk.house.clock.advance(DAY_MS)
    expect((await desk.report(code, busy)).state).toBe('open')
  })

  it('keeps what was written of a cell sealed, and shows it to both sides alone', async () => {
    const code = await desk.published()
    const { id } = await desk.report(code, consumer, { ...cell, seen: '机密的值' })
    const { rows: stored } = await sql<{ cell: Buffer }>`select cell from tickets.ticket where id = ${id}`.execute(desk.store.db)
    expect(stored[0]!.cell.includes('机密的值')).toBe(false)
    expect((await desk.get(id, consumer)).report?.cell?.seen).toBe('机密的值')
    expect((await desk.get(id, steward)).report?.cell).toBeNull()
  })

  it('names fields that there are, in data that are published', async () => {
    const code = await desk.published()
    expect((await problem(desk.report(code, consumer, { field: '没有', row: { field: '也没有', value: '1' } }))).issues.map(({ pointer }) => pointer)).toEqual(['/field', '/row/field'])
    const draft = await anEntry(desk.house, provider, { store: desk.store })
    expect((await problem(desk.report(draft, PUBLIC_CALLER))).code).toBe('request/not-found')
    expect((await problem(desk.report(draft, provider))).code).toBe('tickets/wrong-state')
  })

  it('closes after thirty days in which nobody disputes what was mended', async () => {
    const code = await desk.published()
    const { id } = await desk.report(code, consumer)
    await desk.act(id, 'mend', provider, '已更正')
    desk.house.clock.advance(29 * DAY_MS)
    await desk.tickets.lapse()
    expect((await desk.get(id)).state).toBe('mended')
    desk.house.clock.advance(2 * DAY_MS)
    await desk.tickets.lapse()
    expect(actionsOf(await desk.get(id)).at(-1)).toBe('lapsed')
  })

  it('is talked about by both sides', async () => {
    const code = await desk.published()
    const { id } = await desk.report(code, consumer)
    const comment = (caller: Caller) => call(desk.tickets, operations.commentOnTicket, caller, { params: { id }, body: { text: '请补充照片' } })
    await comment(provider)
    expect(await comment(consumer)).toMatchObject({ comments: 2, history: [{ action: 'ticket-commented', receiptId: null }, {}, {}] })
    expect((await problem(comment(anOfficer('教育', '11990100MB0000004D', 'provider')))).code).toBe('request/not-found')
  })
})
