import { inTransaction } from '@datong/metadata-store'
import type { TicketsContext } from '../context.ts'
import { clockAbout, clockKindOf, PLATFORM, recordStep } from '../record-step.ts'
import { isGoing } from '../ticket-store.ts'

/** Ends a ticket of which there is nothing left to be done; may be repeated. */
async function endTicket(context: TicketsContext, id: string, reason: string): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const before = await context.tickets.lock(trx, id)
    if (before === undefined || !isGoing(before)) return
    const now = context.clock.now()
    const row = await context.tickets.update(trx, id, { state: 'dropped', answer: reason, pause: null, changed_at: now, closed_at: now })
    await context.catalog.clocks.stop(trx, clockKindOf(row), clockAbout(row).subject, { dropped: true })
    await recordStep(trx, context, row, 'dropped', PLATFORM, reason)
  })
}

/** An entry was withdrawn: nobody gets its data any more. */
export async function endEntry(context: TicketsContext, entryCode: string): Promise<void> {
  for (const { id } of await context.tickets.goingOf(entryCode)) await endTicket(context, id, '条目已废止')
}

/** Nobody objects for so long: what was said to be mended is taken to be. */
const LAPSES_AFTER_DAYS = 30

/** Closes reports that were said to be mended and that nobody disputed. @returns how many */
export async function lapseReports(context: TicketsContext): Promise<number> {
  const now = context.clock.now()
  const rows = await context.tickets.lapsed(new Date(now.getTime() - LAPSES_AFTER_DAYS * 86_400_000))
  for (const { id, changed_at } of rows) {
    await inTransaction(context.db, async (trx) => {
      const before = await context.tickets.lock(trx, id)
      if (before?.state !== 'mended' || before.changed_at.getTime() !== changed_at.getTime()) return
      const row = await context.tickets.update(trx, id, { state: 'closed', changed_at: now, closed_at: now })
      await recordStep(trx, context, row, 'lapsed', PLATFORM)
    })
  }
  return rows.length
}
