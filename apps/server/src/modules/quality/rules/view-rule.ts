import type { operations, QualityRule, QualityRuleVersion, ResponseOf, RuleOutcomeView } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import { weightOf } from '../scores/pieces.ts'
import { STEPS } from './act-on-rule.ts'
import { namingOf } from './draft.ts'
import type { OutcomeRow } from './outcome-store.ts'
import type { RuleRow, RuleVersionRow } from './rule-store.ts'
import { mayKeep } from './sight.ts'

const MOST_OUTCOMES = 50

const viewOutcome = (row: Omit<OutcomeRow, 'sealed'>): RuleOutcomeView => {
  const { reason = null, ...params } = row.params
  return {
    version: row.version, ruleVersion: row.rule_version, verdict: row.verdict, checked: row.checked, failed: row.failed, doubtful: row.doubtful, score: row.score,
    reason: reason === null ? null : String(reason), params, kept: row.kept, checkedAt: row.checked_at.toISOString(),
  }
}

/** A rule as a reader sees it, with what it may do. */
function viewRule(context: Pick<QualityContext, 'catalog' | 'organisations'>, row: RuleRow, entry: EntryRecord, outcome: Omit<OutcomeRow, 'sealed'> | undefined, caller: Caller): QualityRule {
  const keeps = mayKeep(context, caller, entry)
  const steps = Object.entries(STEPS).flatMap(([action, { from }]) => (from.includes(row.state) ? [action as keyof typeof STEPS] : [])) // the record's own keys
  return {
    id: row.id, entryCode: entry.code, entryTitle: entry.title, organisation: context.organisations.ref(entry.organisation), kind: row.kind, dimension: row.dimension, ...contentOf(row), naming: namingOf(row),
    weight: weightOf(row), origin: row.origin, state: row.state, version: row.version, changedAt: row.changed_at.toISOString(), changedBy: row.changed_by, revision: row.revision,
    outcome: outcome === undefined ? null : viewOutcome(outcome),
    turned: row.turned,
    allowedActions: keeps && row.state !== 'retired' ? ['change', ...steps] : [],
  }
}

const contentOf = (row: RuleRow | RuleVersionRow) => ({
  title: row.title, field: row.field, parameters: row.parameters, severity: row.severity, toleranceShare: row.tolerance_share, note: row.note,
})

/** Rules in their order, each with what it found last; those of entries that the caller does not see are left out. */
export async function viewRules(context: QualityContext, rows: readonly RuleRow[], caller: Caller): Promise<QualityRule[]> {
  const codes = [...new Set(rows.map((row) => row.entry_code))]
  const visible = new Set(await context.catalog.visibleCodes(codes, caller))
  const entries = new Map((await context.catalog.findMany(codes)).map((entry) => [entry.code, entry]))
  const outcomes = await context.outcomes.newestOf(rows.map(({ id }) => id))
  return rows.flatMap((row) => {
    const entry = entries.get(row.entry_code)
    return entry === undefined || !visible.has(entry.code) ? [] : [viewRule(context, row, entry, outcomes.get(row.id), caller)]
  })
}

/** One rule with its versions and what it found in each version of the data. */
export async function viewWhole(context: QualityContext, row: RuleRow, entry: EntryRecord, caller: Caller): Promise<ResponseOf<typeof operations.getQualityRule>> {
  const outcomes = await context.outcomes.ofRule(row.id, MOST_OUTCOMES)
  const versions = await context.rules.versions(row.id)
  return { ...viewRule(context, row, entry, outcomes[0], caller), versions: versions.map((one, index) => viewVersion(one, versions[index + 1])), outcomes: outcomes.map(viewOutcome) }
}

const viewVersion = (row: RuleVersionRow, before: RuleVersionRow | undefined): QualityRuleVersion => ({
  version: row.version, ...contentOf(row), changedAt: row.changed_at.toISOString(), changedBy: row.changed_by, changes: before === undefined ? [] : changesOf(before, row),
})

/** What one version changed of the one before, parameter by parameter; a title that nobody wrote is none. */
function changesOf(before: RuleVersionRow, after: RuleVersionRow): QualityRuleVersion['changes'] {
  const parts = (row: RuleVersionRow) => new Map([
    ...Object.entries({ ...contentOf(row), parameters: undefined, title: row.title_typed ? row.title : undefined }).filter(([, value]) => value !== undefined).map(([name, value]): [string, string] => [`/${name}`, JSON.stringify(value)]),
    ...Object.entries(row.parameters).map(([name, value]): [string, string] => [`/parameters/${name}`, JSON.stringify(value)]),
  ])
  const [old, now] = [parts(before), parts(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((pointer) => {
    const [was, is] = [old.get(pointer) ?? null, now.get(pointer) ?? null]
    return was === is ? [] : [{ pointer, before: was, after: is }]
  })
}
