import { type Duties, operations, type RulingView } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { requireInSight } from '../sight.ts'
import { actOnRule } from './act-on-rule.ts'
import type { RulesContext } from './context.ts'
import { describeAttributes } from './describe-attributes.ts'
import type { DutyRow } from './duty-store.ts'
import { replayRule } from './replay.ts'
import type { RulingRow } from './ruling-store.ts'
import { setDuties } from './set-duties.ts'
import { requireSeen, ruleSightOf } from './sight.ts'
import { viewRule, viewVersions } from './view-rule.ts'
import { changeRule, createRule } from './write-rule.ts'

export function ruleRoutes(context: RulesContext): Route[] {
  const { rules, rulings, duties } = context
  const oneRule = async (id: string, caller: Caller, reach: Reach) => {
    const row = requireSeen(await rules.find(id), ruleSightOf(caller, reach))
    return { ...(await viewRule(context, row, caller)), versions: await viewVersions(context, row) }
  }
  const viewDuties = (row: DutyRow): Duties => ({
    organisation: context.organisations.ref(row.organisation), purposes: row.purposes, words: row.words, revision: row.revision,
    changedAt: row.changed_at.toISOString(), changedBy: row.changed_by,
  })
  return [
    route(operations.describeRuleAttributes, async () => describeAttributes(context)),

    route(operations.listRules, async ({ query, caller, reach }) => {
      const { rows, nextCursor, total } = await rules.list(query, ruleSightOf(caller, reach))
      return { items: await Promise.all(rows.map((row) => viewRule(context, row, caller))), nextCursor, total }
    }),

    route(operations.getRule, async ({ params, caller, reach }) => oneRule(params.id, caller, reach)),

    route(operations.createRule, async ({ body, caller, reach }) => oneRule(await createRule(context, body, caller), caller, reach)),

    route(operations.changeRule, async ({ params, body, caller, reach }) => {
      await changeRule(context, params.id, body, caller, reach)
      return oneRule(params.id, caller, reach)
    }),

    route(operations.actOnRule, async ({ params, body, caller, reach }) => {
      await actOnRule(context, params.id, params.action, body, caller, reach)
      return oneRule(params.id, caller, reach)
    }),

    route(operations.replayRule, async ({ body, caller, reach }) => replayRule(context, body, caller, reach)),

    route(operations.getRuling, async ({ params, caller }) => {
      requireInSight(await rulings.findApplication(params.id), caller)
      const row = await rulings.find(params.id)
      if (row === undefined) throw new AppError('request/not-found')
      return viewRuling(row)
    }),

    route(operations.listDuties, async ({ caller, reach }) => ({
      items: (await duties.list()).filter(({ organisation }) => reach === 'all' || organisation === caller.organisation).map(viewDuties),
    })),

    route(operations.setDuties, async ({ params, body, caller }) => viewDuties(await setDuties(context, params.organisation, body, caller))),
  ]
}

const viewRuling = (row: RulingRow): RulingView => ({
  effect: row.effect, ground: row.ground,
  rule: row.rule_id === null || row.rule_version === null ? null : { id: row.rule_id, version: row.rule_version, name: row.rule_name ?? '' },
  reason: row.reason, legalBasis: row.legal_basis, conditions: row.conditions, at: row.at.toISOString(),
})
