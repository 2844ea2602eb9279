import { Type, type Static } from 'typebox'
import { CalendarDate, EntryCode, Instant, Nullable, Words } from './common.ts'
import { operation } from './operation.ts'

/** From and to (exclusive) of what was found in a text, in UTF-16 units. */
const Ranges = Type.Array(Type.Tuple([Type.Integer(), Type.Integer()]))

/** Where a query stands in an entry's texts. */
export const HighlightSchema = Type.Object({
  title: Ranges,
  summary: Ranges,
  keywords: Type.Array(Ranges, { description: 'one list for each keyword' }),
  fields: Type.Array(Type.Object({ name: Type.String(), ranges: Ranges }), { description: 'fields whose name was found, at most 5' }),
})
export type Highlight = Static<typeof HighlightSchema>

/** How the list came about: all words; words near to them, because nothing has all as typed; some of the words. */
export const SEARCH_MATCHES = ['all', 'corrected', 'some'] as const

export const SEARCH_WORD_KINDS = ['word', 'synonym'] as const

export const SearchWordSchema = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum(SEARCH_WORD_KINDS, { description: '`word`: never cut apart; `synonym`: a group whose members find each other' }),
  phrases: Type.Array(Type.String()),
  shipped: Type.Boolean({ description: 'came with the platform' }),
  changedAt: Instant,
  changedBy: Type.String(),
})
export type SearchWord = Static<typeof SearchWordSchema>

const tag = 'catalog'
const Phrase = Words(40, 2)

export const catalogSearchOperations = {
  suggestSearch: operation({
    id: 'suggestSearch', method: 'GET', path: '/api/v1/catalog/suggestions', tag, access: 'anyone',
    summary: 'While typing: queries that many asked, and entries, by what is typed so far in characters, pinyin or initials',
    query: Type.Object({
      q: Words(100), audience: Type.Optional(Type.Enum(['public', 'departments'])), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 8 })),
    }),
    response: Type.Object({
      queries: Type.Array(Type.String()),
      entries: Type.Array(Type.Object({ code: EntryCode, title: Type.String(), ranges: Ranges })),
    }),
  }),
  listSearchWords: operation({
    id: 'listSearchWords', method: 'GET', path: '/api/v1/catalog/search-words', tag, access: { steward: 'all' },
    summary: 'The dictionary of the search: words of our own, and synonyms',
    response: Type.Object({ items: Type.Array(SearchWordSchema), rebuilding: Type.Boolean({ description: 'entries are being cut into words anew' }) }),
  }),
  addSearchWord: operation({
    id: 'addSearchWord', method: 'POST', path: '/api/v1/catalog/search-words', tag, access: { steward: 'all' }, status: 201,
    summary: 'Add a word or a group of synonyms; synonyms count at once, a word when all entries have been cut anew',
    body: Type.Object({ kind: Type.Enum(SEARCH_WORD_KINDS), phrases: Type.Array(Phrase, { minItems: 1, maxItems: 20, uniqueItems: true }) }),
    response: SearchWordSchema,
  }),
  removeSearchWord: operation({
    id: 'removeSearchWord', method: 'DELETE', path: '/api/v1/catalog/search-words/{id}', tag, access: { steward: 'all' },
    summary: 'Remove a word or a group of synonyms', params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
    response: Type.Object({ items: Type.Array(SearchWordSchema), rebuilding: Type.Boolean() }),
  }),
  explainSearch: operation({
    id: 'explainSearch', method: 'GET', path: '/api/v1/catalog/search-words/explanation', tag, access: { steward: 'all' },
    summary: 'How a query is understood, and why its first entries stand where they stand',
    query: Type.Object({ q: Words(1000) }),
    response: Type.Object({
      words: Type.Array(Type.Object({
        source: Type.String(),
        ways: Type.Array(Type.Object({ text: Type.String(), way: Type.Enum(['word', 'synonym', 'pinyin', 'beginning']), entries: Type.Integer() })),
      })),
      match: Type.Enum(SEARCH_MATCHES),
      didYouMean: Nullable(Type.String()),
      total: Type.Integer(),
      hits: Type.Array(Type.Object({
        code: EntryCode, title: Type.String(), score: Type.Number(),
        shares: Type.Array(Type.Object({ source: Type.String(), score: Type.Number() }), { description: 'what each word gave by itself' }),
      })),
    }),
  }),
  searchStatistics: operation({
    id: 'searchStatistics', method: 'GET', path: '/api/v1/catalog/search-statistics', tag, access: { steward: 'all', auditor: 'all', leader: 'all' },
    summary: 'What was searched for and what found nothing, counted by day without persons; what few asked is not shown',
    query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365, default: 30 })) }),
    response: Type.Object({
      from: CalendarDate,
      searches: Type.Integer(), withoutResult: Type.Integer(),
      top: Type.Array(Type.Object({ query: Type.String(), count: Type.Integer() })),
      nothingFound: Type.Array(Type.Object({ query: Type.String(), count: Type.Integer() })),
    }),
  }),
} as const
