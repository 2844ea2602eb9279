import { Type, type Static } from 'typebox'
import { catalogOperations, ENTRY_STATES } from './catalog.ts'
import { EntryCode, Id, Instant, Nullable, OrganisationRef, Words } from './common.ts'
import { operation } from './operation.ts'

/** What a follower is told of. */
export const NEWS_KINDS = ['published', 'data', 'fields', 'description', 'late', 'ending', 'kept', 'withdrawn'] as const
export type NewsKind = (typeof NEWS_KINDS)[number]

export const FollowedEntrySchema = Type.Object({
  code: EntryCode,
  title: Type.String(),
  organisation: OrganisationRef,
  state: Nullable(Type.Enum(ENTRY_STATES), 'null: it cannot be seen any more'),
  since: Instant,
  paused: Type.Boolean(),
  latest: Nullable(Type.Object({ at: Instant, kinds: Type.Array(Type.Enum(NEWS_KINDS)) })),
})
export type FollowedEntry = Static<typeof FollowedEntrySchema>

/** What a search asks for, without its paging and order. */
export const SavedQuery = Type.Omit(catalogOperations.searchEntries.query!, ['limit', 'cursor', 'sort', 'offset', 'exact']) // it has one
export const SavedSearchSchema = Type.Object({
  id: Id, name: Type.String(), query: Type.Record(Type.String(), Type.Unknown()), since: Instant, paused: Type.Boolean(), lastToldOn: Nullable(Type.String()),
})
export type SavedSearch = Static<typeof SavedSearchSchema>

const tag = 'following'
const Code = Type.Object({ code: EntryCode })
const Search = Type.Object({ id: Id })

export const followingOperations = {
  listFollowing: operation({
    id: 'listFollowing', method: 'GET', path: '/api/v1/following', tag, access: 'signed-in', summary: 'Entries that the caller follows, and searches that he saved',
    response: Type.Object({ entries: Type.Array(FollowedEntrySchema), searches: Type.Array(SavedSearchSchema) }),
  }),
  followEntry: operation({
    id: 'followEntry', method: 'PUT', path: '/api/v1/following/entries/{code}', tag, access: 'signed-in',
    summary: 'Follow an entry, pause or go on: its changes are told by notices, at most once a day', params: Code,
    body: Type.Object({ paused: Type.Optional(Type.Boolean()) }), response: Type.Object({ following: Type.Boolean() }),
  }),
  unfollowEntry: operation({
    id: 'unfollowEntry', method: 'DELETE', path: '/api/v1/following/entries/{code}', tag, access: 'signed-in', summary: 'Follow an entry no more', params: Code,
    response: Type.Object({ following: Type.Boolean() }),
  }),
  saveSearch: operation({
    id: 'saveSearch', method: 'POST', path: '/api/v1/following/searches', tag, access: 'signed-in', status: 201,
    summary: 'Keep a search with its facets: what it finds anew is told by a notice, at most once a day',
    body: Type.Object({ name: Words(80), query: SavedQuery }), response: SavedSearchSchema,
  }),
  changeSavedSearch: operation({
    id: 'changeSavedSearch', method: 'PATCH', path: '/api/v1/following/searches/{id}', tag, access: 'signed-in', summary: 'Rename, pause or go on with a saved search',
    params: Search, body: Type.Partial(Type.Object({ name: Words(80), paused: Type.Boolean() })), response: SavedSearchSchema,
  }),
  deleteSavedSearch: operation({
    id: 'deleteSavedSearch', method: 'DELETE', path: '/api/v1/following/searches/{id}', tag, access: 'signed-in', summary: 'Forget a saved search', params: Search,
    response: Type.Object({ deleted: Type.Boolean() }),
  }),
} as const
