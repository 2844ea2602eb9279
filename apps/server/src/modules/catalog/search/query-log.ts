import { fold } from '@datong/catalog-search'
import { type Clock, chinaDay } from '@datong/kernel'
import { type Db, type Log, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'

interface QueryTables {
  'catalog.search_day': { day: string; query: string; asked: number; without_result: number }
}

export interface QueryCount {
  readonly query: string
  readonly count: number
}

const FLUSH_MS = 5_000
const LONGEST = 60
const MOST_WAITING = 10_000
const KEPT_DAYS = 400
/** What fewer asked may be somebody's own affair, and is not shown. */
const SHOWN_FROM = 3
const POPULAR_DAYS = 30
const POPULAR_KEPT_MS = 60_000
const DAY_MS = 86_400_000

/** Numbers of persons, telephones and plates are nobody's business but the searcher's. */
const isPrivate = (query: string): boolean => /\d{7,}|[@]/.test(query) || query.length > LONGEST

/** Counts what was searched for, by day and without persons; written in portions. */
export function createQueryLog({ db, clock, log }: { readonly db: Db; readonly clock: Clock; readonly log: Pick<Log, 'warn'> }) {
  const tables = withTables<QueryTables>(db)
  let waiting = new Map<string, { asked: number; without: number }>()
  let timer: NodeJS.Timeout | undefined
  let popular: { at: number; queries: Promise<string[]> } | undefined
  const dayBefore = (days: number): string => chinaDay(new Date(clock.now().getTime() - days * DAY_MS))

  const flush = async (): Promise<void> => {
    const counts = [...waiting]
    waiting = new Map()
    if (counts.length === 0) return
    const day = chinaDay(clock.now())
    await tables.insertInto('catalog.search_day')
      .values(counts.sort(([a], [b]) => (a < b ? -1 : 1)).map(([query, { asked, without }]) => ({ day, query, asked, without_result: without })))
      .onConflict((conflict) => conflict.columns(['day', 'query']).doUpdateSet({
        asked: sql`search_day.asked + excluded.asked`, without_result: sql`search_day.without_result + excluded.without_result`,
      })).execute()
  }
  const since = async (from: string, column: 'asked' | 'without_result', most: number): Promise<QueryCount[]> =>
    tables.selectFrom('catalog.search_day').where('day', '>=', from).groupBy('query')
      .select(['query', sql<number>`sum(${sql.ref(column)})::int`.as('count')]).having(sql<number>`sum(${sql.ref(column)})`, '>=', SHOWN_FROM)
      .orderBy('count', 'desc').orderBy('query').limit(most).execute()

  return {
    note(query: string, total: number): void {
      const folded = fold(query).trim().replace(/\s+/g, ' ')
      if (folded === '' || isPrivate(folded) || (waiting.size >= MOST_WAITING && !waiting.has(folded))) return
      const counts = waiting.get(folded) ?? { asked: 0, without: 0 }
      waiting.set(folded, { asked: counts.asked + 1, without: counts.without + (total === 0 ? 1 : 0) })
    },

    flush,

    /** Queries of the last month that found something, most asked first. */
    popular(): Promise<string[]> {
      if (popular === undefined || performance.now() - popular.at > POPULAR_KEPT_MS) {
        const queries = tables.selectFrom('catalog.search_day').where('day', '>=', dayBefore(POPULAR_DAYS)).groupBy('query').select('query')
          .having(sql<number>`sum(asked)`, '>=', SHOWN_FROM).having(sql<boolean>`sum(without_result) < sum(asked)`)
          .orderBy(sql`sum(asked)`, 'desc').limit(500).execute().then((rows) => rows.map(({ query }) => query))
        popular = { at: performance.now(), queries }
        queries.catch(() => (popular = undefined))
      }
      return popular.queries
    },

    async statistics(days: number) {
      const from = dayBefore(days - 1)
      const [sums, top, nothingFound] = await Promise.all([
        tables.selectFrom('catalog.search_day').where('day', '>=', from)
          .select([sql<number>`coalesce(sum(asked), 0)::int`.as('searches'), sql<number>`coalesce(sum(without_result), 0)::int`.as('withoutResult')]).executeTakeFirstOrThrow(),
        since(from, 'asked', 50), since(from, 'without_result', 50),
      ])
      return { from, ...sums, top, nothingFound }
    },

    /** What several asked for and nobody found, since a day (YYYY-MM-DD). */
    withoutResult: (from: string, most = 200): Promise<QueryCount[]> => since(from, 'without_result', most),

    async start(): Promise<void> {
      await tables.deleteFrom('catalog.search_day').where('day', '<', dayBefore(KEPT_DAYS)).execute()
      timer = setInterval(() => void flush().catch((error: unknown) => log.warn({ err: error }, 'counts of searches could not be written')), FLUSH_MS)
      timer.unref()
    },

    async stop(): Promise<void> {
      clearInterval(timer)
      await flush()
    },
  }
}
