import type { BodyOf, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import type { ProtectionContext } from './context.ts'
import { changePolicy, type MaskingPolicy } from './masking-policy.ts'

/**
 * Changes the masking policy. Rules that are not named stay. What fields of entries were given already stays too: the policy
 * is what new versions begin with.
 * @throws AppError `request/conflict`; `protection/invalid-policy` with all issues
 */
export async function setMaskingPolicy(context: ProtectionContext, body: BodyOf<typeof operations.setMaskingPolicy>, caller: Caller): Promise<MaskingPolicy> {
  return inTransaction(context.db, async (trx) => {
    const before = await context.policies.lock(trx)
    if (body.revision !== before.revision) throw new AppError('request/conflict')
    const { policy, issues } = changePolicy(before, body.rules)
    if (issues.length > 0) throw new AppError('protection/invalid-policy', {}, issues)
    const { revision } = policy
    const rules = [...policy.rules].map(([recognizer, rule]) => ({ recognizer, ...rule }))
    await context.policies.insert(trx, {
      revision, rules: JSON.stringify(rules), reason: body.reason, changed_at: context.clock.now(), changed_by: JSON.stringify(caller.actor),
    })
    const changed = rules.flatMap(({ recognizer, grade, method }) => {
      const old = before.rules.get(recognizer)
      return old?.grade === grade && old.method === method ? [] : [{ recognizer, grade: [old?.grade ?? null, grade], method: [old?.method ?? null, method] }]
    })
    await context.evidence.record(trx, {
      chain: 'decision',
      action: 'protection.masking-policy.changed',
      actor: caller.actor,
      parties: caller.organisation === null ? [] : [caller.organisation],
      subject: { type: 'masking-policy', id: String(revision), title: `脱敏策略第 ${revision} 次修订` },
      detail: { revision, reason: body.reason, changed },
    })
    await context.events.publish(trx, 'protection.policy-changed', { revision })
    return policy
  })
}
