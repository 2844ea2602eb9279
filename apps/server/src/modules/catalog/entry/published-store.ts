import { type Db, withTables } from '@datong/metadata-store'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { CatalogTables } from '../tables.ts'
import { seen } from '../visibility-sql.ts'
import { RECORD_COLUMNS, recordOf } from './entry-columns.ts'
import type { EntryRecord } from './entry.ts'

/** Which published entries: what the portal shows, or what every department sees. */
export interface PublishedQuery {
  readonly audience: 'public' | 'departments'
  /** Only what changed at or after this moment. */
  readonly modifiedSince?: Date
  /** The last code of the page before. */
  readonly after?: string
  readonly limit: number
  /** Leaves the fields out, which are most of an entry: for formats that say nothing of them. */
  readonly withoutFields?: boolean
}

const WITHOUT_FIELDS = RECORD_COLUMNS.filter((column) => column !== 'fields')

/** SQL of going through all that is published, for exports. */
export function createPublishedStore(db: Db) {
  const tables = withTables<CatalogTables>(db)

  const selected = ({ audience, modifiedSince }: Pick<PublishedQuery, 'audience' | 'modifiedSince'>): RawBuilder<SqlBool> => {
    const conditions = audience === 'public' ? seen({ kind: 'public' }) : [sql<SqlBool>`state = 'published'`, sql<SqlBool>`visibility <> 'named'`]
    if (modifiedSince !== undefined) conditions.push(sql<SqlBool>`changed_at >= ${modifiedSince}`)
    return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
  }

  return {
    /** A page in the order of codes, which never change: what is edited meanwhile is neither lost nor met twice. */
    async page({ after = '', limit, withoutFields = false, ...query }: PublishedQuery): Promise<EntryRecord[]> {
      const page = tables.selectFrom('catalog.entry').where(selected(query)).where('code', '>', after).orderBy('code').limit(limit)
      if (!withoutFields) return (await page.select(RECORD_COLUMNS).execute()).map(recordOf)
      return (await page.select(WITHOUT_FIELDS).execute()).map((row) => recordOf({ ...row, fields: [] }))
    },

    async count(query: Pick<PublishedQuery, 'audience' | 'modifiedSince'>): Promise<number> {
      const { count } = await tables.selectFrom('catalog.entry').select(sql<number>`count(*)::int`.as('count')).where(selected(query)).executeTakeFirstOrThrow()
      return count
    },
  }
}
