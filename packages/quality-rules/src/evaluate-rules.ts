import type { Measure, Measured, MeasuringEngine } from '@datong/data-engine'
import { isAppError } from '@datong/kernel'
import { definitionOf } from './catalogue.ts'
import { withDefaults } from './parameters.ts'
import { all, not } from './parts.ts'
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

/**
 * Holds a version against rules, an outcome for each in their order. What the engine can count it counts for all rules together, in one
 * scan as far as rows are looked at one by one; what only code can check is streamed, where there are values that are not right for sure.
 * @throws what the engine throws, except that it refuses a rule's plan: then that rule says so
 */
export async function evaluateRules(rules: readonly Rule[], subject: Subject, engine: MeasuringEngine, options: EvaluationOptions = {}): Promise<RuleOutcome[]> {
  const given = rules.map((rule) => ({ ...rule, parameters: withDefaults(definitionOf(rule.rule).parameters, rule.parameters) }))
  const plans = given.map((rule) => definitionOf(rule.rule).plan(rule, subject))
  const measured = await measureAll(plans, subject, engine, options)
  const checked = await checkRows(plans, measured, subject, engine, options)
  return given.map((rule, index) => {
    const plan = plans[index]!
    const counts = measured[index]!
    if (plan.by === 'nothing') return unmeasured(rule, plan.reason)
    if (plan.by === 'facts') return outcomeOf(rule, plan.finding)
    if (counts === 'refused') return unmeasured(rule, 'engine-refused')
    return outcomeOf(rule, plan.by === 'engine' ? plan.judge?.(counts) ?? sum(counts) : findingOf(counts, checked.get(index)))
  })
}

/** One rule alone; for the preview of a rule that is being written. */
export async function evaluateRule(rule: Rule, subject: Subject, engine: MeasuringEngine, options: EvaluationOptions = {}): Promise<RuleOutcome> {
  const [outcome] = await evaluateRules([rule], subject, engine, options)
  return outcome! // one for each rule
}

/** What the engine is asked for a plan. Of checks by code it is asked how many values there are to check, and whether all are right for sure. */
function measuresOf(plan: Plan): readonly Measure[] {
  if (plan.by === 'engine') return plan.measures
  return plan.by === 'rows' ? [{ kind: 'rows', failed: not(plan.surely), among: plan.among }] : []
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

/** What code found of the rows that came to it. */
interface Checked {
  failed: number
  doubtful: number
  skipped: number
  readonly wrong: number[]
  readonly doubted: number[]
}

/** Checks by code, for rules by their place: those of which the engine counted values that are not right for sure. */
async function checkRows(
  plans: readonly Plan[], measured: readonly (readonly Measured[] | 'refused')[], { version }: Subject, engine: MeasuringEngine, options: EvaluationOptions,
): Promise<ReadonlyMap<number, Checked>> {
  const most = options.sample ?? SAMPLE
  const asked = plans.flatMap((plan, index) => {
    const counts = measured[index]!
    const isOpen = plan.by === 'rows' && counts !== 'refused' && (counts[0]?.failed ?? 0) > 0
    return isOpen ? [{ plan, so: { failed: 0, doubtful: 0, skipped: 0, wrong: [], doubted: [] } satisfies Checked as Checked, index }] : []
  })
  if (asked.length === 0) return new Map()
  const questions = asked.map(({ plan: { columns, among, surely } }) => ({ columns, condition: all(among, not(surely)) }))
  for await (const { of, rows } of engine.rowsWhere(version, questions, options.signal)) {
    const { plan, so } = asked[of]! // the place of a question
    for (const [row, ...values] of rows) {
      const verdict = plan.check(values)
      if (verdict === 'wrong') {
        so.failed++
        if (so.wrong.length < most) so.wrong.push(Number(row))
      } else if (verdict === 'doubtful') {
        so.doubtful++
        if (so.doubted.length < most) so.doubted.push(Number(row))
      } else if (verdict === 'skip') so.skipped++
    }
  }
  return new Map(asked.map(({ index, so }) => [index, so]))
}

function findingOf(counts: readonly Measured[], so: Checked | undefined): Finding {
  const checked = counts[0]?.checked ?? 0
  if (so === undefined) return { checked, failed: 0 }
  const { failed, doubtful, skipped, wrong, doubted } = so
  return { checked: checked - skipped, failed, doubtful, sample: failed > 0 ? wrong : doubted }
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
