import { operations, type TicketFigures } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Caller, holds } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import { actOnTicket, commentOnTicket } from './act-on-ticket.ts'
import { actOnTickets } from './act-on-tickets.ts'
import type { TicketsContext } from './context.ts'
import { dutyRoutes } from './duty/set-duty.ts'
import { reportRoutes } from './reports/routes.ts'
import { ownOf, requireTicket } from './sight.ts'
import { isOwner, isReporter } from './steps.ts'
import type { TicketRow } from './ticket-store.ts'
import { traceCell } from './trace/trace-cell.ts'
import { viewTickets } from './view.ts'

const YEAR_MS = 365 * 86_400_000

export function ticketRoutes(context: TicketsContext): Route[] {
  const { tickets, organisations, catalog, clock } = context
  const shown = async (row: TicketRow, caller: Caller) => (await viewTickets(context, [row], caller, await tickets.history(row.id)))[0]! // one in, one out

  return [
    route(operations.listTickets, async ({ query, caller, reach }) => {
      // An entry that the caller does not see has no tickets for him, as an unknown one has none.
      if (query.entryCode !== undefined && (await catalog.visibleCodes([query.entryCode], caller)).length === 0) return { items: [], nextCursor: null, total: 0 }
      const { rows, ...page } = await tickets.page(query, ownOf(caller, reach), caller.actor.id)
      return { items: await viewTickets(context, rows, caller), ...page }
    }),
    route(operations.ticketFigures, async ({ caller, reach }) => {
      const departments = await figuresOf(context, ownOf(caller, reach))
      return { total: sumOf(departments), departments: departments.map(({ organisation, ...figures }) => ({ department: organisations.ref(organisation), ...figures })) }
    }),
    route(operations.getTicket, async ({ params, caller, reach }) => shown(await requireTicket(context, params.id, caller, reach), caller)),
    route(operations.actOnTicket, async ({ params, body, caller, reach }) => {
      const row = await requireTicket(context, params.id, caller, reach)
      return shown(await actOnTicket(context, row.id, params.action, body.reason ?? '', caller), caller)
    }),
    route(operations.actOnTickets, async ({ params, body, caller, reach }) => actOnTickets(context, params.action, body, caller, reach)),
    route(operations.commentOnTicket, async ({ params, body, caller, reach }) => {
      const row = await requireTicket(context, params.id, caller, reach)
      if (!isOwner(caller, row) && !isReporter(caller, row) && !holds(caller, 'steward')) throw new AppError('access/forbidden', { operation: 'comment' })
      if (row.closed_at !== null) throw new AppError('tickets/wrong-state', { action: 'comment', state: row.state })
      await commentOnTicket(context, row, body.text, caller)
      return shown(await requireTicket(context, params.id, caller, reach), caller)
    }),
    route(operations.traceCell, async ({ params, query, caller, reach }) =>
      traceCell(context, params.code, { field: query.field, row: query.row, by: query.by, is: query.is, version: query.version }, caller, reach === 'all')),
    ...reportRoutes(context),
    ...dutyRoutes(context),
  ]

  async function figuresOf({ tickets: store }: TicketsContext, own: string | null): Promise<({ organisation: string } & TicketFigures)[]> {
    const [counts, records] = await Promise.all([store.figures(own, clock.now()), catalog.clockRecords(['ticket', 'correction'], new Date(clock.now().getTime() - YEAR_MS))])
    const kept = new Map(records.map((record) => [record.organisation, record]))
    return counts.map((one) => ({ ...one, late: kept.get(one.organisation)?.late ?? 0, kept: kept.get(one.organisation)?.kept ?? 0, missed: kept.get(one.organisation)?.missed ?? 0 }))
  }
}

const NONE: TicketFigures = { open: 0, late: 0, reports: 0, critical: 0, paused: 0, reopened: 0, kept: 0, missed: 0 }

const sumOf = (rows: readonly TicketFigures[]): TicketFigures => rows.reduce((sum, one) => ({
  open: sum.open + one.open, late: sum.late + one.late, reports: sum.reports + one.reports, critical: sum.critical + one.critical, paused: sum.paused + one.paused, reopened: sum.reopened + one.reopened,
  kept: sum.kept + one.kept, missed: sum.missed + one.missed,
}), NONE)
