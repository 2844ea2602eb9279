import type { BodyOf, operations, RuleAction } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller, Reach } from '../../../platform/caller.ts'
import type { RulesContext } from './context.ts'
import type { RuleRow } from './rule-store.ts'
import { mayRetire, mayWrite, requireSeen, ruleSightOf } from './sight.ts'
import { recordRule, requireSound, textOf } from './write-rule.ts'

/** The steps of a rule's life, drawn in the README. */
export const STEPS = {
  activate: {
    past: 'activated',
    may: mayWrite,
    fits: (rule: RuleRow) => rule.active_version !== rule.version,
    change: (rule: RuleRow) => ({ state: 'active' as const, active_version: rule.version }),
  },
  retire: {
    past: 'retired',
    may: mayRetire,
    fits: (rule: RuleRow) => rule.state !== 'retired',
    change: () => ({ state: 'retired' as const, active_version: null }),
  },
} satisfies Record<RuleAction, unknown>

/**
 * Activates the newest version, or retires the rule. What was decided stays decided.
 * @throws AppError `request/not-found`, `access/forbidden`, `request/conflict`, `sharing/wrong-state`
 */
export async function actOnRule(
  context: RulesContext, id: string, action: RuleAction, body: BodyOf<typeof operations.actOnRule>, caller: Caller, reach: Reach,
): Promise<void> {
  const { may, fits, change, past } = STEPS[action]
  await inTransaction(context.db, async (trx) => {
    const rule = requireSeen(await context.rules.lock(trx, id), ruleSightOf(caller, reach))
    if (!may(caller, rule.scope_organisation)) throw new AppError('access/forbidden', { operation: action })
    if (rule.revision !== body.revision) throw new AppError('request/conflict')
    if (!fits(rule)) throw new AppError('sharing/wrong-state', { action, state: rule.state })
    const text = textOf(id, rule.version, rule.scope_organisation, { ...rule, legalBasis: rule.legal_basis })
    // The registry of attributes may have moved since the version was written.
    if (action === 'activate') await requireSound(text)
    await context.rules.update(trx, rule, change(rule))
    await recordRule(trx, context, { text, caller, action: past, detail: { version: rule.version, reason: body.reason, before: { state: rule.state, activeVersion: rule.active_version } } })
  })
}
