import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { ListsDeps } from '../context.ts'
import type { DemandRow, DemandStore } from './demand-store.ts'

export interface DemandContext extends ListsDeps {
  readonly demands: DemandStore
}

/** Writes the evidence of a step, its line in the history, and tells the house, in the transaction of the step. */
export async function recordStep(trx: Trx, context: DemandContext, row: DemandRow, action: string, actor: Actor, reason = ''): Promise<void> {
  const at = context.clock.now()
  const receiptId = await context.evidence.record(trx, {
    chain: 'decision', action: `lists.demand.${action}`, actor, parties: [...new Set([row.organisation, row.from_organisation])].filter((code) => code !== null),
    subject: { type: 'demand', id: row.id, title: `${row.number} ${row.title}` },
    detail: { number: row.number, state: row.state, organisation: row.organisation, entryCode: row.entry_code, mergedInto: row.merged_into, reason, legalBasis: row.legal_basis },
  })
  await context.demands.addEvent(trx, { demandId: row.id, at, actor, action, reason, receiptId })
  await context.events.publish(trx, 'lists.demand-changed', { demandId: row.id, state: row.state, organisation: row.organisation, at: at.toISOString() })
}
