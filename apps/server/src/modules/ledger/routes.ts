import { type LedgerItem, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import type { LedgerContext } from './deps.ts'
import { addItem, changeItem, mayEdit } from './save-item.ts'
import type { ItemRow } from './tables.ts'

export function ledgerRoutes(context: LedgerContext): Route[] {
  const { store } = context
  const ownOf = (caller: Caller, reach: Reach): string | null => (reach === 'all' ? null : (caller.organisation ?? ''))
  const one = async (row: ItemRow, caller: Caller): Promise<LedgerItem> => (await viewsOf(context, [row], caller))[0]! // one in, one out
  return [
    route(operations.listLedger, async ({ caller, reach, query }) => {
      const { rows, ...page } = await store.list(query, ownOf(caller, reach))
      return { ...page, items: await viewsOf(context, rows, caller) }
    }),
    route(operations.ledgerFigures, async ({ caller, reach, query }) => {
      const own = ownOf(caller, reach)
      if (own !== null && query.organisation !== undefined && query.organisation !== own) return { kinds: [] }
      return { kinds: await store.figures(own ?? query.organisation ?? null) }
    }),
    route(operations.addToLedger, async ({ caller, body }) => one(await addItem(context, body, caller), caller)),
    route(operations.getLedgerItem, async ({ caller, reach, params }) => {
      const row = await store.find(params.id)
      const own = ownOf(caller, reach)
      if (row === undefined || (own !== null && row.organisation !== own)) throw new AppError('request/not-found')
      return one(row, caller)
    }),
    route(operations.changeLedgerItem, async ({ caller, params, body }) => one(await changeItem(context, params.id, body, caller), caller)),
  ]
}

async function viewsOf({ store, catalog, organisations }: LedgerContext, rows: readonly ItemRow[], caller: Caller): Promise<LedgerItem[]> {
  const [codes, parents] = await Promise.all([store.entriesOf(rows.map(({ id }) => id)), store.findMany(rows.flatMap(({ part_of }) => part_of ?? []))])
  const entries = (await catalog.findMany([...new Set([...codes.values()].flat())])).filter((entry) => catalog.isVisible(entry, caller))
  const titles = new Map(entries.map(({ code, title }) => [code, title]))
  return rows.map((row) => {
    const parent = parents.find(({ id }) => id === row.part_of)
    const entryCodes = codes.get(row.id) ?? []
    return {
      id: row.id, kind: row.kind, name: row.name, description: row.description, organisation: organisations.ref(row.organisation), operator: row.operator,
      partOf: parent === undefined ? null : { id: parent.id, name: parent.name },
      entryCodes: mayEdit(caller, row.organisation) ? entryCodes : entryCodes.filter((code) => titles.has(code)),
      entries: entryCodes.flatMap((code) => (titles.has(code) ? [{ code, title: titles.get(code)! }] : [])), // just tested
      protectionLevel: row.protection_level, since: row.since, yearlyCost: row.yearly_cost === null ? null : Number(row.yearly_cost), capacity: row.capacity, used: row.used,
      unit: row.unit, state: row.state, changedAt: row.changed_at.toISOString(), changedBy: row.changed_by, revision: row.revision,
      allowedActions: mayEdit(caller, row.organisation) ? ['edit'] : [],
    }
  })
}
