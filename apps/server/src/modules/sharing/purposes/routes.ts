import { operations, type Purpose, type PurposeNeed } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { adviseFields } from './advise.ts'
import type { PurposesContext } from './context.ts'
import { knowledgeOf } from './knowledge.ts'
import type { PurposeRow } from './purpose-store.ts'
import { savePurpose } from './save-purpose.ts'
import { setNeeds } from './set-needs.ts'
import { needOf } from './weigh-need.ts'

export function purposeRoutes(context: PurposesContext): Route[] {
  const { purposes, catalog } = context
  const needs = async (purpose: PurposeRow, entryCode: string | null, caller: Caller): Promise<{ purpose: Purpose; items: PurposeNeed[] }> => {
    const entry = entryCode === null ? null : await catalog.requireVisible(entryCode, caller)
    const knowledge = await knowledgeOf(purposes, purpose.code, entry)
    const fields = entry === null ? [...knowledge.ofAny.keys()] : entry.fields.map(({ name }) => name)
    return { purpose: viewPurpose(purpose), items: fields.map((field) => needOf(field, knowledge)) }
  }
  return [
    route(operations.listPurposes, async ({ query }) =>
      ({ items: (await purposes.list()).filter(({ state }) => query.state === undefined || state === query.state).map(viewPurpose) })),

    route(operations.savePurpose, async ({ params, body, caller }) => viewPurpose(await savePurpose(context, params.code, body, caller))),

    route(operations.getPurposeNeeds, async ({ params, query, caller }) => {
      const purpose = await purposes.find(params.code)
      if (purpose === undefined) throw new AppError('request/not-found')
      return needs(purpose, query.entryCode ?? null, caller)
    }),

    route(operations.setPurposeNeeds, async ({ params, body, caller }) => needs(await setNeeds(context, params.code, body, caller), body.entryCode, caller)),

    route(operations.adviseFields, async ({ body, caller }) => adviseFields(context, body, caller)),
  ]
}

const viewPurpose = (row: PurposeRow): Purpose => ({
  code: row.code, name: row.name, nameEn: row.name_en, legalBasis: row.legal_basis, description: row.description, words: row.words, state: row.state,
  revision: row.revision, changedAt: row.changed_at.toISOString(),
})
