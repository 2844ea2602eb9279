import { inTransaction } from '@datong/metadata-store'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { recordLoad } from '../record.ts'
import type { LoadHeld } from './intake.ts'
import { tellStopped } from './tell-stopped.ts'

/** Lets a load wait for a person. What it read stays, as far as its checkpoint goes. */
export async function holdLoad(context: CollectionContext, loadId: string, { reason, facts }: LoadHeld): Promise<void> {
  await inTransaction(context.store.db, async (trx) => {
    const before = await context.loads.lock(trx, loadId)
    if (before === undefined || before.outcome !== null || before.version !== null || before.hold !== null) return
    const load = await context.loads.change(trx, loadId, { hold: reason, [reason]: JSON.stringify(facts) })
    await recordLoad(trx, context, { load, actor: PLATFORM, action: 'held', detail: { reason, ...facts } })
    await tellStopped(trx, context, load, 'held')
  })
}
