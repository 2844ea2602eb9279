import type { Caller } from '../../../platform/caller.ts'
import type { CatalogContext } from '../context.ts'
import { sightOf, type Sight } from '../visibility.ts'
import { figuresOf } from './figures.ts'
import { createIndexStore } from './index-store.ts'
import { LiveIndex } from './live-index.ts'
import { createQueryLog } from './query-log.ts'
import { asIndexQuery, asSelected } from './select-by-index.ts'
import { createSelectionStore, type EntrySelection, type SelectedEntries } from './selection-store.ts'
import { type FoundEntries, searchEntries, type SearchQuery } from './search-entries.ts'
import { createWordsStore } from './words-store.ts'

/** The room of searching: the index of this process, its words, and what was asked. */
export function createSearch(context: CatalogContext) {
  const { db, cursors, clock, log, organisations, entries } = context
  const words = createWordsStore(db)
  const queries = createQueryLog({ db, clock, log })
  const live = new LiveIndex({
    listen: context.search.listen, file: context.search.indexFile, entries: createIndexStore(db), words: words.all, log,
    organisationName: (code) => organisations.ref(code).name,
  })
  const selection = createSelectionStore(db)
  const read = (codes: readonly string[]) => entries.findMany(codes)
  return {
    live, words, queries, read,

    /** As `search`, for the platform's own questions: nobody asked, so nothing is counted. */
    find: (query: SearchQuery, sight: Sight): Promise<FoundEntries> => searchEntries({ live, cursors, read }, query, sight),

    async search(query: SearchQuery, caller: Caller): Promise<FoundEntries> {
      const found = await searchEntries({ live, cursors, read }, query, sightOf(caller))
      if (query.q !== undefined && query.cursor === undefined && query.offset === undefined) queries.note(query.q, found.match === 'all' ? found.total : 0)
      return found
    },

    /** Entries by conditions of any shape: from the index where it knows them, else by SQL. */
    async select(wanted: EntrySelection, sight: Sight): Promise<SelectedEntries> {
      const query = asIndexQuery(wanted)
      return query === null ? selection.select(wanted, sight) : asSelected(await searchEntries({ live, cursors, read }, query, sight), query, wanted.facets)
    },
    selectCodes: selection.codes,

    figures: (sight: Sight, since: Date) => figuresOf(live, sight, since),

    async start(): Promise<void> {
      await live.start()
      await queries.start()
    },

    async stop(): Promise<void> {
      await live.stop()
      await queries.stop().catch((error: unknown) => log.warn({ err: error }, 'counts of searches could not be written'))
    },
  }
}

export type Search = ReturnType<typeof createSearch>
