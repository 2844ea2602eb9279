import type { Measure, Measured, MeasuringEngine } from '@datong/data-engine'
import { isAppError } from '@datong/kernel'
import { definitionOf } from './catalogue.ts'
import { withDefaults } from './parameters.ts'
import { all, any, not } from './parts.ts'
import type { Finding, Plan, Rule, RuleOutcome, UnmeasuredReason } from './rule.ts'
import type { Subject } from './subject.ts'

export interface EvaluationOptions {
  /** Most failing rows told of each rule; 100 when not set. */
  readonly sample?: number
  readonly signal?: AbortSignal
}

const SAMPLE = 100
/** A doubtful value is half right: its form is kept, one check fails or does not exist. */
const DOUBTFUL_FAULT = 0.5

type RowsPlan = Extract<Plan, { by: 'rows' }>

/**
 * Holds a version against rules, an outcome for each in their order. What the engine can count it counts for all rules together, in one
 * scan as far as rows are looked at one by one; what only code can check is streamed, without the values that are right for sure.
 * @throws what the engine throws, except that it refuses a rule's plan: then that rule says so
 */
export async function evaluateRules(rules: readonly Rule[], subject: Subject, engine: MeasuringEngine, options: EvaluationOptions = {}): Promise<RuleOutcome[]> {
  const given = rules.map((rule) => ({ ...rule, parameters: withDefaults(definitionOf(rule.rule).parameters, rule.parameters) }))
  const plans = given.map((rule) => definitionOf(rule.rule).plan(rule, subject))
  const measured = await measureAll(plans, subject, engine, options)
  const outcomes: RuleOutcome[] = []
  for (const [index, rule] of given.entries()) {
    const plan = plans[index]!
    const counts = measured[index]!
    if (plan.by === 'nothing') outcomes.push(unmeasured(rule, plan.reason))
    else if (plan.by === 'facts') outcomes.push(outcomeOf(rule, plan.finding))
    else if (counts === 'refused') outcomes.push(unmeasured(rule, 'engine-refused'))
    else if (plan.by === 'engine') outcomes.push(outcomeOf(rule, plan.judge?.(counts) ?? sum(counts)))
    else outcomes.push(outcomeOf(rule, await checkRows(plan, counts[0]?.checked ?? 0, subject, engine, options)))
  }
  return outcomes
}

/** One rule alone; for the preview of a rule that is being written. */
export async function evaluateRule(rule: Rule, subject: Subject, engine: MeasuringEngine, options: EvaluationOptions = {}): Promise<RuleOutcome> {
  const [outcome] = await evaluateRules([rule], subject, engine, options)
  return outcome! // one for each rule
}

/** What the engine is asked for a plan. Of checks by code it is asked how many values there are to check. */
function measuresOf(plan: Plan): readonly Measure[] {
  if (plan.by === 'engine') return plan.measures
  return plan.by === 'rows' ? [{ kind: 'rows', failed: any(), among: plan.among }] : []
}

/** All measures in one call; when the engine refuses it, each plan by itself, so that one bad rule does not silence the others. */
async function measureAll(plans: readonly Plan[], { version }: Subject, engine: MeasuringEngine, options: EvaluationOptions): Promise<(readonly Measured[] | 'refused')[]> {
  const asked = plans.map(measuresOf)
  const settings = { sample: options.sample ?? SAMPLE, ...(options.signal === undefined ? {} : { signal: options.signal }) }
  const measure = async (measures: readonly Measure[]): Promise<Measured[]> => (measures.length === 0 ? [] : engine.measure(version, measures, settings))
  try {
    const answers = await measure(asked.flat())
    let at = 0
    return asked.map((measures) => answers.slice(at, (at += measures.length)))
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  const answers: (readonly Measured[] | 'refused')[] = []
  for (const measures of asked) {
    answers.push(await measure(measures).catch((error: unknown) => {
      if (isRefusal(error)) return 'refused' as const
      throw error
    }))
  }
  return answers
}

const isRefusal = (error: unknown): boolean => isAppError(error) && error.code === 'data-engine/invalid-plan'

async function checkRows({ columns, among, surely, check }: RowsPlan, checked: number, { version }: Subject, engine: MeasuringEngine, options: EvaluationOptions): Promise<Finding> {
  const most = options.sample ?? SAMPLE
  const [sample, doubts]: [number[], number[]] = [[], []]
  let [failed, doubtful, skipped] = [0, 0, 0]
  for await (const rows of engine.rowsWhere(version, columns, all(among, not(surely)), options.signal)) {
    for (const [row, ...values] of rows) {
      const verdict = check(values)
      if (verdict === 'wrong') {
        failed++
        if (sample.length < most) sample.push(Number(row))
      } else if (verdict === 'doubtful') {
        doubtful++
        if (doubts.length < most) doubts.push(Number(row))
      } else if (verdict === 'skip') skipped++
    }
  }
  return { checked: checked - skipped, failed, doubtful, sample: failed > 0 ? sample : doubts }
}

function sum(measured: readonly Measured[]): Finding {
  const total = (key: 'checked' | 'failed' | 'doubtful'): number => measured.reduce((so, one) => so + one[key], 0)
  return { checked: total('checked'), failed: total('failed'), doubtful: total('doubtful'), sample: measured.flatMap(({ sample }) => sample) }
}

function outcomeOf({ rule, field }: Rule, { checked, failed, doubtful = 0, sample = [], params = {}, score }: Finding): RuleOutcome {
  if (checked === 0) return unmeasured({ rule, field, parameters: {} }, 'nothing-to-check')
  const share = Math.min(1, Math.max(0, 1 - (failed + DOUBTFUL_FAULT * doubtful) / checked))
  return { rule, field, dimension: definitionOf(rule).dimension, score: score ?? share, reason: null, checked, failed, doubtful, sample, params }
}

const unmeasured = ({ rule, field }: Rule, reason: UnmeasuredReason): RuleOutcome =>
  ({ rule, field, dimension: definitionOf(rule).dimension, score: null, reason, checked: 0, failed: 0, doubtful: 0, sample: [], params: {} })

/** Whether an outcome passes: not more than the tolerated share fails. What could not be measured neither passes nor fails: null. */
export const passes = ({ reason, checked, failed }: RuleOutcome, toleranceShare: number): boolean | null =>
  reason === null ? failed <= checked * toleranceShare : null
