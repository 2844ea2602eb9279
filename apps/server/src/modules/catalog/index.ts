import type { Actor, BodyOf, CatalogClockKind, EntryAction, operations } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import { type Bulk, createBulk } from './bulk/bulk.ts'
import { type ClockRow, type Clocks, createClocks } from './clocks/clocks.ts'
import { type ClockRecordOf, clockRecords, clocksOf, findClock } from './clocks/find-clock.ts'
import { recountClocks } from './clocks/recount-clocks.ts'
import { clockRoutes } from './clocks/routes.ts'
import { watchClocks, type Watched } from './clocks/watch-clocks.ts'
import { createClockWatch } from './clocks/watch-job.ts'
import { actOnEntry } from './life-cycle/act-on-entry.ts'
import type { CatalogContext, CatalogDeps } from './context.ts'
import { takeStars, takeSuggestions, takeVersion, useVersion } from './entry/describe-entry.ts'
import { draftEntry, type EntryDraft } from './entry/draft-entry.ts'
import { createPublishedStore, type PublishedQuery } from './entry/published-store.ts'
import { takeMapping } from './entry/take-mapping.ts'
import { editEntry } from './entry/edit-entry.ts'
import type { EntryRecord } from './entry/entry.ts'
import { createEntryStore, type PublishedEntry } from './entry/entry-store.ts'
import { type EntryImport, importEntry } from './entry/import-entry.ts'
import type { FollowingContext } from './following/context.ts'
import { feedRoutes } from './following/feeds.ts'
import { createFollowingStore } from './following/following-store.ts'
import { followingRoutes } from './following/routes.ts'
import { tellFollowers } from './following/tell-followers.ts'
import { owns } from './life-cycle/life-cycle.ts'
import { catalogMigration } from './migrations/20261122T0130-catalog.ts'
import { createClassificationStore } from './classification/classification-store.ts'
import { coreMetadataMigration } from './migrations/20261122T0310-core-metadata.ts'
import { classificationMigration } from './migrations/20261122T0311-classification.ts'
import { revisionsMigration } from './migrations/20261122T0312-revisions.ts'
import { createRevisionStore } from './revisions/revision-store.ts'
import { entryClocksMigration } from './migrations/20261122T0316-entry-clocks.ts'
import { followingMigration } from './migrations/20261122T0317-following.ts'
import { entryChangesMigration } from './migrations/20261122T0320-entry-changes.ts'
import { searchWordsMigration } from './migrations/20261122T0321-search-words.ts'
import { ticketClocksMigration } from './migrations/20261122T0425-ticket-clocks.ts'
import { attachedWordsMigration } from './migrations/20261122T0417-attached-words.ts'
import { bulkMigration } from './migrations/20261122T0360-bulk.ts'
import { catalogRoutes } from './routes.ts'
import type { FoundEntries, SearchQuery } from './search/search-entries.ts'
import { attachWords } from './search/attach-words.ts'
import type { QueryCount } from './search/query-log.ts'
import { createSearch } from './search/search.ts'
import { searchRoutes } from './search/search-routes.ts'
import type { EntrySelection, SelectedEntries } from './search/selection-store.ts'
import { takeMerger } from './take-merger.ts'
import { isVisible, requireVisible, sightOf } from './visibility.ts'

export { isPublic, mayBeGrantedTo } from './visibility.ts'

export { clockOf } from './clocks/clocks.ts'
export type { CatalogDeps } from './context.ts'
export type { EntryRecord } from './entry/entry.ts'
export type { EntryImport } from './entry/import-entry.ts'
export type { EntryCondition, EntryFacet, EntryOrder, SelectableInstant, SelectableText } from './search/entry-selection.ts'
export type { EntrySelection } from './search/selection-store.ts'
export type { PublishedEntry } from './entry/entry-store.ts'

export const catalogMigrations = [catalogMigration, coreMetadataMigration, classificationMigration, revisionsMigration, entryClocksMigration, followingMigration, entryChangesMigration, searchWordsMigration, attachedWordsMigration, bulkMigration, ticketClocksMigration]

