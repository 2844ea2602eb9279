import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { CollectionTables, VersionTable } from '../tables.ts'

export type VersionRow = Selectable<VersionTable>
/** A version with what its list shows beside it. */
export type ListedVersion = VersionRow & { readonly current: boolean; readonly described: boolean; /** Kept no more. */ readonly ended: boolean }

/** SQL of versions and of which one is current. */
export function createVersionStore(db: Db) {
  const tables = withTables<CollectionTables>(db)
  const within = (trx: Trx) => withTables<CollectionTables>(trx)

  return {
    /** Lets one load at a time give out numbers for an entry, until the transaction ends. */
    async lockNumbers(trx: Trx, entryCode: string): Promise<number> {
      await sql`select pg_advisory_xact_lock(hashtext('collection.version'), hashtext(${entryCode}))`.execute(trx)
      const { rows } = await sql<{ next: number }>`select coalesce(max(number), 0) + 1 as next from collection.version where entry_code = ${entryCode}`.execute(trx)
      return rows[0]!.next // an aggregate always answers one row
    },

    async insert(trx: Trx, row: Insertable<VersionTable>): Promise<void> {
      await within(trx).insertInto('collection.version').values(row).execute()
    },

    async find(entryCode: string, number: number): Promise<VersionRow | undefined> {
      return tables.selectFrom('collection.version').selectAll().where('entry_code', '=', entryCode).where('number', '=', number).executeTakeFirst()
    },

    /** The version with the highest number, described or not. */
    async findNewest(entryCode: string): Promise<VersionRow | undefined> {
      return tables.selectFrom('collection.version').selectAll().where('entry_code', '=', entryCode).orderBy('number', 'desc').limit(1).executeTakeFirst()
    },

    async findCurrent(entryCode: string): Promise<VersionRow | undefined> {
      return tables.selectFrom('collection.version as version')
        .innerJoin('collection.current_version as current', (join) =>
          join.onRef('current.entry_code', '=', 'version.entry_code').onRef('current.number', '=', 'version.number'))
        .selectAll('version').where('version.entry_code', '=', entryCode).executeTakeFirst()
    },

    /** Which version is current, locked until the transaction ends so that two choices come one after the other. */
    async lockCurrent(trx: Trx, entryCode: string): Promise<number | null> {
      await sql`select pg_advisory_xact_lock(hashtext('collection.current_version'), hashtext(${entryCode}))`.execute(trx)
      const row = await within(trx).selectFrom('collection.current_version').select('number').where('entry_code', '=', entryCode).executeTakeFirst()
      return row?.number ?? null
    },

    /** Commits only with evidence about the version. */
    async setCurrent(trx: Trx, entryCode: string, number: number, since: Date): Promise<void> {
      await within(trx).insertInto('collection.current_version').values({ entry_code: entryCode, number, since })
        .onConflict((conflict) => conflict.column('entry_code').doUpdateSet({ number, since })).execute()
    },

    /** The newest version that the catalogue has described; 0 when there is none. */
    async newestDescribed(trx: Trx, entryCode: string): Promise<number> {
      const row = await within(trx).selectFrom('collection.version as version').innerJoin('collection.load as load', 'load.id', 'version.load_id')
        .select(sql<number>`coalesce(max(version.number), 0)`.as('newest'))
        .where('version.entry_code', '=', entryCode).where('load.outcome', '=', 'done').executeTakeFirstOrThrow()
      return row.newest
    },

    /** All versions of an entry, the newest first. */
    async list(entryCode: string): Promise<ListedVersion[]> {
      return tables.selectFrom('collection.version as version')
        .innerJoin('collection.load as load', 'load.id', 'version.load_id')
        .leftJoin('collection.current_version as current', 'current.entry_code', 'version.entry_code')
        .selectAll('version')
        .select([sql<boolean>`coalesce(current.number = version.number, false)`.as('current'), sql<boolean>`coalesce(load.outcome = 'done', false)`.as('described'),
          sql<boolean>`exists (select from collection.version_end as ended where ended.entry_code = version.entry_code and ended.number = version.number)`.as('ended')])
        .where('version.entry_code', '=', entryCode).orderBy('version.number', 'desc').execute()
    },
  }
}

export type VersionStore = ReturnType<typeof createVersionStore>
