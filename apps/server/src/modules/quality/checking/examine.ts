import { definitionOf, evaluateRules, type EvaluationOptions, isRuleId, passes, type Rule, type RuleOutcome, type Subject } from '@datong/quality-rules'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import type { OutcomeRow, OutcomeWithRule } from '../rules/outcome-store.ts'
import type { RuleRow } from '../rules/rule-store.ts'
import { MOST_ROWS, sealRows } from './keep-rows.ts'
import { type Known, subjectOf } from './subject.ts'

/** What a rule found in a version, as it is kept. */
export interface Examined {
  readonly rule: RuleRow
  readonly outcome: Omit<OutcomeRow, 'sealed'>
  readonly sealed: Buffer | null
}

/** A stored rule as the library takes it; undefined for a kind that this program does not know. */
const ruleOf = ({ kind, field, parameters }: Pick<RuleRow, 'kind' | 'field' | 'parameters'>): Rule | undefined => (isRuleId(kind) ? { rule: kind, field, parameters } : undefined)

/** Fields that a rule looks at, its own first. */
function concernedBy({ field, parameters }: Pick<RuleRow, 'field' | 'parameters'>, names: readonly string[]): string[] {
  const named = Object.values(parameters).flatMap((value) => (typeof value === 'string' || Array.isArray(value) ? value : []))
  return [...new Set([...(field === null ? [] : [field]), ...named])].filter((name) => names.includes(name))
}

/** Holds a version against rules, and seals the rows that fail. Nothing is written. */
export async function examine(context: QualityContext, entry: EntryRecord, known: Known, rules: readonly RuleRow[], signal?: AbortSignal): Promise<Examined[]> {
  const asked = rules.flatMap((row) => {
    const rule = ruleOf(row)
    return rule === undefined ? [] : [{ row, rule }]
  })
  if (asked.length === 0) return []
  const options = { sample: MOST_ROWS, ...(signal === undefined ? {} : { signal }) }
  const subject = await subjectOf(context, entry, known, asked.map(({ rule }) => rule))
  const outcomes = await evaluateAll(context, asked.map(({ rule }) => rule), subject, options)
  const now = context.clock.now()
  const names = known.data.fields.map(({ name }) => name)
  const examined: Examined[] = []
  for (const [index, { row: rule }] of asked.entries()) {
    const outcome = outcomes[index]! // one for each rule
    const places = outcome.sample.slice(0, MOST_ROWS)
    const sealed = places.length === 0 ? null : await sealRows(context, known.data, { id: rule.id, concerned: concernedBy(rule, names) }, places, signal)
    examined.push({
      rule, sealed,
      outcome: {
        entry_code: entry.code, version: known.data.number, rule_id: rule.id, rule_version: rule.version, ...countsOf(outcome, rule.tolerance_share), params: paramsOf(outcome),
        kept: places.length, checked_at: now,
      },
    })
  }
  return examined
}

/**
 * All rules together; when that fails, each alone, and the one on which the engine fails has nothing to say: a rule that somebody
 * wrote must not keep a version from being profiled.
 */
async function evaluateAll({ engine, log }: Pick<QualityContext, 'engine' | 'log'>, rules: readonly Rule[], subject: Subject, options: EvaluationOptions): Promise<RuleOutcome[]> {
  try {
    return await evaluateRules(rules, subject, engine, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    log.warn({ err: error, rules: rules.length }, 'rules could not be held against a version together')
  }
  const outcomes: RuleOutcome[] = []
  for (const rule of rules) {
    try {
      outcomes.push(...await evaluateRules([rule], subject, engine, options))
    } catch (error) {
      options.signal?.throwIfAborted()
      log.warn({ err: error, rule: rule.rule }, 'a rule could not be held against a version')
      outcomes.push({ rule: rule.rule, field: rule.field, dimension: definitionOf(rule.rule).dimension, score: null, reason: 'engine-refused', checked: 0, failed: 0, doubtful: 0, sample: [], params: {} })
    }
  }
  return outcomes
}

/** Of these rules, those whose answer follows from facts alone, without a look at the rows. */
export async function factsOnly(context: QualityContext, entry: EntryRecord, known: Known, rules: readonly RuleRow[]): Promise<RuleRow[]> {
  const subject = await subjectOf(context, entry, known, [])
  return rules.filter((row) => {
    const rule = ruleOf(row)
    return rule !== undefined && definitionOf(rule.rule).plan(rule, subject).by === 'facts'
  })
}

/** Verdict and counts of an outcome. */
export const countsOf = (outcome: RuleOutcome, toleranceShare: number) => {
  const passed = passes(outcome, toleranceShare)
  const { checked, failed, doubtful, score } = outcome
  return { verdict: passed === null ? ('unmeasured' as const) : passed ? ('passed' as const) : ('failed' as const), checked, failed, doubtful, score }
}

const paramsOf = ({ params, reason }: RuleOutcome) => ({ ...params, ...(reason === null ? {} : { reason }) })

/** What was found, with what the rule is, before it is read back from the store. */
export const withRules = (examined: readonly Examined[]): OutcomeWithRule[] => examined.map(({ rule, outcome }) => ({
  ...outcome, kind: rule.kind, title: rule.title, title_typed: rule.title_typed, field: rule.field, dimension: rule.dimension, severity: rule.severity, tolerance_share: rule.tolerance_share,
}))
