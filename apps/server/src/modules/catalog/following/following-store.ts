import { type Db, withTables } from '@datong/metadata-store'
import { type JSONColumnType, type Selectable, sql, type SqlBool } from 'kysely'

interface FollowTable {
  account_id: string
  code: string
  since: Date
  paused: boolean
  /** The newest revision that was told of. */
  told_until: number
  told_at: Date
  told_on: string | null
}

interface SavedSearchTable {
  id: string
  account_id: string
  name: string
  query: JSONColumnType<Record<string, unknown>>
  since: Date
  paused: boolean
  seen_until: Date
  told_on: string | null
}

export type FollowRow = Selectable<FollowTable>
export type SavedSearchRow = Selectable<SavedSearchTable>

interface FollowingTables {
  'catalog.follow': FollowTable
  'catalog.saved_search': SavedSearchTable
}

/** SQL of what people follow; each row is one person's. */
export function createFollowingStore(db: Db) {
  const tables = withTables<FollowingTables>(db)
  return {
    entriesOf: (accountId: string): Promise<FollowRow[]> => tables.selectFrom('catalog.follow').selectAll().where('account_id', '=', accountId).orderBy('since', 'desc').limit(500).execute(),

    async followersOf(code: string): Promise<string[]> {
      const rows = await tables.selectFrom('catalog.follow').select('account_id').where('code', '=', code).where('paused', '=', false).execute()
      return rows.map(({ account_id }) => account_id)
    },

    async countOf(accountId: string): Promise<number> {
      const [follows, searches] = await Promise.all((['catalog.follow', 'catalog.saved_search'] as const).map((table) =>
        tables.selectFrom(table).select(sql<number>`count(*)::int`.as('count')).where('account_id', '=', accountId).executeTakeFirstOrThrow()))
      return (follows?.count ?? 0) + (searches?.count ?? 0)
    },

    async follow(accountId: string, code: string, at: Date, revision: number, paused: boolean | undefined): Promise<void> {
      const row = { account_id: accountId, code, since: at, paused: paused ?? false, told_until: revision, told_at: at }
      await tables.insertInto('catalog.follow').values(row).onConflict((conflict) => conflict.columns(['account_id', 'code'])
        // Who goes on is told of what comes from now on.
        .doUpdateSet(paused === undefined ? { account_id: accountId } : { paused, told_until: revision, told_at: at })).execute()
    },

    async unfollow(accountId: string, code: string): Promise<void> {
      await tables.deleteFrom('catalog.follow').where('account_id', '=', accountId).where('code', '=', code).execute()
    },

    /** Follows whose entry has revisions or a late update that were not told of, and that were not told of today. */
    async restless(today: string, limit: number): Promise<(FollowRow & { late: boolean })[]> {
      const late = sql<SqlBool>`exists (select from catalog.clock c where c.subject_type = 'entry' and c.subject_id = f.code and c.kind = 'cycle' and c.late_told_at > f.told_at)`
      return tables.selectFrom('catalog.follow as f').selectAll('f').select(late.as('late')).where('paused', '=', false)
        .where(sql<SqlBool>`(told_on is null or told_on < ${today})`)
        .where(sql<SqlBool>`(exists (select from catalog.entry_revision r where r.code = f.code and r.revision > f.told_until) or ${late})`).limit(limit).execute() as Promise<(FollowRow & { late: boolean })[]> // SqlBool is a boolean here
    },

    async toldOf({ account_id, code }: FollowRow, revision: number, at: Date, on: string | null): Promise<void> {
      await tables.updateTable('catalog.follow').set({ told_until: revision, told_at: at, ...(on === null ? {} : { told_on: on }) })
        .where('account_id', '=', account_id).where('code', '=', code).execute()
    },

    searchesOf: (accountId: string): Promise<SavedSearchRow[]> => tables.selectFrom('catalog.saved_search').selectAll().where('account_id', '=', accountId).orderBy('since', 'desc').execute(),

    async save(row: Omit<SavedSearchRow, 'paused' | 'told_on' | 'seen_until'>): Promise<SavedSearchRow> {
      return tables.insertInto('catalog.saved_search').values({ ...row, paused: false, query: JSON.stringify(row.query), seen_until: row.since }).returningAll().executeTakeFirstOrThrow()
    },

    async change(accountId: string, id: string, change: Partial<Pick<SavedSearchRow, 'name' | 'paused' | 'seen_until'>>): Promise<SavedSearchRow | undefined> {
      return tables.updateTable('catalog.saved_search').set({ id, ...change }).where('account_id', '=', accountId).where('id', '=', id).returningAll().executeTakeFirst()
    },

    async forget(accountId: string, id: string): Promise<boolean> {
      return (await tables.deleteFrom('catalog.saved_search').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n
    },

    /** Searches that were not told of today and were asked the longest ago. */
    curious: (today: string, before: Date, limit: number): Promise<SavedSearchRow[]> => tables.selectFrom('catalog.saved_search').selectAll().where('paused', '=', false)
      .where(sql<SqlBool>`(told_on is null or told_on < ${today})`).where('seen_until', '<', before).orderBy('seen_until').limit(limit).execute(),

    async asked({ id }: SavedSearchRow, until: Date, toldOn: string | null): Promise<void> {
      await tables.updateTable('catalog.saved_search').set({ seen_until: until, ...(toldOn === null ? {} : { told_on: toldOn }) }).where('id', '=', id).execute()
    },
  }
}

export type FollowingStore = ReturnType<typeof createFollowingStore>