/** The catalogue as other modules use it. */
export interface Catalog extends ServerModule {
  /** Makes an empty entry in the caller's transaction. */
  draft(trx: Trx, draft: EntryDraft): Promise<EntryRecord>
  /** The entry whoever asks; for the platform's own work. */
  find(code: string, trx?: Trx): Promise<EntryRecord | undefined>
  findMany(codes: readonly string[]): Promise<EntryRecord[]>
  /** What is published now, as far as its use and quality are judged. */
  publishedEntries(): Promise<PublishedEntry[]>
  /** A page of what is published, in the order of codes: those after `after`. For exports. */
  eachPublished(query: PublishedQuery): Promise<EntryRecord[]>
  /** Another text after any change of any entry, within a second; null while it is not known. */
  edition(): string | null
  countPublished(query: Pick<PublishedQuery, 'audience' | 'modifiedSince'>): Promise<number>
  /** Published entries that the caller may see, by conditions of any shape; slower than searching, and as exact as SQL. */
  select(selection: EntrySelection, caller: Caller): Promise<SelectedEntries>
  selectCodes(selection: Pick<EntrySelection, 'condition' | 'offset' | 'publicOnly'> & { readonly limit: number | null }, caller: Caller): Promise<string[]>
  /** Searches as the search of the portal and the console does, and counts it there. @throws AppError `catalog/search-not-ready` */
  search(query: SearchQuery, caller: Caller): Promise<FoundEntries>
  /** Resolves when the search knows everything that was committed before. */
  searchSettled(): Promise<void>
  /** What several asked for since a day (YYYY-MM-DD) and nobody found, most asked first; counted without persons. */
  searchesWithoutResult(from: string): Promise<readonly QueryCount[]>
  /** Says what words the attachments of an entry have; who sees the entry finds it by them. */
  attachWords(trx: Trx, code: string, words: string): Promise<void>
  /** Those of the codes that the caller may see. */
  visibleCodes(codes: readonly string[], caller: Caller): Promise<string[]>
  /** Creates or changes a whole description in one go, with its evidence; powers and completeness are the caller's to check. */
  importEntry(trx: Trx, description: EntryImport, actor: Actor): Promise<{ entry: EntryRecord; outcome: 'created' | 'changed' | 'same' }>
  /** Codes of all entries of a department. */
  codesOf(organisation: string): Promise<string[]>
  /** @throws AppError `request/not-found` alike for what does not exist and what may not be seen */
  requireVisible(code: string, caller: Caller): Promise<EntryRecord>
  /** As `requireVisible`, and only an entry of the caller's own department that he provides for. */
  requireOwned(code: string, caller: Caller): Promise<EntryRecord>
  isVisible(entry: EntryRecord, caller: Caller): boolean
  owns(caller: Caller, entry: EntryRecord): boolean
  edit(code: string, patch: BodyOf<typeof operations.updateEntry>, caller: Caller): Promise<EntryRecord>
  act(code: string, action: EntryAction, input: Partial<BodyOf<typeof operations.actOnEntry>>, caller: Caller): Promise<EntryRecord>
  /** The clocks of the catalogue and its lists, moved in the transaction of the step that moves them. */
  readonly clocks: Pick<Clocks, 'begin' | 'pause' | 'stop' | 'going' | 'extend'>
  findClock(id: string): Promise<ClockRow | undefined>
  /** Clocks of one kind that go, of many subjects. */
  clocksOf(kind: CatalogClockKind, subjectIds: readonly string[]): Promise<ClockRow[]>
  /** How departments kept clocks of these kinds since an instant. */
  clockRecords(kinds: readonly CatalogClockKind[], since: Date): Promise<ClockRecordOf[]>
  /** One round of the periodic job: clocks that begin, end and press, and withdrawals whose day is over. */
  watch(): Promise<Watched>
  /** Accounts that follow an entry. */
  followersOf(code: string): Promise<readonly string[]>
  /** One round of telling followers what changed. */
  tellFollowers(): ReturnType<typeof tellFollowers>
  /** Sheets of entries, for what has no route at hand. */
  readonly bulk: Pick<Bulk, 'context' | 'sweep'>
  /** Counts running clocks anew by the calendar as it is now. @returns how many ends moved, by department */
  recountClocks(): ReturnType<typeof recountClocks>
}

