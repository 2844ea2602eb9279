import { operations, type THEMES } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import { classificationRoutes } from './classification/classification-routes.ts'
import type { CatalogContext } from './context.ts'
import { draftEntry } from './entry/draft-entry.ts'
import { editEntry } from './entry/edit-entry.ts'
import type { EntryRecord } from './entry/entry.ts'
import { viewOf } from './entry/view.ts'
import { actOnEntry } from './life-cycle/act-on-entry.ts'
import { relatedEntries, withSeenRelations } from './relations/related-entries.ts'
import { revisionRoutes } from './revisions/revision-routes.ts'
import type { Search } from './search/search.ts'
import { requireVisible, sightOf } from './visibility.ts'

const WEEK_MS = 7 * 86_400_000

export function catalogRoutes(context: CatalogContext, search: Pick<Search, 'figures'>): Route[] {
  const { entries, organisations, clock } = context
  const shown = async (entry: EntryRecord, caller: Caller) => viewOf(await withSeenRelations(context, entry, caller), caller, organisations)

  return [
    route(operations.createEntry, async ({ caller, body }) => {
      const organisation = caller.organisation
      if (organisation === null) throw new AppError('access/forbidden', { operation: 'createEntry' })
      const entry = await inTransaction(context.db, (trx) => draftEntry(trx, context, { ...body, title: body.title.trim(), organisation, actor: caller.actor }))
      return shown(entry, caller)
    }),

    route(operations.getEntry, async ({ caller, params }) => shown(requireVisible(await entries.find(params.code), caller), caller)),

    route(operations.updateEntry, async ({ caller, params, body }) => shown(await editEntry(context, params.code, body, caller), caller)),

    route(operations.actOnEntry, async ({ caller, params, body }) => shown(await actOnEntry(context, params.code, params.action, body, caller), caller)),

    route(operations.entryHistory, async ({ caller, params, reach }) => {
      const entry = requireVisible(await entries.find(params.code), caller)
      if (reach !== 'all' && entry.organisation !== caller.organisation) throw new AppError('request/not-found')
      return { items: await entries.history(entry.code) }
    }),

    route(operations.listRelatedEntries, async ({ caller, params }) =>
      ({ items: await relatedEntries(context, requireVisible(await entries.find(params.code), caller), caller) })),

    route(operations.catalogSummary, async ({ caller }) => {
      const now = clock.now()
      const figures = search.figures(sightOf(caller), new Date(now.getTime() - WEEK_MS))
      // Themes are written only from the contract's list.
      const themes = figures.themes.map(({ theme, count }) => ({ value: theme as (typeof THEMES)[number], count }))
      return { ...figures, themes, asOf: chinaDay(now) }
    }),

    ...classificationRoutes(context),
    ...revisionRoutes(context),
  ]
}
