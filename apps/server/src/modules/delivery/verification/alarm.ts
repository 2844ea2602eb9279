import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'

/** Tells the house that somebody seems to guess; the security officer and the provider find it in the evidence. */
export async function raiseAlarm({ store, evidence, events, clock }: DeliveryContext, { basis, entryCode, title, provider }: DeliveryPlan, caller: Caller, window: 'identifier' | 'grant'): Promise<void> {
  if (basis.kind !== 'grant') return
  const { organisation } = caller
  await inTransaction(store.db, async (trx) => {
    await evidence.record(trx, {
      chain: 'decision', action: 'delivery.verification.stopped', actor: caller.actor, parties: [...new Set([provider, ...(organisation === null ? [] : [organisation])])],
      subject: { type: 'entry', id: entryCode, title }, detail: { grant: basis.number, grantId: basis.grantId, window, ...(caller.keyId === null ? {} : { key: caller.keyId }) },
    })
    await events.publish(trx, 'delivery.verification-guessing', { grantId: basis.grantId, entryCode, organisation, window, at: clock.now().toISOString() })
  })
}
