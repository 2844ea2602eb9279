import { chinaDay } from '@datong/kernel'
import type { EventBus } from '../../platform/events.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Tickets } from '../tickets/index.ts'
import type { Audience, NoticeDraft } from './notices.ts'
import { tellEach } from './tell-each.ts'

export interface TicketNews {
  readonly events: Pick<EventBus, 'subscribe'>
  readonly catalog: Pick<Catalog, 'find' | 'clocksOf'>
  readonly tickets: Pick<Tickets, 'findTicket'>
}

type Ticket = NonNullable<Awaited<ReturnType<Tickets['findTicket']>>>

/** What who reported an error is told of; the rest is between bureau and department. */
const ANSWERS: ReadonlyMap<string, string> = new Map([
  ['mended', 'mended'], ['rejected', 'rejected'], ['dropped', 'dropped'], ['passed', 'closed'],
])

/** Who has it in hand, or the department's officers while nobody has. */
const ownersOf = ({ handler_id, organisation }: Pick<Ticket, 'handler_id' | 'organisation'>): Audience[] => (handler_id === null ? [{ organisation, roles: ['provider'] }] : [{ accountId: handler_id }])
const reportersOf = ({ reporters }: Ticket): Audience[] => reporters.map((accountId) => ({ accountId }))

/** Tells a department what was found in its data and reported of them, and those who reported what became of it. */
export async function tellOfTickets({ events, catalog, tickets }: TicketNews, tell: (draft: NoticeDraft) => Promise<void>): Promise<void> {
  const dueOf = async (kind: 'ticket' | 'correction', id: string): Promise<string> => {
    const [clock] = await catalog.clocksOf(kind, [id])
    return clock === undefined ? '' : chinaDay(clock.due_at)
  }

  await events.subscribe('tickets.opened', 'notices', async ({ entryCode, organisation, version, count, due, handler }) => {
    const entry = await catalog.find(entryCode)
    if (entry === undefined) return
    await tellEach(tell, ownersOf({ organisation, handler_id: handler }), {
      key: `entry ${entryCode} tickets of version ${version}`, kind: 'tickets-opened', subject: { type: 'entry-tickets', id: entryCode }, params: { title: entry.title, count, due: chinaDay(new Date(due)) },
    })
  })

  await events.subscribe('tickets.changed', 'notices', async ({ ticketId, action, at }) => {
    const ticket = await tickets.findTicket(ticketId)
    if (ticket === undefined) return
    const about = { key: `ticket ${ticketId} ${action} ${at}`, subject: { type: 'ticket', id: ticketId } } as const
    const params = { number: ticket.number, title: ticket.kind === 'report' ? ticket.entry_title : ticket.plainTitle }
    if (action === 'filed') {
      await tellEach(tell, ownersOf(ticket), { ...about, kind: 'report-filed', params: { title: ticket.entry_title, due: await dueOf('correction', ticketId) } })
    }
    if (action === 'disputed') await tellEach(tell, [...ownersOf(ticket), { roles: ['steward'] }], { ...about, kind: 'report-disputed', params })
    if (action === 'reopened' || action === 'failed') await tellEach(tell, ownersOf(ticket), { ...about, kind: 'ticket-reopened', params })
    // A department that lets a rule rest is answered for by the bureau, and the other way round.
    if (action === 'paused' || action === 'rule-ended') await tellEach(tell, ticket.pause?.bureau === true ? ownersOf(ticket) : [{ roles: ['steward'] }], { ...about, kind: 'ticket-paused', params })
    if (action === 'passed') await tellEach(tell, ownersOf(ticket), { ...about, kind: 'ticket-closed', params })
    const answer = ticket.kind === 'report' ? ANSWERS.get(action) : undefined
    if (answer !== undefined) {
      await tellEach(tell, reportersOf(ticket), {
        key: `report ${ticketId} ${action} ${at}`, kind: 'report-answered', subject: { type: 'report', id: ticketId }, params: { title: ticket.entry_title, state: `ticket-${answer}` },
      })
    }
  })

  await events.subscribe('tickets.commented', 'notices', async ({ ticketId, by, at }) => {
    const ticket = await tickets.findTicket(ticketId)
    if (ticket === undefined) return
    const others = by === ticket.organisation ? (ticket.from_organisation === null ? [{ roles: ['steward' as const] }] : [{ organisation: ticket.from_organisation, roles: ['consumer' as const] }]) : ownersOf(ticket)
    await tellEach(tell, others, { key: `ticket ${ticketId} comment ${at}`, kind: 'ticket-commented', subject: { type: 'ticket', id: ticketId }, params: { number: ticket.number, title: ticket.plainTitle } })
  })
}
