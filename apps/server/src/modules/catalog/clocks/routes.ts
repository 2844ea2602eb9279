import { operations } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import { type Route, route } from '../../../platform/route.ts'
import type { CatalogContext } from '../context.ts'
import { actOnClocks } from './act-on-clocks.ts'
import { readClocks, viewRow } from './board.ts'
import { catalogLimits } from './limits.ts'
import { reportChange } from './report-change.ts'

export function clockRoutes(context: CatalogContext): Route[] {
  return [
    route(operations.listEntryClocks, async ({ query, caller, reach }) => readClocks(context, query, caller, reach)),
    route(operations.actOnEntryClocks, async ({ params, body, caller }) => actOnClocks(context, params.action, body, caller)),
    route(operations.reportEntryChange, async ({ params, body, caller }) => viewRow(context, await reportChange(context, params.code, body, caller), caller)),
    route(operations.listCatalogLimits, async () => ({ items: await catalogLimits.read(context.db) })),
    route(operations.setCatalogLimits, async ({ body, caller: { actor } }) => ({
      items: await inTransaction(context.db, (trx) => catalogLimits.change(trx, body, { actor, at: context.clock.now() }, ({ key, title, detail }) => context.evidence.record(trx, {
        chain: 'decision', action: 'catalog.limits.changed', actor, parties: [], subject: { type: 'catalog-limit', id: key, title }, detail,
      }))),
    })),
  ]
}
