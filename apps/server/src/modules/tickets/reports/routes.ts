import { operations, REPORT_ACTIONS, type Report, type ReportAction } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { viewClock } from '../../../platform/working-clock.ts'
import { clockOf } from '../../catalog/index.ts'
import { actOnTicket } from '../act-on-ticket.ts'
import type { TicketsContext } from '../context.ts'
import { allowedSteps, isReporter } from '../steps.ts'
import type { TicketRow } from '../ticket-store.ts'
import { clocksOfTickets } from '../view.ts'
import { reportError } from './report-error.ts'

const isReportAction = (action: string): action is ReportAction => (REPORT_ACTIONS as readonly string[]).includes(action)

/** What those who report errors do and see: the steps of the department by name, nobody's person. */
export function reportRoutes(context: TicketsContext): Route[] {
  const { tickets, filings, organisations } = context

  /** Without an account, whoever knows the id of a report that was made without one; its text is shown to its own writer. */
  const requireReport = async (id: string, caller: Caller): Promise<{ row: TicketRow; anonymous: boolean }> => {
    const row = await tickets.find(id)
    const accountId = caller.actor.kind === 'user' ? caller.actor.id : null
    if (row?.kind !== 'report' || !(isReporter(caller, row) || await filings.hasFiled(id, accountId) || await filings.hasFiled(id, null))) throw new AppError('request/not-found')
    return { row, anonymous: row.filed_by === null && row.from_organisation === null }
  }
  const view = async (rows: readonly TicketRow[], caller: Caller, detail: boolean): Promise<Report[]> => {
    const clocks = await clocksOfTickets(context, rows)
    return Promise.all(rows.map(async (row): Promise<Report> => {
      const clock = clocks.get(row.id)
      const anonymous = row.filed_by === null && row.from_organisation === null
      const history = detail ? await tickets.history(row.id) : []
      const nameOf = (organisation: string | null): string => (organisation === null ? '' : organisations.ref(organisation).name)
      return {
        id: row.id, number: row.number, entry: { code: row.entry_code, title: row.entry_title }, field: row.field, department: organisations.ref(row.organisation), state: row.state,
        description: anonymous || isReporter(caller, row) ? row.description : '', answer: row.answer,
        clock: clock === undefined ? null : viewClock(clockOf(clock), context.clock.now(), context.calendar), reportedAt: row.opened_at.toISOString(), changedAt: row.changed_at.toISOString(),
        allowedActions: allowedSteps(caller, row, true, anonymous).filter(isReportAction),
        history: history.map(({ at, actor, action, reason }) => ({ at, action, reason, by: actor.kind === 'system' ? actor.name : nameOf(actor.organisation) })),
      }
    }))
  }
  const shown = async (row: TicketRow, caller: Caller): Promise<Report> => (await view([row], caller, true))[0]! // one in, one out

  return [
    route(operations.reportError, async ({ params, body, caller }, request) => shown(await reportError(context, params.code, body, caller, request.ip), caller)),
    route(operations.listReports, async ({ query, caller }) => {
      const { rows, nextCursor } = await filings.ofAccount(caller.actor.id, query)
      return { items: await view(rows, caller, false), nextCursor }
    }),
    route(operations.getReport, async ({ params, caller }) => shown((await requireReport(params.id, caller)).row, caller)),
    route(operations.actOnReport, async ({ params, body, caller }) => {
      const { row, anonymous } = await requireReport(params.id, caller)
      return shown(await actOnTicket(context, row.id, params.action, body.reason ?? '', caller, anonymous), caller)
    }),
  ]
}
