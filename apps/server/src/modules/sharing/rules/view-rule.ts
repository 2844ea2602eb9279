import type { Rule, RuleVersion } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import { STEPS } from './act-on-rule.ts'
import type { RulesContext } from './context.ts'
import { ruleEngine } from './engine.ts'
import type { RuleRow, VersionRow } from './rule-store.ts'
import { mayWrite } from './sight.ts'

type Content = Pick<RuleVersion, 'name' | 'priority' | 'effect' | 'reason' | 'legalBasis' | 'note' | 'conditions'>

const contentOf = (row: Omit<VersionRow, 'rule_id' | 'version'>): Content => ({
  name: row.name, priority: row.priority, effect: row.effect, reason: row.reason, legalBasis: row.legal_basis, note: row.note, conditions: row.conditions,
})

export async function viewRule(context: RulesContext, row: RuleRow, caller: Caller): Promise<Rule> {
  const engine = await ruleEngine()
  const actions = (['activate', 'retire'] as const).filter((action) => STEPS[action].may(caller, row.scope_organisation) && STEPS[action].fits(row))
  return {
    id: row.id, scope: row.scope_organisation === null ? null : context.organisations.ref(row.scope_organisation), state: row.state, version: row.version,
    activeVersion: row.active_version, ...contentOf(row), cedar: engine.text({ ...contentOf(row), scope: row.scope_organisation }),
    changedAt: row.changed_at.toISOString(), changedBy: row.changed_by, revision: row.revision,
    allowedActions: [...(mayWrite(caller, row.scope_organisation) ? ['change' as const] : []), ...actions],
  }
}

/** All versions, newest first, each with what it changed. */
export async function viewVersions(context: RulesContext, { id, scope_organisation: scope }: RuleRow): Promise<RuleVersion[]> {
  const engine = await ruleEngine()
  const rows = await context.rules.versions(id)
  return rows.map((row, index) => ({
    version: row.version, ...contentOf(row), cedar: engine.text({ ...contentOf(row), scope }), changedAt: row.changed_at.toISOString(), changedBy: row.changed_by,
    changes: changesOf(rows[index + 1], row),
  }))
}

/** What one version changed of the one before, as JSON; nothing for the first. */
function changesOf(before: VersionRow | undefined, after: VersionRow): RuleVersion['changes'] {
  if (before === undefined) return []
  const [old, now] = [new Map(partsOf(before)), new Map(partsOf(after))]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((pointer) => {
    const [was, is] = [old.get(pointer) ?? null, now.get(pointer) ?? null]
    return was === is ? [] : [{ pointer, before: was, after: is }]
  })
}

function partsOf(row: VersionRow): [pointer: string, json: string][] {
  const { conditions, ...rest } = contentOf(row)
  return [
    ...Object.entries(rest).map(([name, value]): [string, string] => [`/${name}`, JSON.stringify(value)]),
    ...conditions.map((condition, index): [string, string] => [`/conditions/${index}`, JSON.stringify(condition)]),
  ]
}
