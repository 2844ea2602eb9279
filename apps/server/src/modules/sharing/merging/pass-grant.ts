import type { Trx } from '@datong/metadata-store'
import type { SharingContext } from '../context.ts'
import { lockWithApplication } from '../granting/end-grant.ts'
import { recordGrant } from '../record-step.ts'
import { MERGER, type Merger, partiesAfter } from './parties.ts'

/** A grant goes on with the successor; its compiled plans are forgotten. */
export async function passGrant(trx: Trx, context: SharingContext, id: string, merger: Merger): Promise<void> {
  const before = await lockWithApplication(trx, context, id)
  if (before === undefined) return
  const grant = await context.store.updateGrant(trx, id, partiesAfter(before, merger))
  await recordGrant(trx, context, grant, MERGER, 'passed-on', `${merger.predecessor} → ${merger.successor}`)
}
