import { type Db, withTables } from '@datong/metadata-store'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { CatalogTables } from '../tables.ts'
import { seen } from '../visibility-sql.ts'
import { recordOf } from './entry-columns.ts'
import type { EntryRecord } from './entry.ts'

/** Which published entries: what the portal shows, or what every department sees. */
export interface PublishedQuery {
  readonly audience: 'public' | 'departments'
  /** Only what changed at or after this moment. */
  readonly modifiedSince?: Date
  /** The last code of the page before. */
  readonly after?: string
  readonly limit: number
}

/** SQL of going through all that is published, for exports. */
export function createPublishedStore(db: Db) {
  const tables = withTables<CatalogTables>(db)

  const selected = ({ audience, modifiedSince }: Omit<PublishedQuery, 'limit'>): RawBuilder<SqlBool> => {
    const conditions = audience === 'public' ? seen({ kind: 'public' }) : [sql<SqlBool>`state = 'published'`, sql<SqlBool>`visibility <> 'named'`]
    if (modifiedSince !== undefined) conditions.push(sql<SqlBool>`changed_at >= ${modifiedSince}`)
    return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
  }

  return {
    /** A page in the order of codes, which never change: what is edited meanwhile is neither lost nor met twice. */
    async page({ after = '', limit, ...query }: PublishedQuery): Promise<EntryRecord[]> {
      const rows = await tables.selectFrom('catalog.entry').selectAll().where(selected(query)).where('code', '>', after).orderBy('code').limit(limit).execute()
      return rows.map(recordOf)
    },

    async count(query: Omit<PublishedQuery, 'limit' | 'after'>): Promise<number> {
      const { count } = await tables.selectFrom('catalog.entry').select(sql<number>`count(*)::int`.as('count')).where(selected(query)).executeTakeFirstOrThrow()
      return count
    },
  }
}
