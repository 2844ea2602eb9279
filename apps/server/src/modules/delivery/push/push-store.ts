import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { PushTables, TargetRow } from './tables.ts'

export function createPushStore(db: Db) {
  const tables = withTables<PushTables>(db)
  const within = (trx: Trx) => withTables<PushTables>(trx)

  return {
    insert: (trx: Trx, row: Insertable<PushTables['delivery.push_target']>): Promise<TargetRow> =>
      within(trx).insertInto('delivery.push_target').values(row).returningAll().executeTakeFirstOrThrow(),

    find: (id: string): Promise<TargetRow | undefined> => tables.selectFrom('delivery.push_target').selectAll().where('id', '=', id).executeTakeFirst(),

    lock: (trx: Trx, id: string): Promise<TargetRow | undefined> =>
      within(trx).selectFrom('delivery.push_target').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    update: (on: Trx | null, id: string, change: Updateable<PushTables['delivery.push_target']>): Promise<TargetRow> =>
      (on === null ? tables : within(on)).updateTable('delivery.push_target').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    list: (entryCode: string): Promise<TargetRow[]> =>
      tables.selectFrom('delivery.push_target').selectAll().where('entry_code', '=', entryCode).where('state', '<>', 'ended').orderBy('created_at', 'desc').execute(),

    /** Targets that a new version is for. */
    async waitingOf(trx: Trx, entryCode: string): Promise<string[]> {
      const rows = await within(trx).selectFrom('delivery.push_target').select('id').where('entry_code', '=', entryCode)
        .where('schedule', '=', 'each-version').where('state', 'in', ['idle', 'running', 'failed']).execute()
      return rows.map(({ id }) => id)
    },

    async countLive(appId: string, entryCode: string): Promise<number> {
      const { count } = await tables.selectFrom('delivery.push_target').select(sql<number>`count(*)::int`.as('count'))
        .where('app_id', '=', appId).where('entry_code', '=', entryCode).where('state', '<>', 'ended').executeTakeFirstOrThrow()
      return count
    },

    /** Which PostgreSQL cluster and database Datong itself lives in. */
    async ownDatabase(): Promise<{ cluster: string; database: string }> {
      const { rows } = await sql<{ cluster: string; database: string }>`select system_identifier::text as cluster, current_database() as database from pg_control_system()`.execute(db)
      return rows[0]! // one row always
    },
  }
}

export type PushStore = ReturnType<typeof createPushStore>
