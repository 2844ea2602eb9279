import type { BodyOf, operations, QualityRuleAction, QualityRuleState } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import { queueCheck } from '../checking/check-job.ts'
import type { QualityContext } from '../context.ts'
import { requireKept, requireRule } from './sight.ts'
import { recordRule } from './write-rule.ts'

/** The steps of a rule's life, drawn in the README. */
export const STEPS: Readonly<Record<QualityRuleAction, { readonly from: readonly QualityRuleState[]; readonly to: QualityRuleState; readonly past: string }>> = {
  pause: { from: ['active'], to: 'paused', past: 'paused' },
  resume: { from: ['paused'], to: 'active', past: 'resumed' },
  retire: { from: ['active', 'paused'], to: 'retired', past: 'retired' },
}

/**
 * Lets a rule rest, go on, or end, with who did it and why; scores are worked out anew without it or with it. What becomes of its
 * ticket is the business of those who keep tickets.
 * @throws AppError `request/not-found`, `request/conflict`, `quality/wrong-state`
 */
export async function actOnRule(context: QualityContext, id: string, action: QualityRuleAction, body: BodyOf<typeof operations.actOnQualityRule>, caller: Caller): Promise<void> {
  const { rule } = await requireRule(context, id, caller)
  const entry = await requireKept(context, rule.entry_code, caller)
  const { from, to, past } = STEPS[action]
  await inTransaction(context.db, async (trx) => {
    await context.rules.lockEntry(trx, entry.code)
    const before = await context.rules.lock(trx, id)
    if (before === undefined || before.revision !== body.revision) throw new AppError('request/conflict')
    if (!from.includes(before.state)) throw new AppError('quality/wrong-state', { state: before.state })
    const turned = { by: caller.actor, reason: body.reason, at: context.clock.now().toISOString() }
    await context.rules.update(trx, before, { state: to, turned: JSON.stringify(turned) })
    await recordRule(trx, context, {
      id, title: before.title, entryCode: entry.code, organisation: entry.organisation, actor: caller.actor, action: past, detail: { reason: body.reason, before: before.state },
    })
    await context.events.publish(trx, 'quality.rule-turned', { entryCode: entry.code, organisation: entry.organisation, ruleId: id, state: to, bureau: holds(caller, 'steward'), ...turned })
    await queueCheck(trx, context, entry.code)
  })
}
