import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql } from 'kysely'
import type { RowChange } from './compare-versions.ts'
import type { ChangeSet, FeedTables } from './tables.ts'

/** Every process that serves changes listens here; the payload is the entry's code. */
export const CHANGES_CHANNEL = 'datong_changes'

const BATCH = 5_000

export function createFeedStore(db: Db) {
  const tables = withTables<FeedTables>(db)
  const within = (trx: Trx) => withTables<FeedTables>(trx)

  return {
    /** Keeps others from extending the entry's feed until the transaction ends. */
    async lock(trx: Trx, entryCode: string): Promise<void> {
      await sql`set local statement_timeout = 0`.execute(trx)
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
      await sql`select pg_advisory_xact_lock(hashtext(${`changes ${entryCode}`}))`.execute(trx)
    },

    last: (on: Trx | null, entryCode: string): Promise<ChangeSet | undefined> =>
      (on === null ? tables : within(on)).selectFrom('delivery.change_set').selectAll().where('entry_code', '=', entryCode)
        .orderBy('number', 'desc').limit(1).executeTakeFirst(),

    /** The set in which everybody begins anew: the last one that leads on from nothing. */
    lastBeginning: (entryCode: string): Promise<ChangeSet | undefined> =>
      tables.selectFrom('delivery.change_set').selectAll().where('entry_code', '=', entryCode).where('kind', 'in', ['snapshot', 'version'])
        .orderBy('number', 'desc').limit(1).executeTakeFirst(),

    /** The set that holds a position. */
    setAt: (entryCode: string, position: number): Promise<ChangeSet | undefined> =>
      tables.selectFrom('delivery.change_set').selectAll().where('entry_code', '=', entryCode)
        .where('first_position', '<=', position).where('last_position', '>=', position).limit(1).executeTakeFirst(),

    /** The last set that leads to a version. */
    setOf: (entryCode: string, version: number): Promise<ChangeSet | undefined> =>
      tables.selectFrom('delivery.change_set').selectAll().where('entry_code', '=', entryCode).where('to_version', '=', version)
        .orderBy('number', 'desc').limit(1).executeTakeFirst(),

    /** The last set that leads to a version as it stands, not to a state behind it. */
    lastWhole: (entryCode: string): Promise<ChangeSet | undefined> =>
      tables.selectFrom('delivery.change_set').selectAll().where('entry_code', '=', entryCode).where('kind', '<>', 'state').orderBy('number', 'desc').limit(1).executeTakeFirst(),

    async insertSet(trx: Trx, set: Insertable<FeedTables['delivery.change_set']>): Promise<void> {
      await within(trx).insertInto('delivery.change_set').values(set).execute()
    },

    /** Positions of states behind the last version as it stands. */
    async statesBehind(trx: Trx, entryCode: string): Promise<number> {
      const { count } = await within(trx).selectFrom('delivery.change_set').select(sql<number>`coalesce(sum(last_position - first_position + 1), 0)::float8`.as('count'))
        .where('entry_code', '=', entryCode).where('kind', '=', 'state').executeTakeFirstOrThrow()
      return count
    },

    /** More states of the same table. */
    async growSet(trx: Trx, { entry_code, number }: Pick<ChangeSet, 'entry_code' | 'number'>, change: Pick<ChangeSet, 'last_position' | 'to_state' | 'made_at'>): Promise<void> {
      await within(trx).updateTable('delivery.change_set').set(change).where('entry_code', '=', entry_code).where('number', '=', number).execute()
    },

    /** Numbers changes from a position on and keeps them. @returns how many there were */
    async insertChanges(trx: Trx, entryCode: string, first: number, changes: AsyncIterable<RowChange>): Promise<number> {
      let count = 0
      let batch: RowChange[] = []
      const flush = async (): Promise<void> => {
        await sql`insert into delivery.change (entry_code, position, before_row, after_row)
          select ${entryCode}, ${first + count}::bigint + n - 1, b, a
          from unnest(${batch.map(({ before }) => before)}::bigint[], ${batch.map(({ after }) => after)}::bigint[]) with ordinality as t (b, a, n)`.execute(trx)
        count += batch.length
        batch = []
      }
      for await (const change of changes) if (batch.push(change) >= BATCH) await flush()
      if (batch.length > 0) await flush()
      return count
    },

    async deleteChangesFrom(trx: Trx, entryCode: string, position: number): Promise<void> {
      await within(trx).deleteFrom('delivery.change').where('entry_code', '=', entryCode).where('position', '>=', position).execute()
    },

    /** Rows that states bear: nobody reads them any more, and a feed that goes on later begins anew. */
    async forgetStates(entryCode: string): Promise<void> {
      await sql`delete from delivery.change where entry_code = ${entryCode} and num_nonnulls(before_cells, after_cells) > 0`.execute(db)
    },

    async deleteBefore(trx: Trx, entryCode: string, position: number): Promise<void> {
      await within(trx).deleteFrom('delivery.change').where('entry_code', '=', entryCode).where('position', '<', position).execute()
      await within(trx).deleteFrom('delivery.change_set').where('entry_code', '=', entryCode).where('last_position', '<', position).execute()
    },

    changes: (entryCode: string, after: number, upTo: number) =>
      tables.selectFrom('delivery.change').selectAll().where('entry_code', '=', entryCode)
        .where('position', '>', after).where('position', '<=', upTo).orderBy('position').execute(),
  }
}

export type FeedStore = ReturnType<typeof createFeedStore>
