import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import type { CollectionContext } from '../context.ts'
import { checkView, showView } from './show-view.ts'
import type { ViewRow } from './tables.ts'
import { actOnView, changeView, createView } from './view-commands.ts'

/** Views belong to the department that made them; steward and auditor look on. */
export function viewRoutes(context: CollectionContext): Route[] {
  const show = async (row: ViewRow) => showView(context, row, await context.views.versionsOf([row.id]))
  const within = (caller: Caller, reach: Reach): string | null => (reach === 'all' ? null : (caller.organisation ?? ''))

  return [
    route(operations.listViews, async ({ query, caller, reach }) => {
      const { rows, nextCursor } = await context.views.list(query, within(caller, reach))
      const definitions = await context.views.versionsOf(rows.map(({ id }) => id))
      return { items: await Promise.all(rows.map((row) => showView(context, row, definitions))), nextCursor }
    }),
    route(operations.checkView, async ({ body, caller }) => {
      if (caller.organisation === null) throw new AppError('request/not-found')
      return checkView(context, body, caller.organisation)
    }),
    route(operations.createView, async ({ body, caller }) => show(await createView(context, body, caller))),
    route(operations.getView, async ({ params, caller, reach }) => {
      const entry = await context.catalog.requireVisible(params.code, caller)
      const row = await context.views.ofEntry(entry.code)
      if (row === undefined || (reach !== 'all' && row.organisation !== caller.organisation)) throw new AppError('request/not-found')
      return show(row)
    }),
    route(operations.changeView, async ({ params, body, caller }) => show(await changeView(context, params.code, body, caller))),
    route(operations.actOnView, async ({ params, body, caller }) => show(await actOnView(context, params.code, params.action, body.reason, caller))),
  ]
}
