import type { Naming, Ticket, TimelineItem } from '@datong/contracts'
import type { Caller } from '../../platform/caller.ts'
import { viewClock } from '../../platform/working-clock.ts'
import { clockOf } from '../catalog/index.ts'
import type { TicketsContext } from './context.ts'
import { openCell } from './reports/cell.ts'
import { allowedSteps, isOwner, isReporter } from './steps.ts'
import { isGoing, type TicketRow } from './ticket-store.ts'

type Clocks = Awaited<ReturnType<TicketsContext['catalog']['clocksOf']>>

/** Clocks that go, of many tickets. */
export async function clocksOfTickets({ catalog }: TicketsContext, rows: readonly TicketRow[]): Promise<ReadonlyMap<string, Clocks[number]>> {
  const ids = (kind: TicketRow['kind']) => rows.filter((row) => row.kind === kind && row.closed_at === null).map(({ id }) => id)
  const clocks = await Promise.all([catalog.clocksOf('ticket', ids('rule')), catalog.clocksOf('correction', ids('report'))])
  return new Map(clocks.flat().map((clock) => [clock.subject_id, clock]))
}

/** Tickets as those inside see them. @param history of a single one */
export async function viewTickets(context: TicketsContext, rows: readonly TicketRow[], caller: Caller, history: TimelineItem[] = []): Promise<Ticket[]> {
  const ids = rows.map(({ id }) => id)
  const [clocks, comments, supports, entries] = await Promise.all([
    clocksOfTickets(context, rows), context.tickets.commentCounts(ids), context.filings.supports(ids), context.catalog.findMany([...new Set(rows.map((row) => row.entry_code))]),
  ])
  const titles = new Map(entries.map(({ code, title }) => [code, title]))
  return rows.map((row): Ticket => {
    const clock = clocks.get(row.id)
    const mayComment = isGoing(row) && caller.actor.kind === 'user' && (isOwner(caller, row) || isReporter(caller, row) || caller.roles.includes('steward'))
    return {
      id: row.id, number: row.number, kind: row.kind, title: row.title, naming: namingOf(row), entry: { code: row.entry_code, title: titles.get(row.entry_code) ?? row.entry_title }, field: row.field,
      department: context.organisations.ref(row.organisation), state: row.state, rule: ruleOf(row), pause: pauseOf(row), report: reportOf(context, row, caller, supports.get(row.id) ?? 0),
      handler: row.handler_id === null ? null : { id: row.handler_id, name: row.handler_name ?? '' },
      clock: clock === undefined ? null : viewClock(clockOf(clock), context.clock.now(), context.calendar), answer: row.answer, reopened: row.reopened, closedVersion: row.closed_version,
      comments: comments.get(row.id) ?? 0, openedAt: row.opened_at.toISOString(), changedAt: row.changed_at.toISOString(), closedAt: row.closed_at?.toISOString() ?? null,
      mine: isReporter(caller, row), allowedActions: [...allowedSteps(caller, row, clock === undefined || clock.extended_by > 0), ...(mayComment ? ['comment' as const] : [])], history,
    }
  })
}

/** What the title of a rule's ticket is made of; null when somebody wrote it. */
export const namingOf = ({ rule, field, title_typed: isTyped }: Pick<TicketRow, 'rule' | 'field' | 'title_typed'>): Naming => (isTyped || rule === null ? null : { kind: rule, field })

function pauseOf({ pause }: TicketRow): Ticket['pause'] {
  if (pause === null) return null
  const { from: _, ...shown } = pause
  return shown
}

function ruleOf(row: TicketRow): Ticket['rule'] {
  const { rule_id, rule, severity, checked, failed, first_version, last_version } = row
  if (rule_id === null || rule === null || severity === null) return null
  return { id: rule_id, rule, severity, checked: checked ?? 0, failed: failed ?? 0, toleranceShare: row.tolerance_share ?? 0, firstVersion: first_version ?? 0, lastVersion: last_version ?? 0 }
}

function reportOf(context: TicketsContext, row: TicketRow, caller: Caller, support: number): Ticket['report'] {
  if (row.kind !== 'report' || row.recheck === null) return null
  const mayRead = isOwner(caller, row) || isReporter(caller, row)
  return {
    from: row.from_organisation === null ? null : context.organisations.ref(row.from_organisation), description: row.description, cell: mayRead ? openCell(context.sealer, row) : null,
    recheck: row.recheck, support, version: row.reported_version,
  }
}
