import type { BodyOf, operations, RuleContent } from '@datong/contracts'
import { AppError, type Issue, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller, Reach } from '../../../platform/caller.ts'
import type { RulesContext } from './context.ts'
import { ruleEngine } from './engine.ts'
import { ruleIssues } from './check-rule.ts'
import type { RuleText } from './rule.ts'
import { mayWrite, requireSeen, ruleSightOf } from './sight.ts'

export type DraftBody = BodyOf<typeof operations.createRule>

/** A written rule as it is compiled. */
export const textOf = (id: string, version: number, scope: string | null, { name, priority, effect, reason = '', legalBasis = '', conditions }: RuleContent): RuleText =>
  ({ id, version, scope, name, priority, effect, reason, legalBasis, conditions })

/**
 * Whose entries a new rule is about.
 * @throws AppError `sharing/invalid-rule` when the caller does not write for that scope
 */
export function scopeOf(body: Pick<DraftBody, 'scope'>, caller: Caller): string | null {
  const scope = body.scope === 'city' ? null : caller.organisation
  const allowed = body.scope === 'city' ? mayWrite(caller, null) : scope !== null && mayWrite(caller, scope)
  if (!allowed) throw new AppError('sharing/invalid-rule', {}, [{ pointer: '/scope', code: 'not-allowed', message: '全市规则由数据主管部门制定，部门规则由提供部门为本部门的条目制定' }])
  return scope
}

/** @throws AppError `sharing/invalid-rule` with all issues of form, then with what Cedar's validator says */
export async function requireSound(text: RuleText): Promise<void> {
  const issues: Issue[] = ruleIssues({ ...text, conditions: [...text.conditions] })
  if (issues.length === 0) issues.push(...(await ruleEngine()).complaints(text).map((message) => ({ pointer: '/conditions', code: 'not-well-typed', message })))
  if (issues.length > 0) throw new AppError('sharing/invalid-rule', {}, issues)
}

const rowOf = (context: RulesContext, text: RuleText, note: string, caller: Caller) => ({
  rule_id: text.id, version: text.version, name: text.name, priority: text.priority, effect: text.effect, reason: text.reason, legal_basis: text.legalBasis, note,
  conditions: JSON.stringify(text.conditions), changed_at: context.clock.now(), changed_by: JSON.stringify(caller.actor),
})

export async function recordRule(trx: Trx, { evidence }: RulesContext, step: { text: RuleText; caller: Caller; action: string; detail: Record<string, unknown> }): Promise<void> {
  const { text, caller, action, detail } = step
  await evidence.record(trx, {
    chain: 'decision', action: `sharing.rule.${action}`, actor: caller.actor,
    parties: [...new Set([caller.organisation, text.scope])].filter((code) => code !== null), subject: { type: 'rule', id: text.id, title: text.name }, detail,
  })
}

const contentOf = ({ version, scope, priority, effect, reason, legalBasis, conditions }: RuleText) => ({ version, scope, priority, effect, reason, legalBasis, conditions })

/** Drafts a rule. @throws AppError `sharing/invalid-rule` */
export async function createRule(context: RulesContext, body: DraftBody, caller: Caller): Promise<string> {
  const text = textOf(uuidv7(context.clock, context.random), 1, scopeOf(body, caller), body)
  await requireSound(text)
  await inTransaction(context.db, async (trx) => {
    await context.rules.insert(trx, { id: text.id, scope_organisation: text.scope, state: 'draft', version: 1, active_version: null, revision: 0 }, rowOf(context, text, body.note ?? '', caller))
    await recordRule(trx, context, { text, caller, action: 'drafted', detail: contentOf(text) })
  })
  return text.id
}

/**
 * Writes a new version. The version that decides now goes on deciding until the new one is activated.
 * @throws AppError `request/not-found`, `access/forbidden`, `request/conflict`, `sharing/invalid-rule`
 */
export async function changeRule(context: RulesContext, id: string, body: BodyOf<typeof operations.changeRule>, caller: Caller, reach: Reach): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const before = requireSeen(await context.rules.lock(trx, id), ruleSightOf(caller, reach))
    if (!mayWrite(caller, before.scope_organisation)) throw new AppError('access/forbidden', { operation: 'changeRule' })
    if (before.revision !== body.revision) throw new AppError('request/conflict')
    const text = textOf(id, before.version + 1, before.scope_organisation, body)
    await requireSound(text)
    await context.rules.addVersion(trx, rowOf(context, text, body.note ?? '', caller))
    await context.rules.update(trx, before, { version: text.version })
    await recordRule(trx, context, { text, caller, action: 'changed', detail: contentOf(text) })
  })
}
