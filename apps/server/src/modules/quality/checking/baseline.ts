import { definitionOf, evaluateRules, isRuleId, type Rule, type RuleOutcome, type RuleSuggestion } from '@datong/quality-rules'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import type { BaselineResult } from '../tables.ts'
import { type Known, subjectOf } from './subject.ts'

const resultOf = ({ rule, field, dimension, score, checked, failed, doubtful, params, reason }: RuleOutcome): BaselineResult => ({
  rule, field, dimension, score, checked, failing: failed, params: { ...params, ...(doubtful > 0 ? { doubtful } : {}), ...(reason === null ? {} : { reason }) },
})

/** What every version is checked for, for its stars. No row of it is kept: whoever wants them takes the rule. */
export async function measureBaseline(context: QualityContext, entry: EntryRecord, known: Known, rules: readonly RuleSuggestion[]): Promise<BaselineResult[]> {
  const outcomes = await evaluateRules(rules, await subjectOf(context, entry, known, rules), context.engine, { sample: 0 })
  return outcomes.map(resultOf)
}

/** The same again where it follows from facts that change without the data; what was counted over rows stays as it was counted. */
export async function checkBaseline(context: QualityContext, entry: EntryRecord, known: Known, results: readonly BaselineResult[]): Promise<BaselineResult[]> {
  const subject = await subjectOf(context, entry, known, [])
  const again: BaselineResult[] = []
  for (const result of results) {
    const rule: Rule | undefined = isRuleId(result.rule) ? { rule: result.rule, field: result.field, parameters: {} } : undefined
    const [outcome] = rule !== undefined && definitionOf(rule.rule).plan(rule, subject).by === 'facts' ? await evaluateRules([rule], subject, context.engine) : []
    again.push(outcome === undefined ? result : resultOf(outcome))
  }
  return again
}
