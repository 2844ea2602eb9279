import { type Db, withTables } from '@datong/metadata-store'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { recordOf } from '../entry/entry-columns.ts'
import type { EntryRecord } from '../entry/entry.ts'
import type { CatalogTables } from '../tables.ts'
import type { Sight } from '../visibility.ts'
import { seen } from '../visibility-sql.ts'
import { conditionSql, type EntryCondition, type EntryFacet, type EntryOrder, facetSql, orderSql } from './entry-selection.ts'

/** A question by conditions of any shape, where `search` takes words and facets. */
export interface EntrySelection {
  readonly condition: EntryCondition
  readonly order: readonly EntryOrder[]
  /** What `score` is of. */
  readonly words: string
  readonly limit: number
  readonly offset: number
  readonly facets: readonly EntryFacet[]
  /** Formats of our own files, for the facet of formats. */
  readonly formats: readonly string[]
  /** Only what the portal shows, whoever asks. */
  readonly publicOnly: boolean
}

export interface SelectedEntries {
  readonly items: EntryRecord[]
  readonly total: number
  readonly facets: Partial<Record<EntryFacet, readonly { readonly value: string; readonly count: number }[]>>
}

/** Values of one facet that are counted out; there are more keywords than anybody reads. */
const MOST_FACET_VALUES = 10_000

/** SQL of selecting published entries by any conditions; what the caller may not see is neither listed nor counted. */
export function createSelectionStore(db: Db) {
  const tables = withTables<CatalogTables>(db)
  const whereOf = (condition: EntryCondition, sight: Sight, publicOnly: boolean): RawBuilder<SqlBool> =>
    sql<SqlBool>`${sql.join([sql<SqlBool>`state = 'published'`, ...seen(sight), ...(publicOnly ? seen({ kind: 'public' }) : []), conditionSql(condition)], sql` and `)}`

  return {
    async select({ condition, order, words, limit, offset, facets, formats, publicOnly }: EntrySelection, sight: Sight): Promise<SelectedEntries> {
      const where = whereOf(condition, sight, publicOnly)
      const [rows, { total }, counted] = await Promise.all([
        limit === 0 ? [] : tables.selectFrom('catalog.entry').selectAll().where(where).orderBy(sql`${orderSql(order, words)}`).limit(limit).offset(offset).execute(),
        tables.selectFrom('catalog.entry').select(sql<number>`count(*)::int`.as('total')).where(where).executeTakeFirstOrThrow(),
        Promise.all(facets.map(async (facet) => {
          const { value, from } = facetSql(facet, formats)
          const { rows: found } = await sql<{ value: string; count: number }>`select ${value} as value, count(*)::int as count from catalog.entry ${from} where ${where}
            group by 1 order by 2 desc, 1 limit ${MOST_FACET_VALUES}`.execute(db)
          return [facet, found] as const
        })),
      ])
      return { items: rows.map(recordOf), total, facets: Object.fromEntries(counted) }
    },

    /** Codes alone, in their order. */
    async codes({ condition, limit, offset, publicOnly }: Pick<EntrySelection, 'condition' | 'offset' | 'publicOnly'> & { readonly limit: number | null }, sight: Sight): Promise<string[]> {
      let query = tables.selectFrom('catalog.entry').select('code').where(whereOf(condition, sight, publicOnly)).orderBy('code').offset(offset)
      if (limit !== null) query = query.limit(limit)
      return (await query.execute()).map(({ code }) => code)
    },
  }
}
