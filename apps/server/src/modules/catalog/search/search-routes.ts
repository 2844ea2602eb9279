import { operations } from '@datong/contracts'
import { type Route, route } from '../../../platform/route.ts'
import type { CatalogContext } from '../context.ts'
import { summaryOf } from '../entry/view.ts'
import { sightOf } from '../visibility.ts'
import { addSearchWord, removeSearchWord } from './change-words.ts'
import { explain } from './explain.ts'
import type { Search } from './search.ts'
import { suggest } from './suggest.ts'

export function searchRoutes(context: CatalogContext, search: Search): Route[] {
  const { organisations } = context
  const listed = async () => ({ items: await search.words.list(), rebuilding: search.live.rebuilding })
  return [
    route(operations.searchEntries, async ({ caller, query }) => {
      const { items, facets, ...found } = await search.search(query, caller)
      return {
        ...found,
        items: items.map(({ entry, highlight }) => ({ ...summaryOf(entry, organisations), ...(highlight === undefined ? {} : { highlight }) })),
        facets: {
          ...facets,
          organisation: facets.organisation.map((facet) => ({ ...facet, label: organisations.ref(facet.value).name })),
          spatial: facets.spatial.map((facet) => ({ ...facet, label: context.divisionName?.(facet.value) ?? facet.value })),
        },
      }
    }),
    route(operations.suggestSearch, ({ caller, query }) => suggest({ live: search.live, popular: search.queries.popular, read: search.read }, query, sightOf(caller))),
    route(operations.listSearchWords, listed),
    route(operations.addSearchWord, ({ caller, body }) => addSearchWord(context, search.words, body, caller)),
    route(operations.removeSearchWord, async ({ caller, params }) => {
      await removeSearchWord(context, search.words, params.id, caller)
      return listed()
    }),
    route(operations.explainSearch, ({ query }) => explain(search.live, query.q, search.read)),
    route(operations.searchStatistics, async ({ query }) => search.queries.statistics(query.days ?? 30)),
  ]
}
