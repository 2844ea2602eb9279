import { operations, type THEMES } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import { type Route, route } from '../../platform/route.ts'
import { actOnEntry } from './life-cycle/act-on-entry.ts'
import type { CatalogContext } from './context.ts'
import { editEntry } from './entry/edit-entry.ts'
import type { createSearchStore } from './search/search-store.ts'
import { summaryOf, viewOf } from './entry/view.ts'
import { requireVisible, sightOf } from './visibility.ts'

const WEEK_MS = 7 * 86_400_000

export function catalogRoutes(context: CatalogContext, search: ReturnType<typeof createSearchStore>): Route[] {
  const { entries, organisations, clock } = context
  return [
    route(operations.searchEntries, async ({ caller, query }) => {
      const found = await search.search(query, sightOf(caller))
      return {
        ...found,
        items: found.items.map((entry) => summaryOf(entry, organisations)),
        facets: {
          ...found.facets,
          organisation: found.facets.organisation.map((facet) => ({ ...facet, label: organisations.ref(facet.value).name })),
        },
      }
    }),

    route(operations.getEntry, async ({ caller, params }) =>
      viewOf(requireVisible(await entries.find(params.code), caller), caller, organisations)),

    route(operations.updateEntry, async ({ caller, params, body }) =>
      viewOf(await editEntry(context, params.code, body, caller), caller, organisations)),

    route(operations.actOnEntry, async ({ caller, params, body }) =>
      viewOf(await actOnEntry(context, params.code, params.action, body, caller), caller, organisations)),

    route(operations.entryHistory, async ({ caller, params, reach }) => {
      const entry = requireVisible(await entries.find(params.code), caller)
      if (reach !== 'all' && entry.organisation !== caller.organisation) throw new AppError('request/not-found')
      return { items: await entries.history(entry.code) }
    }),

    route(operations.catalogSummary, async ({ caller }) => {
      const now = clock.now()
      const figures = await search.figures(sightOf(caller), new Date(now.getTime() - WEEK_MS))
      // Themes are written only from the contract's list.
      const themes = figures.themes.map(({ theme, count }) => ({ value: theme as (typeof THEMES)[number], count }))
      return { ...figures, themes, asOf: chinaDay(now) }
    }),
  ]
}
