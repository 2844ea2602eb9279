import { type RuleCondition, type WeighedCondition } from '@datong/contracts'
import { isAttribute } from './compile-rule.ts'
import type { Facts } from './facts.ts'
import type { Judgement, RuleText } from './rule.ts'
import type { RuleSet } from './engine.ts'

/** What is said of data that may not be shared at all; the entry's own basis goes with it. */
const NOT_SHARED = '属于不予共享（不予开放）的数据，任何规则不得授权'

/**
 * What rules say of an application, in this order: what is not shared is refused before any rule is asked; then refusals
 * before grants before routing; among rules of one effect the smallest priority, then the smallest id. Without any rule,
 * unconditional data are granted and conditional ones go to people.
 * @param rules the same that `set` was prepared from
 */
export function judge(facts: Facts, legalBasis: string, rules: readonly RuleText[], set: Pick<RuleSet, 'matches'> | null): Judgement {
  if (facts.sharingType === 'not-shared') return { effect: 'refuse', ground: 'negative-list', rule: null, reason: NOT_SHARED, legalBasis }
  const found = set?.matches(facts) ?? null
  const ids = new Set(found?.ids)
  const [rule] = rules.filter(({ id }) => ids.has(id)).sort(byPrecedence)
  if (rule === undefined) return { effect: facts.sharingType === 'unconditional' ? 'grant' : 'route', ground: 'default', rule: null, reason: '', legalBasis: '' }
  return { effect: rule.effect, ground: 'rule', rule, reason: rule.reason, legalBasis: rule.legalBasis }
}

const byPrecedence = (a: RuleText, b: RuleText): number => a.priority - b.priority || (a.id < b.id ? -1 : 1)

/** The conditions of the deciding rule, each beside what the application really had. */
export const weigh = (conditions: readonly RuleCondition[], facts: Facts): WeighedCondition[] =>
  conditions.flatMap((condition) => {
    if (!isAttribute(condition.attribute)) return []
    const actual = facts[condition.attribute]
    return [{ ...condition, actual: typeof actual === 'object' ? [...actual] : actual }]
  })
