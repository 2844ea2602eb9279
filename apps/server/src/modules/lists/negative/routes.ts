import { type NegativeItem, operations } from '@datong/contracts'
import { type Caller, holds, type Reach } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { actOnNegativeItem, addNegativeItem, type NegativeContext } from './negative-list.ts'
import type { NegativeRow } from './negative-store.ts'

const ownOf = (caller: Caller, reach: Reach): string | null => (reach === 'all' ? null : caller.organisation ?? '')

export function negativeRoutes(context: NegativeContext): Route[] {
  const { negatives, clock } = context
  const one = async (row: NegativeRow, caller: Caller) => (await viewItems(context, [row], caller))[0]! // one in, one out
  return [
    route(operations.listNegativeItems, async ({ query, caller, reach }) => {
      const { rows, ...page } = await negatives.page(query, ownOf(caller, reach), clock.now())
      return { items: await viewItems(context, rows, caller), ...page }
    }),
    route(operations.addNegativeItem, async ({ body, caller }) => one(await addNegativeItem(context, body, caller), caller)),
    route(operations.actOnNegativeItem, async ({ params, body, caller }) => one(await actOnNegativeItem(context, params.id, params.action, body, caller), caller)),
  ]
}

async function viewItems({ catalog, organisations, clock }: NegativeContext, rows: readonly NegativeRow[], caller: Caller): Promise<NegativeItem[]> {
  const entries = new Map((await catalog.findMany([...new Set(rows.map(({ entry_code }) => entry_code))])).map((entry) => [entry.code, entry]))
  return rows.map((row) => {
    const entry = entries.get(row.entry_code)
    const steward = holds(caller, 'steward')
    const own = holds(caller, 'provider') && caller.organisation === row.organisation
    return {
      id: row.id, department: organisations.ref(row.organisation), entry: { code: row.entry_code, title: entry?.title ?? row.entry_code, state: entry?.state ?? 'withdrawn' },
      fields: row.fields, against: row.against, ground: row.ground, legalBasis: row.legal_basis, state: row.state, reviewedAt: row.reviewed_at.toISOString(),
      reviewDueAt: row.review_due_at?.toISOString() ?? null, late: row.review_due_at !== null && row.review_due_at < clock.now(),
      allowedActions: row.state !== 'in-force' ? [] : [...(steward || own ? ['review' as const] : []), ...(steward ? ['lift' as const] : [])],
    }
  })
}
