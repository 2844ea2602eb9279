import type { BodyOf, operations, QualityGate } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { QualityContext } from '../context.ts'
import { requireKept } from '../rules/sight.ts'

/** Sets what holds new versions of an entry back. @throws AppError `request/not-found`, `request/conflict` */
export async function setGate(context: QualityContext, code: string, body: BodyOf<typeof operations.setQualityGate>, caller: Caller): Promise<QualityGate> {
  const entry = await requireKept(context, code, caller)
  const { reason, ...gate } = body
  return inTransaction(context.db, async (trx) => {
    const set = await context.gates.setGate(trx, entry.code, gate)
    await context.evidence.record(trx, {
      chain: 'decision', action: 'quality.gate.set', actor: caller.actor, parties: [...new Set([entry.organisation, caller.organisation])].filter((one) => one !== null),
      subject: { type: 'quality-gate', id: entry.code, title: entry.title }, detail: { holds: set.holds, leastStars: set.leastStars, reason },
    })
    return set
  })
}
