import { AppError } from '@datong/kernel'
import { type Db, sqlState, withTables } from '@datong/metadata-store'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { createGate } from '../../../platform/gate.ts'
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
/** Of one statement. */
const MOST_MS = 5_000
const AT_ONCE = 4
const MOST_WAITING = 50
const QUERY_CANCELED = '57014'

/** SQL of selecting published entries by any conditions; what the caller may not see is neither listed nor counted. */
export function createSelectionStore(db: Db) {
  const tables = withTables<CatalogTables>(db)
  const gate = createGate({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING })
  const whereOf = (condition: EntryCondition, sight: Sight, publicOnly: boolean): RawBuilder<SqlBool> =>
    sql<SqlBool>`${sql.join([sql<SqlBool>`state = 'published'`, ...seen(sight), ...(publicOnly ? seen({ kind: 'public' }) : []), conditionSql(condition)], sql` and `)}`

  return {
    async select({ condition, order, words, limit, offset, facets, formats, publicOnly }: EntrySelection, sight: Sight): Promise<SelectedEntries> {
      const where = whereOf(condition, sight, publicOnly)
      // Patterns over all texts cost what they cost: one connection for a question, for so long, and few questions at once.
      return gate.run(() => tables.transaction().setAccessMode('read only').execute(async (trx) => {
        await sql`set local statement_timeout = ${sql.lit(MOST_MS)}`.execute(trx)
        const rows = limit === 0 ? [] : await trx.selectFrom('catalog.entry').selectAll().where(where).orderBy(sql`${orderSql(order, words)}`).limit(limit).offset(offset).execute()
        const { total } = await trx.selectFrom('catalog.entry').select(sql<number>`count(*)::int`.as('total')).where(where).executeTakeFirstOrThrow()
        const counted: [EntryFacet, { value: string; count: number }[]][] = []
        for (const facet of facets) {
          const { value, from } = facetSql(facet, formats)
          const { rows: found } = await sql<{ value: string; count: number }>`select ${value} as value, count(*)::int as count from catalog.entry ${from} where ${where}
            group by 1 order by 2 desc, 1 limit ${MOST_FACET_VALUES}`.execute(trx)
          counted.push([facet, found])
        }
        return { items: rows.map(recordOf), total, facets: Object.fromEntries(counted) }
      })).catch((error: unknown) => {
        throw sqlState(error) === QUERY_CANCELED ? new AppError('request/overloaded', {}, [], { cause: error }) : error
      })
    },

    /** Codes alone, in their order. */
    async codes({ condition, limit, offset, publicOnly }: Pick<EntrySelection, 'condition' | 'offset' | 'publicOnly'> & { readonly limit: number | null }, sight: Sight): Promise<string[]> {
      let query = tables.selectFrom('catalog.entry').select('code').where(whereOf(condition, sight, publicOnly)).orderBy('code').offset(offset)
      if (limit !== null) query = query.limit(limit)
      return (await query.execute()).map(({ code }) => code)
    },
  }
}
