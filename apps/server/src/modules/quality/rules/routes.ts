import { operations, type RuleKind } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { definitionOf, RULE_IDS, type RuleDefinition } from '@datong/quality-rules'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { queueCheck } from '../checking/check-job.ts'
import { failingRows } from '../checking/failing-rows.ts'
import { tryRule } from '../checking/try-rule.ts'
import type { QualityContext } from '../context.ts'
import { viewHold } from '../gate/view-hold.ts'
import { actOnRule } from './act-on-rule.ts'
import { mayKeep, overseen, requireKept, requireRule } from './sight.ts'
import { decideSuggestions, suggestionsFor } from './suggestions.ts'
import { viewRules, viewWhole } from './view-rule.ts'
import { changeRule, createRule } from './write-rule.ts'

export function ruleRoutes(context: QualityContext): Route[] {
  const whole = async (id: string, caller: Caller) => {
    const { rule, entry } = await requireRule(context, id, caller)
    return viewWhole(context, rule, entry, caller)
  }
  return [
    route(operations.listRuleKinds, async () => ({ items: RULE_IDS.map((id) => viewKind(definitionOf(id))) })),

    route(operations.listQualityRules, async ({ query, caller, reach }) => {
      const { rows, nextCursor, total } = await context.rules.list(query, await overseen(context, caller, reach, query.organisation))
      return { items: await viewRules(context, rows, caller), nextCursor, total }
    }),

    route(operations.listEntryRules, async ({ params, caller }) => {
      const entry = await context.catalog.requireVisible(params.code, caller)
      const [rows, current, gate, holds] = await Promise.all([
        context.rules.ofEntry(entry.code), context.collection.lake.current(entry.code), context.gates.gateOf(entry.code), context.gates.ofEntry(entry.code),
      ])
      const items = await viewRules(context, rows, caller)
      const keeps = mayKeep(context, caller, entry)
      return {
        items, gate, held: keeps ? await Promise.all(holds.map((hold) => viewHold(context, hold, caller))) : [], checkedVersion: current?.number ?? null, mayWrite: keeps,
        checking: current !== undefined && items.some(({ state, outcome, version }) => state === 'active' && outcome?.ruleVersion !== version),
      }
    }),

    route(operations.suggestRules, async ({ params, caller }) => suggestionsFor(context, await requireKept(context, params.code, caller))),

    route(operations.decideSuggestions, async ({ params, body, caller }) => ({ decided: await decideSuggestions(context, params, body.keys, caller) })),

    route(operations.createQualityRule, async ({ params, body, caller }) => whole(await createRule(context, params.code, body, caller), caller)),

    route(operations.tryQualityRule, async ({ params, body, caller, signal }) => tryRule(context, params.code, body, caller, signal)),

    route(operations.checkEntry, async ({ params, caller }) => {
      const entry = await requireKept(context, params.code, caller)
      const current = await context.collection.lake.current(entry.code)
      if (current === undefined) throw new AppError('quality/no-data')
      await inTransaction(context.db, (trx) => queueCheck(trx, context, entry.code))
      return { version: current.number }
    }),

    route(operations.getQualityRule, async ({ params, caller }) => whole(params.id, caller)),

    route(operations.changeQualityRule, async ({ params, body, caller }) => {
      await changeRule(context, params.id, body, caller)
      return whole(params.id, caller)
    }),

    route(operations.actOnQualityRule, async ({ params, body, caller }) => {
      await actOnRule(context, params.id, params.action, body, caller)
      return whole(params.id, caller)
    }),

    route(operations.listFailingRows, async ({ params, query, caller }) => failingRows(context, params.id, query.version, caller)),
  ]
}

const viewKind = ({ id, parameters, fieldTypes = [], ...rest }: RuleDefinition): RuleKind => ({
  kind: id, dimension: rest.dimension, titleZh: rest.titleZh, titleEn: rest.titleEn, aboutZh: rest.aboutZh, aboutEn: rest.aboutEn, source: rest.source, scope: rest.scope,
  fieldTypes: [...fieldTypes], severity: rest.severity, toleranceShare: rest.toleranceShare, weight: rest.weight,
  parameters: parameters.map((one) => ({
    name: one.name, kind: one.kind, required: one.required, default: one.default === null || typeof one.default !== 'object' ? one.default : [...one.default],
    options: [...(one.options ?? [])], minimum: one.minimum ?? null, maximum: one.maximum ?? null, of: one.of ?? null, titleZh: one.titleZh, titleEn: one.titleEn,
  })),
})
