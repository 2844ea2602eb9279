import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { TicketsContext } from './context.ts'
import type { TicketRow } from './ticket-store.ts'

/** What was done by itself: by a check, a lapse, the end of an entry. */
export const PLATFORM: Actor = { kind: 'system', id: 'tickets', name: '质量工单', organisation: null }

/** What a step was, in the words of history and evidence. */
export type StepName =
  | 'opened' | 'reopened' | 'filed' | 'joined' | 'accepted' | 'mended' | 'rejected' | 'extended' | 'dropped' | 'confirmed' | 'disputed' | 'withdrawn'
  | 'passed' | 'failed' | 'lapsed' | 'passed-on' | 'paused' | 'resumed' | 'rule-ended'

/** Writes the evidence of a step and its line in the history, and tells the house, in the transaction of the step. */
export async function recordStep(trx: Trx, context: TicketsContext, row: TicketRow, action: StepName, actor: Actor, reason = ''): Promise<void> {
  const at = context.clock.now()
  const receiptId = await context.evidence.record(trx, {
    chain: 'decision', action: `tickets.ticket.${action}`, actor, parties: [...new Set([row.organisation, row.from_organisation])].filter((code) => code !== null),
    subject: { type: 'ticket', id: row.id, title: `${row.number} ${row.title}` },
    detail: {
      number: row.number, state: row.state, entryCode: row.entry_code, field: row.field, reason,
      ...(row.kind === 'rule' ? { rule: row.rule, ruleId: row.rule_id, version: row.last_version, checked: row.checked, failed: row.failed } : {}),
    },
  })
  await context.tickets.addEvent(trx, { ticketId: row.id, at, actor, action, reason, receiptId })
  await context.events.publish(trx, 'tickets.changed', { ticketId: row.id, action, at: at.toISOString() })
}

/** The clock of a ticket, by its kind. */
export const clockKindOf = ({ kind }: Pick<TicketRow, 'kind'>) => (kind === 'rule' ? 'ticket' as const : 'correction' as const)

/** What a ticket is called where one text serves all languages: a rule that nobody named by the data that it is about. */
export const plainTitle = ({ title, title_typed: isTyped, entry_title: entry, field }: Pick<TicketRow, 'title' | 'title_typed' | 'entry_title' | 'field'>): string =>
  isTyped ? title : [entry, ...(field === null ? [] : [field])].join(' · ')

export const clockAbout = (row: TicketRow) => ({
  subject: { type: 'ticket', id: row.id }, title: `${row.number} ${plainTitle(row)}`, organisation: row.organisation,
}) as const
