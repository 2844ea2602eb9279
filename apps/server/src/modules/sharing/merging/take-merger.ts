import { inTransaction, type Trx } from '@datong/metadata-store'
import type { SharingContext } from '../context.ts'
import { belongingTo } from './belonging-store.ts'
import { passApplication } from './pass-application.ts'
import { passDuties, passRule } from './pass-rules.ts'
import { passGrant } from './pass-grant.ts'
import type { Merger } from './parties.ts'

/**
 * Passes on what a merged department has: applications on both sides with their opinions, grants, rules, duties. Clocks run
 * on. Each in its own transaction under the lock of its row, and what has passed is not the predecessor's any more: told twice,
 * or cut off in the middle, it goes on with the rest.
 */
export async function takeMerger(context: SharingContext, merger: Merger): Promise<void> {
  const { applications, grants, rules } = await belongingTo(context.db, merger.predecessor)
  const each = async (ids: readonly string[], pass: (trx: Trx, id: string) => Promise<void>): Promise<void> => {
    for (const id of ids) await inTransaction(context.db, (trx) => pass(trx, id))
  }
  await each(applications, (trx, id) => passApplication(trx, context, id, merger))
  await each(grants, (trx, id) => passGrant(trx, context, id, merger))
  await each(rules, (trx, id) => passRule(trx, context, id, merger))
  await inTransaction(context.db, (trx) => passDuties(trx, context, merger))
}
