import type { TicketAction } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Updateable } from 'kysely'
import type { Caller } from '../../platform/caller.ts'
import type { TicketsContext } from './context.ts'
import { clockAbout, clockKindOf, recordStep, type StepName } from './record-step.ts'
import { follows, mayTake, STEPS } from './steps.ts'
import type { TicketTable } from './tables.ts'
import type { TicketRow } from './ticket-store.ts'

const PAST: Readonly<Record<TicketAction, StepName>> = {
  accept: 'accepted', mend: 'mended', reject: 'rejected', extend: 'extended', drop: 'dropped', confirm: 'confirmed', dispute: 'disputed', withdraw: 'withdrawn',
}

/**
 * One step of a ticket with its clock: that of a report stops with the answer, that of a rule runs until a version passes.
 * @param anonymous the caller knows the id of a report that was made without an account
 * @throws AppError `access/forbidden`, `tickets/wrong-state`, `request/invalid` without the reason that the step needs
 */
export async function actOnTicket(context: TicketsContext, id: string, action: TicketAction, reason: string, caller: Caller, anonymous = false): Promise<TicketRow> {
  return inTransaction(context.db, async (trx) => {
    const before = await context.tickets.lock(trx, id)
    if (before === undefined) throw new AppError('request/not-found')
    if (!mayTake(caller, before, action, anonymous)) throw new AppError('access/forbidden', { operation: action })
    const clock = await context.catalog.clocks.going(trx, clockKindOf(before), clockAbout(before).subject)
    if (!follows(before, action, clock === undefined || clock.extended_by > 0)) throw new AppError('tickets/wrong-state', { action, state: before.state })
    if (STEPS[action].reason && reason.trim() === '') throw new AppError('request/invalid', {}, [{ pointer: '/reason', code: 'missing', message: '请写明理由或处理情况' }])
    const change = await changeOf(context, before, action, reason.trim(), caller)
    await moveClock(trx, context, before, action, clock)
    const row = await context.tickets.update(trx, id, { ...change, changed_at: context.clock.now() })
    await recordStep(trx, context, row, PAST[action], caller.actor, reason.trim())
    return row
  })
}

async function changeOf(context: TicketsContext, before: TicketRow, action: TicketAction, reason: string, { actor }: Caller): Promise<Updateable<TicketTable>> {
  const ended = { closed_at: context.clock.now() }
  switch (action) {
    case 'accept':
      return { state: 'in-hand', handler_id: actor.id, handler_name: actor.name }
    case 'mend': {
      const newest = before.kind === 'rule' ? before.last_version : (await context.collection.lake.current(before.entry_code))?.number ?? null
      return { state: 'mended', answer: reason, mended_version: newest, handler_id: actor.id, handler_name: actor.name }
    }
    case 'reject':
      return { state: 'rejected', answer: reason, handler_id: actor.id, handler_name: actor.name, ...ended }
    case 'extend':
      return { state: before.state }
    case 'drop':
      return { state: 'dropped', answer: reason, silenced: before.kind === 'rule', pause: null, ...ended }
    case 'confirm':
      return { state: 'closed', ...ended }
    case 'dispute':
      return { state: 'open', reopened: before.reopened + 1, mended_version: null, closed_at: null }
    case 'withdraw':
      return { state: 'withdrawn', ...ended }
  }
}

async function moveClock(
  trx: Trx, { catalog: { clocks } }: TicketsContext, row: TicketRow, action: TicketAction, clock: Awaited<ReturnType<TicketsContext['catalog']['clocks']['going']>>,
): Promise<void> {
  const kind = clockKindOf(row)
  if (action === 'extend' && clock !== undefined) await clocks.extend(trx, clock)
  else if (action === 'dispute') await clocks.begin(trx, kind, clockAbout(row))
  else if (action === 'drop' || action === 'withdraw') await clocks.stop(trx, kind, clockAbout(row).subject, { dropped: true })
  else if (row.kind === 'report' && (action === 'mend' || action === 'reject')) await clocks.stop(trx, kind, clockAbout(row).subject)
}

/** Says something about a ticket to both sides. */
export async function commentOnTicket(context: TicketsContext, row: TicketRow, text: string, caller: Caller): Promise<void> {
  const at = context.clock.now()
  await inTransaction(context.db, async (trx) => {
    await context.tickets.addEvent(trx, { ticketId: row.id, at, actor: caller.actor, action: 'commented', reason: text.trim(), receiptId: null })
    await context.events.publish(trx, 'tickets.commented', { ticketId: row.id, by: caller.organisation, at: at.toISOString() })
  })
}
