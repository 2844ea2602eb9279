import type { WeighedCondition } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { RulesContext } from './context.ts'
import { ruleEngine } from './engine.ts'
import type { Facts } from './facts.ts'
import { gatherFacts, type Matter } from './gather-facts.ts'
import { judge, weigh } from './judge.ts'
import type { Judgement } from './rule.ts'

/** What the rules say, on which facts. */
export interface Decided extends Judgement {
  readonly conditions: readonly WeighedCondition[]
  readonly facts: Facts
}

/** Lets the active rules decide an application. Cedar is asked only when there are rules at all. Changes nothing. */
export async function decideByRules(context: RulesContext, matter: Matter, trx: Trx): Promise<Decided> {
  const rules = await context.rules.active(trx)
  const facts = await gatherFacts(context, matter, {}, trx)
  const engine = rules.length === 0 ? null : await ruleEngine()
  const judgement = judge(facts, matter.entry.legalBasis, rules, engine === null ? null : engine.active(rules))
  return { ...judgement, conditions: judgement.rule === null ? [] : weigh(judgement.rule.conditions, facts), facts }
}

/** Keeps what was decided with the application, in the transaction that files it. */
export async function keepRuling(context: Pick<RulesContext, 'rulings' | 'clock'>, trx: Trx, applicationId: string, decided: Decided): Promise<void> {
  const { rule } = decided
  await context.rulings.put(trx, {
    application_id: applicationId, at: context.clock.now(), effect: decided.effect, ground: decided.ground, rule_id: rule?.id ?? null,
    rule_version: rule?.version ?? null, rule_name: rule?.name ?? null, reason: decided.reason, legal_basis: decided.legalBasis,
    conditions: JSON.stringify(decided.conditions), facts: JSON.stringify(decided.facts),
  })
}
