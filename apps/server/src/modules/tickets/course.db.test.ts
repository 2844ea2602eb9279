import type { CellTrace, Report, Ticket } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse, peopleTable, personRow, until } from '../delivery/forms/testing.ts'

let house: DeliveryHouse
let code: string
/** The third row has no district; between the rows there is a blank line, so that lines do not follow each other. */
const faulty = (name = '张三丙') => peopleTable([personRow(1), personRow(2), '', personRow(3, { district: '', name })])

beforeAll(async () => {
  house = await aDeliveryHouse()
  code = await house.anEntry(faulty())
})
afterAll(() => house.stop())

const ticketsOf = async (kind: string): Promise<Ticket[]> => (await house.api<{ items: Ticket[] }>(house.provider, 'GET', `/api/v1/tickets?entryCode=${code}&kind=${kind}`)).body.items

describe('the course of a fault through the whole server', () => {
  it('goes from a rule to a ticket, from its rows to the line of the file, and ends with a version that passes', async () => {
    const { api, provider, steward } = house
    const made = await api(provider, 'POST', `/api/v1/quality/entries/${code}/rules`, { kind: 'not-null', title: '区域不为空', field: '区域', parameters: {}, severity: 'critical', toleranceShare: 0 })
    expect(made.status).toBe(201)
    await until(async () => (await ticketsOf('rule')).length > 0)
    const [ticket] = await ticketsOf('rule')
    expect(ticket).toMatchObject({ state: 'open', title: '区域不为空', rule: { failed: 1, checked: 3, severity: 'critical' }, clock: { workingDays: 10 } })

    const rows = await api<{ rows: { row: number }[] }>(provider, 'GET', `/api/v1/quality/rules/${ticket!.rule!.id}/failing-rows`)
    expect(rows.body.rows.map(({ row }) => row)).toEqual([2])
    const trace = (who: typeof provider, query: string) => api<CellTrace>(who, 'GET', `/api/v1/catalog/entries/${code}/trace?field=姓名&${query}`)
    expect((await trace(provider, 'row=3')).body).toMatchObject({ value: '张三丙', line: 5, load: { file: '登记.csv' }, version: { number: 1, current: true } })
    expect((await trace(provider, 'by=登记号&is=B000003')).body).toMatchObject({ row: 3, line: 5 })
    expect((await trace(steward, 'row=3')).body).toMatchObject({ value: null, line: 5 })

    await house.load(faulty('李四'), code)
    await until(async () => (await ticketsOf('rule'))[0]?.rule?.lastVersion === 2)
    await house.load(peopleTable([personRow(1), personRow(2), personRow(3)]), code)
    await until(async () => (await ticketsOf('rule'))[0]?.state === 'closed')
    const ended = await ticketsOf('rule')
    expect(ended).toHaveLength(1)
    expect(ended[0]).toMatchObject({ closedVersion: 3, reopened: 0 })
  })

  it('stays open while its rule rests, and goes on when the rule does', async () => {
    const { api, provider } = house
    await house.load(faulty(), code)
    await until(async () => (await ticketsOf('rule'))[0]?.state === 'open')
    const { id, rule } = (await ticketsOf('rule'))[0]!
    const turn = async (action: string) => {
      const { revision } = (await api<{ revision: number }>(provider, 'GET', `/api/v1/quality/rules/${rule!.id}`)).body
      return api<{ turned: { reason: string } }>(provider, 'POST', `/api/v1/quality/rules/${rule!.id}/actions/${action}`, { reason: '源头系统换代', revision })
    }
    expect((await turn('pause')).body.turned.reason).toBe('源头系统换代')
    await until(async () => (await ticketsOf('rule'))[0]?.state === 'paused')
    const { body: figures } = await api<{ total: { open: number; paused: number } }>(provider, 'GET', '/api/v1/tickets/figures')
    expect(figures.total).toMatchObject({ open: 1, paused: 1 })
    await turn('resume')
    await until(async () => (await ticketsOf('rule'))[0]?.state === 'open')
    expect((await ticketsOf('rule'))[0]).toMatchObject({ id, reopened: 1 })
    await house.load(peopleTable([personRow(1), personRow(2), personRow(3)]), code)
    await until(async () => (await ticketsOf('rule'))[0]?.state === 'closed')
  })

  it('is reported by who uses the data, answered, and closed when the value is another', async () => {
    const { api, consumer, provider } = house
    const wrong = { description: '金额少了一位', field: '金额', row: { field: '登记号', value: 'B000002' }, seen: '100.5', proposed: '1005' }
    const { body: report, status } = await api<Report>(consumer, 'POST', `/api/v1/catalog/entries/${code}/reports`, wrong)
    expect([status, report.state]).toEqual([201, 'open'])
    expect((await ticketsOf('report'))[0]).toMatchObject({ report: { recheck: 'by-value', cell: { seen: '100.5' } } })
    await api(provider, 'POST', `/api/v1/tickets/${report.id}/actions/mend`, { reason: '已更正' })
    await until(async () => (await api<{ items: { kind: string; subject: { id: string } }[] }>(consumer, 'GET', '/api/v1/notices')).body.items.some(({ kind, subject }) => kind === 'report-answered' && subject.id === report.id))
    await house.load(peopleTable([personRow(1), personRow(2, { amount: '1005.00' }), personRow(3)]), code)
    await until(async () => (await api<Report>(consumer, 'GET', `/api/v1/reports/${report.id}`)).body.state === 'closed')
    expect((await house.evidenceOf('tickets.ticket.passed')).length).toBeGreaterThanOrEqual(2)
  })
})
