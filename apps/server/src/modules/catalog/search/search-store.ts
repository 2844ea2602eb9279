import { type Db, withTables } from '@datong/metadata-store'
import type { operations, QueryOf } from '@datong/contracts'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { recordOf } from '../entry/entry-columns.ts'
import { containing, queryTerms } from './query-terms.ts'
import type { CatalogTables } from '../tables.ts'
import type { Sight } from '../visibility.ts'
import { seen } from '../visibility-sql.ts'

type SearchQuery = QueryOf<typeof operations.searchEntries>

const FACETS = {
  organisation: 'organisation', theme: 'theme', state: 'state', sharingType: 'sharing_type', openingType: 'opening_type', grade: 'grade',
} as const
type Facet = keyof typeof FACETS

export interface FoundEntries {
  readonly items: EntryRecord[]
  readonly nextCursor: string | null
  readonly total: number
  readonly facets: Record<Facet, { value: string; count: number }[]>
}

/** What each order sorts by; `code` breaks ties, so that paging never repeats or loses an entry. */
const ORDERS = {
  title: { by: sql`title collate "C"`, cast: 'text', descending: false },
  '-title': { by: sql`title collate "C"`, cast: 'text', descending: true },
  changedAt: { by: sql`extract(epoch from changed_at)::numeric`, cast: 'numeric', descending: false },
  '-changedAt': { by: sql`extract(epoch from changed_at)::numeric`, cast: 'numeric', descending: true },
  '-rowCount': { by: sql`coalesce(row_count, -1)`, cast: 'bigint', descending: true },
  '-stars': { by: sql`coalesce(stars, 0)`, cast: 'int', descending: true },
  code: { by: sql`code`, cast: 'text', descending: false },
} as const

/** SQL of searching; every list is filtered by what the caller may see before anything is counted. */
export function createSearchStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<CatalogTables>(db)

  return {
    async search(query: SearchQuery, sight: Sight): Promise<FoundEntries> {
      const { limit = 20, cursor, sort, ...selection } = query
      const terms = queryTerms(query.q ?? '')
      const order = orderOf(sort, terms)
      const conditions = [...seen(sight), ...selected(selection, sight), ...matching(terms)]
      const fingerprint = { selection, sort: sort ?? null, sight }

      let page = tables.selectFrom('catalog.entry').selectAll().select(sql<string>`(${order.by})::text`.as('sort_value')).where(allOf(conditions))
      if (cursor !== undefined) {
        const [value, code] = cursors.decode(fingerprint, cursor)
        const beyond = sql.raw(order.descending ? '<' : '>')
        const bound = sql`cast(${value} as ${sql.raw(order.cast)})`
        page = page.where(sql<SqlBool>`(${order.by} ${beyond} ${bound} or (${order.by} = ${bound} and code > ${code}))`)
      }
      const [rows, total, facets] = await Promise.all([
        page.orderBy(order.by, order.descending ? 'desc' : 'asc').orderBy('code').limit(limit + 1).execute(),
        tables.selectFrom('catalog.entry').select(sql<number>`count(*)::int`.as('count')).where(allOf(conditions)).executeTakeFirstOrThrow(),
        facetsOf(conditions),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        items: rows.slice(0, limit).map(recordOf),
        nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.sort_value, last.code]),
        total: total.count,
        facets,
      }
    },

    async figures(sight: Sight, weekAgo: Date) {
      const conditions = allOf(seen(sight))
      const [row, states, themes] = await Promise.all([
        tables.selectFrom('catalog.entry').where(conditions).select([
          sql<number>`count(*) filter (where state = 'published')::int`.as('published'),
          sql<number>`count(*) filter (where state = 'published' and opening_type = 'open')::int`.as('open'),
          sql<number>`count(distinct organisation) filter (where state = 'published')::int`.as('organisations'),
          sql<number>`coalesce(sum(row_count) filter (where state = 'published'), 0)::bigint`.as('rows'),
          sql<number>`count(*) filter (where published_at > ${weekAgo})::int`.as('newThisWeek'),
          sql<number>`count(*) filter (where state = 'published' and data_updated_at > ${weekAgo})::int`.as('updatedThisWeek'),
        ]).executeTakeFirstOrThrow(),
        tables.selectFrom('catalog.entry').where(conditions).select(['state', sql<number>`count(*)::int`.as('count')]).groupBy('state').execute(),
        tables.selectFrom('catalog.entry').where(conditions).where('state', '=', 'published')
          .select(['theme', sql<number>`count(*)::int`.as('count')]).groupBy('theme').orderBy('count', 'desc').execute(),
      ])
      return { ...row, states: Object.fromEntries(states.map(({ state, count }) => [state, count])), themes }
    },
  }

  async function facetsOf(conditions: RawBuilder<SqlBool>[]): Promise<FoundEntries['facets']> {
    const names = Object.entries(FACETS) as [Facet, (typeof FACETS)[Facet]][] // the record's own keys
    const counted = await Promise.all(
      names.map(async ([name, column]) => {
        const value = sql.ref(column)
        const rows = await tables.selectFrom('catalog.entry').where(allOf(conditions)).where(sql<SqlBool>`${value} is not null`)
          .select([sql<string>`${value}`.as('value'), sql<number>`count(*)::int`.as('count')])
          .groupBy(sql`${value}`).orderBy('count', 'desc').orderBy('value').execute()
        return [name, rows] as const
      }),
    )
    return Object.fromEntries(counted) as FoundEntries['facets'] // one element for each facet name
  }
}

const allOf = (conditions: RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`

function selected(query: Omit<SearchQuery, 'limit' | 'cursor' | 'sort'>, sight: Sight): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = []
  const { mine, audience } = query
  for (const [name, column] of Object.entries(FACETS) as [Facet, string][]) { // the record's own keys
    const value = query[name]
    if (value !== undefined) conditions.push(sql<SqlBool>`${sql.ref(column)} = ${value}`)
  }
  if (audience === 'public') conditions.push(...seen({ kind: 'public' }))
  if (audience === 'departments') conditions.push(sql<SqlBool>`state = 'published'`)
  if (mine === true) conditions.push(sight.kind === 'departments' ? sql<SqlBool>`organisation = ${sight.organisation}` : sql<SqlBool>`true`)
  return conditions
}

const matching = (terms: readonly string[]): RawBuilder<SqlBool>[] => terms.map((term) => sql<SqlBool>`search_text like ${containing(term)}`)

function orderOf(sort: SearchQuery['sort'], terms: readonly string[]): { by: RawBuilder<unknown>; cast: string; descending: boolean } {
  if (sort !== undefined && sort !== 'relevance') return ORDERS[sort]
  if (terms.length === 0) return ORDERS['-changedAt']
  const hits = terms.map((term) => sql`(case when lower(title) like ${containing(term)} then 4 else 0 end + case when array_to_string(keywords, ' ') like ${containing(term)} then 2 else 0 end)`)
  // Of two titles that hold all the words, the shorter is nearer to the question.
  return { by: sql`(${sql.join(hits, sql` + `)} + 1.0 / (1 + length(title)))::numeric(12, 6)`, cast: 'numeric', descending: true }
}
