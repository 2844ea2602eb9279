import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { QualityContext } from '../context.ts'
import { requireKept } from '../rules/sight.ts'
import type { HoldRow } from './gate-store.ts'
import { recordHold } from './hold.ts'

/**
 * Lets a version that is held back through; it becomes the one in use unless a later one is.
 * @throws AppError `request/not-found`, `quality/wrong-state`
 */
export async function releaseVersion(context: QualityContext, code: string, version: number, reason: string, caller: Caller): Promise<HoldRow> {
  const entry = await requireKept(context, code, caller)
  return inTransaction(context.db, async (trx) => {
    const hold = await context.gates.lock(trx, entry.code, version)
    if (hold === undefined) throw new AppError('request/not-found')
    if (hold.state === 'released') throw new AppError('quality/wrong-state', { state: hold.state })
    const change = { state: 'released' as const, released_at: context.clock.now(), reason }
    await context.gates.update(trx, entry.code, version, { ...change, released_by: JSON.stringify(caller.actor) })
    await recordHold(trx, context, { entry, version, actor: caller.actor, action: 'released', detail: { reason, reasons: hold.reasons } })
    await context.collection.putToUse(trx, entry.code, version, caller.actor)
    return { ...hold, ...change, released_by: caller.actor }
  })
}