export function createCatalog(deps: CatalogDeps): Catalog {
  const entries = createEntryStore(deps.db, (code) => deps.organisations.ref(code).name)
  const clocks = createClocks(deps)
  const context: CatalogContext = { ...deps, entries, clocks, classification: createClassificationStore(deps.db), revisions: createRevisionStore(deps.db) }
  const publications = createPublishedStore(deps.db)
  const search = createSearch(context)

  const following: FollowingContext = {
    ...context, following: createFollowingStore(deps.db),
    newestOf: async (query, caller) => {
      await search.live.settled()
      return (await search.find({ ...query, exact: true, sort: '-changedAt', limit: 200 }, sightOf(caller))).items.map(({ entry }) => entry)
    },
  }
  const bulk = createBulk(context, search)
  const watch = createClockWatch(context, async () => {
    await tellFollowers(following)
    await bulk.sweep()
  })

  return {
    routes: [...catalogRoutes(context, search), ...searchRoutes(context, search), ...clockRoutes(context), ...followingRoutes(following), ...bulk.routes],
    plainRoutes: feedRoutes(following),
    async start() {
      await search.start()
      await watch.start()
      await bulk.start()
      await deps.events.subscribe('identity.organisation-merged', 'catalog', (event) => takeMerger(context, event))
      await deps.events.subscribe('collection.version-made', 'catalog', (event) => takeVersion(context, event))
      await deps.events.subscribe('collection.version-used', 'catalog', (event) => useVersion(context, event))
      await deps.events.subscribe('quality.version-rescored', 'catalog', (event) => takeStars(context, event))
      await deps.events.subscribe('protection.fields-graded', 'catalog', (event) => takeSuggestions(context, event))
      await deps.events.subscribe('standards.fields-mapped', 'catalog', (event) => takeMapping(context, event))
    },
    async stop() {
      await watch.stop()
      await search.stop()
    },
    search: (query, caller) => search.search(query, caller),
    searchSettled: () => search.live.settled(),
    searchesWithoutResult: (from) => search.queries.withoutResult(from),
    clocks,
    bulk,
    clocksOf: (kind, ids) => clocksOf(deps.db, kind, ids),
    clockRecords: (kinds, since) => clockRecords(deps.db, kinds, since, deps.clock.now()),
    findClock: (id) => findClock(deps.db, id),
    watch: () => watchClocks(context),
    followersOf: (code) => following.following.followersOf(code),
    tellFollowers: () => tellFollowers(following),
    recountClocks: () => recountClocks(context),
    draft: (trx, draft) => draftEntry(trx, context, draft),
    find: (code, trx) => entries.find(code, trx),
    findMany: (codes) => entries.findMany(codes),
    publishedEntries: () => entries.published(),
    eachPublished: (query) => publications.page(query),
    edition: () => search.live.edition,
    countPublished: (query) => publications.count(query),
    select: (query, caller) => search.select(query, sightOf(caller)),
    selectCodes: (query, caller) => search.selectCodes(query, sightOf(caller)),
    attachWords,
    visibleCodes: async (codes, caller) => {
      const sight = sightOf(caller)
      return (await entries.findMany(codes)).flatMap((entry) => (isVisible(entry, sight) ? [entry.code] : []))
    },
    importEntry: (trx, description, actor) => importEntry(trx, context, description, actor),
    codesOf: (organisation) => entries.codesOf(organisation),
    requireVisible: async (code, caller) => requireVisible(await entries.find(code), caller),
    requireOwned: async (code, caller) => {
      const entry = requireVisible(await entries.find(code), caller)
      return owns(caller, entry) ? entry : requireVisible(undefined, caller)
    },
    isVisible: (entry, caller) => isVisible(entry, sightOf(caller)),
    owns,
    edit: (code, patch, caller) => editEntry(context, code, patch, caller),
    act: (code, action, input, caller) => actOnEntry(context, code, action, input, caller),
  }
}
