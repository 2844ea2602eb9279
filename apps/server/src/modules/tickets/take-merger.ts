import { inTransaction } from '@datong/metadata-store'
import type { DomainEvents } from '../../platform/events.ts'
import type { TicketsContext } from './context.ts'
import { PLATFORM, recordStep } from './record-step.ts'

/** Tickets of a merged department are its successor's, and what it reported is too. Each in its own transaction: cut off, it goes on. */
export async function takeMerger(context: TicketsContext, { predecessor, successor }: DomainEvents['identity.organisation-merged']): Promise<void> {
  for (const { id } of await context.tickets.ofDepartment(predecessor)) {
    await inTransaction(context.db, async (trx) => {
      const before = await context.tickets.lock(trx, id)
      if (before?.organisation !== predecessor) return
      // The officer on duty was the predecessor's.
      const row = await context.tickets.update(trx, id, { organisation: successor, ...(before.state === 'open' ? { handler_id: null, handler_name: null } : {}) })
      await recordStep(trx, context, row, 'passed-on', PLATFORM)
    })
  }
  await context.tickets.passOnReports(predecessor, successor)
}
