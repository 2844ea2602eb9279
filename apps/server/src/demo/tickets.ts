import type { ReportAction, Ticket, TicketAction } from '@datong/contracts'
import type { OrganisationKey } from '@datong/demo-city'
import { entryOf, organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

interface Reported {
  /** User name; null: somebody without an account. */
  readonly by: string | null
  readonly table: string
  readonly owner: OrganisationKey
  readonly description: string
  readonly field?: string
  readonly proposed?: string
  readonly steps: readonly { readonly action: TicketAction; readonly reason?: string }[]
}

/** Errors that people found in the city's data, and how far the departments have come with them. */
const REPORTS: readonly Reported[] = [
  {
    by: 'developer', table: 'bus-stop', owner: 'transport', field: '票价（元）', description: '几条线路十月起改为两元一票制，数据里还是原来的票价。',
    steps: [{ action: 'accept' }, { action: 'mend', reason: '已按十月调价文件更正，随下一次更新发布。' }],
  },
  { by: null, table: 'bus-stop', owner: 'transport', description: '有的站点位置偏到了马路对面，导航总是指错方向。', steps: [{ action: 'accept' }] },
  { by: 'developer', table: 'school', owner: 'education', field: '联系电话', description: '好几所学校的联系电话是空号。', steps: [] },
  {
    by: 'consumer', table: 'enterprise', owner: 'market', field: '登记状态', proposed: '注销', description: '核查欠税企业时发现有企业已办理注销登记，登记状态仍是存续。',
    steps: [{ action: 'accept' }, { action: 'reject', reason: '核查未发现注销记录，登记状态无误。' }, { action: 'dispute', reason: '已附清税证明编号，请再次核实。' }],
  },
]
/** Departments that have an officer on duty. */
const ON_DUTY: readonly OrganisationKey[] = ['transport', 'market']

const OF_REPORTER: ReadonlySet<TicketAction> = new Set<ReportAction>(['confirm', 'dispute', 'withdraw'])

/** People report errors; two departments put an officer on duty. What was done before stays. */
export async function reportErrors(stage: Stage): Promise<void> {
  for (const key of ON_DUTY) {
    const organisation = organisationOf(stage, key)
    const username = providerOf(stage, organisation)
    await send(stage, { method: 'PUT', url: `/api/v1/tickets/duty/${organisation}`, headers: await sessionOf(stage, username), payload: { username } })
  }
  const there = await ticketsOf(stage)
  for (const { by, table, description, field, proposed } of REPORTS) {
    if (there.has(description)) continue
    await send(stage, {
      method: 'POST', url: `/api/v1/catalog/entries/${entryOf(stage, table)}/reports`, ...(by === null ? {} : { headers: await sessionOf(stage, by) }),
      payload: { description, ...(field === undefined ? {} : { field }), ...(proposed === undefined ? {} : { proposed }) },
    })
  }
}

/** Departments answer them. */
export async function answerReports(stage: Stage): Promise<void> {
  const there = await ticketsOf(stage)
  for (const { by, owner, description, steps } of REPORTS) {
    const ticket = there.get(description)
    if (ticket === undefined || ticket.state !== 'open' || ticket.reopened > 0) continue
    for (const { action, reason } of steps) {
      const who = OF_REPORTER.has(action) && by !== null ? by : providerOf(stage, organisationOf(stage, owner))
      await send(stage, { method: 'POST', url: `/api/v1/tickets/${ticket.id}/actions/${action}`, headers: await sessionOf(stage, who), payload: reason === undefined ? {} : { reason } })
    }
  }
}

async function ticketsOf(stage: Stage): Promise<ReadonlyMap<string, Ticket>> {
  const { items } = (await send(stage, { url: '/api/v1/tickets?kind=report&limit=200', headers: await sessionOf(stage, 'steward') })).json<{ items: Ticket[] }>()
  return new Map(items.map((ticket) => [ticket.report?.description ?? '', ticket]))
}
