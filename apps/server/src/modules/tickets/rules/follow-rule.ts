import { inTransaction, type Trx } from '@datong/metadata-store'
import type { DomainEvents } from '../../../platform/events.ts'
import type { TicketsContext } from '../context.ts'
import { clockAbout, recordStep } from '../record-step.ts'
import type { Pause } from '../tables.ts'
import { isGoing, type TicketRow } from '../ticket-store.ts'

type Turned = DomainEvents['quality.rule-turned']

/**
 * What becomes of a ticket whose rule rests, goes on or ends. A rule that rests takes nobody's ticket away: it is paused, counts as
 * open, and its clock runs on, unless it is the bureau that lets the rule rest. When the rule goes on, the ticket is what it was, and
 * the check that follows says whether it still fails. A rule that the bureau ends takes its ticket along; one that the department
 * ends leaves it to the bureau. Told twice, or late, it changes nothing.
 */
export async function followRule(context: TicketsContext, event: Turned): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const row = (await context.tickets.lockRules(trx, event.entryCode)).find((one) => one.rule_id === event.ruleId)
    const at = new Date(event.at)
    if (row === undefined || (row.turned_at !== null && at <= row.turned_at)) return
    const told = await context.tickets.update(trx, row.id, { turned_at: at })
    if (!isGoing(told)) return
    if (event.state === 'active') await resume(trx, context, told, event)
    else if (event.state === 'retired' && event.bureau) await end(trx, context, told, event)
    else await pause(trx, context, told, event)
  })
}

async function pause(trx: Trx, context: TicketsContext, row: TicketRow, { state, by, bureau, reason, at }: Turned): Promise<void> {
  const { clocks } = context.catalog
  const pausing: Pause = { from: row.pause?.from ?? row.state, by: by.name, bureau, reason, at, ended: state === 'retired' }
  const paused = await context.tickets.update(trx, row.id, { state: 'paused', pause: JSON.stringify(pausing), changed_at: context.clock.now() })
  if (bureau) await clocks.pause(trx, 'ticket', clockAbout(paused).subject)
  else await clocks.begin(trx, 'ticket', clockAbout(paused))
  await recordStep(trx, context, paused, pausing.ended ? 'rule-ended' : 'paused', by, reason)
}

async function resume(trx: Trx, context: TicketsContext, row: TicketRow, { by, reason }: Turned): Promise<void> {
  if (row.pause === null) return
  const resumed = await context.tickets.update(trx, row.id, { state: row.pause.from, pause: null, changed_at: context.clock.now() })
  await context.catalog.clocks.begin(trx, 'ticket', clockAbout(resumed))
  await recordStep(trx, context, resumed, 'resumed', by, reason)
}

async function end(trx: Trx, context: TicketsContext, row: TicketRow, { by, reason }: Turned): Promise<void> {
  const now = context.clock.now()
  const dropped = await context.tickets.update(trx, row.id, { state: 'dropped', answer: reason, pause: null, changed_at: now, closed_at: now })
  await context.catalog.clocks.stop(trx, 'ticket', clockAbout(dropped).subject, { dropped: true })
  await recordStep(trx, context, dropped, 'dropped', by, reason)
}
