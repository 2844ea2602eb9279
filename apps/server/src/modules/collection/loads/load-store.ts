import type { operations, QueryOf } from '@datong/contracts'
import { type Db, notify, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { CollectionTables, LoadTable, RejectTable } from '../tables.ts'
import type { Checkpoint } from './checkpoint.ts'

export type LoadRow = Selectable<LoadTable>
export type RejectRow = Selectable<RejectTable>

/** How far a load has come; changed without evidence. */
export type ProgressChange = Pick<Updateable<LoadTable>, 'phase' | 'progress' | 'rows_read' | 'rows_stored' | 'rows_rejected' | 'detection' | 'rows_per_second' | 'remaining_seconds'>

/** Tells every process that a load moved; the payload is its id. */
export const LOADS_CHANNEL = 'datong_loads'

type LoadQuery = QueryOf<typeof operations.listLoads>

const stateOf = sql<string>`coalesce(outcome, case hold when 'paused' then 'paused' when 'drift' then 'held' end, phase)`

/** SQL of loads and their rejected rows. */
export function createLoadStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<CollectionTables>(db)
  const within = (trx: Trx) => withTables<CollectionTables>(trx)

  return {
    async insert(trx: Trx, row: Insertable<LoadTable>): Promise<void> {
      await within(trx).insertInto('collection.load').values(row).execute()
    },

    /** Lets one at a time begin a load of an entry, until the transaction ends. */
    async lockEntry(trx: Trx, entryCode: string): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('collection.load'), hashtext(${entryCode}))`.execute(trx)
    },

    /** A load of the entry that has not ended. */
    async underWay(trx: Trx, entryCode: string): Promise<string | undefined> {
      const row = await within(trx).selectFrom('collection.load').select('id').where('entry_code', '=', entryCode).where('outcome', 'is', null).orderBy('id').limit(1).executeTakeFirst()
      return row?.id
    },

    async findCheckpoint(loadId: string): Promise<Checkpoint | undefined> {
      const row = await tables.selectFrom('collection.load_checkpoint').select('mark').where('load_id', '=', loadId).executeTakeFirst()
      return row?.mark
    },

    async noteCheckpoint(loadId: string, checkpoint: Checkpoint, at: Date): Promise<void> {
      const note = { mark: JSON.stringify(checkpoint), noted_at: at }
      await tables.insertInto('collection.load_checkpoint').values({ load_id: loadId, ...note }).onConflict((conflict) => conflict.column('load_id').doUpdateSet(note)).execute()
    },

    async forgetCheckpoint(loadId: string): Promise<void> {
      await tables.deleteFrom('collection.load_checkpoint').where('load_id', '=', loadId).execute()
    },

    /** Loads of a merged department become its successor's. */
    async passOn(from: string, to: string): Promise<void> {
      await tables.updateTable('collection.load').set({ organisation: to }).where('organisation', '=', from).execute()
    },

    async find(id: string): Promise<LoadRow | undefined> {
      return tables.selectFrom('collection.load').selectAll().where('id', '=', id).executeTakeFirst()
    },

    async findMany(ids: readonly string[]): Promise<LoadRow[]> {
      return ids.length === 0 ? [] : tables.selectFrom('collection.load').selectAll().where('id', 'in', [...ids]).execute()
    },

    /** Locks it until the transaction ends. */
    async lock(trx: Trx, id: string): Promise<LoadRow | undefined> {
      return within(trx).selectFrom('collection.load').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    },

    /** Shows how far a load under way has come; nothing happens to one that ended. */
    async move(id: string, change: ProgressChange): Promise<void> {
      await tables.updateTable('collection.load').set(change).where('id', '=', id).where('outcome', 'is', null).execute()
      await notify(db, LOADS_CHANNEL, id)
    },

    /** A change of state: commits only with evidence about the load. */
    async change(trx: Trx, id: string, change: Updateable<LoadTable>): Promise<LoadRow> {
      await notify(trx, LOADS_CHANNEL, id)
      return within(trx).updateTable('collection.load').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
    },

    async list(query: LoadQuery, organisation: string | null): Promise<{ rows: LoadRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'loads', selection, organisation }
      const conditions = [
        sql<SqlBool>`true`,
        ...(organisation === null ? [] : [sql<SqlBool>`organisation = ${organisation}`]),
        ...(query.state === undefined ? [] : [sql<SqlBool>`${stateOf} = ${query.state}`]),
        ...(query.entryCode === undefined ? [] : [sql<SqlBool>`entry_code = ${query.entryCode}`]),
        ...(query.sourceId === undefined ? [] : [sql<SqlBool>`kind = 'source' and details ->> 'sourceId' = ${query.sourceId}`]),
        ...(query.q === undefined ? [] : [sql<SqlBool>`position(lower(${query.q}) in lower(file_name || ' ' || entry_title || ' ' || entry_code)) > 0`]),
      ]
      const where = sql<SqlBool>`${sql.join(conditions, sql` and `)}`
      let page = tables.selectFrom('collection.load').selectAll().where(where)
      // Ids are UUID version 7: their order is the order of arrival.
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const [rows, { count }] = await Promise.all([
        page.orderBy('id', 'desc').limit(limit + 1).execute(),
        tables.selectFrom('collection.load').select(sql<number>`count(*)::int`.as('count')).where(where).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total: count, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },

    /** Loads whose version was made before `before` and never described. */
    async stuckInProfiling(before: Date): Promise<string[]> {
      const rows = await tables.selectFrom('collection.load as load')
        .innerJoin('collection.version as version', 'version.load_id', 'load.id')
        .select('load.id').where('load.outcome', 'is', null).where('version.created_at', '<', before).execute()
      return rows.map(({ id }) => id)
    },

    async clearRejects(loadId: string, keep = 0): Promise<void> {
      await tables.deleteFrom('collection.reject').where('load_id', '=', loadId).where('ordinal', '>', keep).execute()
    },

    async addRejects(rows: readonly RejectRow[]): Promise<void> {
      if (rows.length === 0) return
      const column = (name: keyof RejectRow): unknown[] => rows.map((row) => row[name])
      await sql`insert into collection.reject (load_id, ordinal, line, field, reason, detail, excerpt)
        select * from unnest(${column('load_id')}::uuid[], ${column('ordinal')}::int[], ${column('line')}::bigint[], ${column('field')}::text[],
          ${column('reason')}::text[], ${column('detail')}::text[], ${column('excerpt')}::text[])`.execute(db)
    },

    /** Rejected rows in the order of their lines, after a place in that order. */
    async rejectsAfter(loadId: string, after: { line: number; ordinal: number } | null, limit: number): Promise<RejectRow[]> {
      let page = tables.selectFrom('collection.reject').selectAll().where('load_id', '=', loadId)
      if (after !== null) page = page.where(sql<SqlBool>`(line, ordinal) > (${after.line}, ${after.ordinal})`)
      return page.orderBy('line').orderBy('ordinal').limit(limit).execute()
    },

    async listRejects(loadId: string, limit: number, cursor: string | undefined): Promise<{ rows: RejectRow[]; nextCursor: string | null }> {
      const fingerprint = { list: 'rejects', loadId }
      const [line, ordinal] = cursor === undefined ? [] : cursors.decode(fingerprint, cursor)
      const after = cursor === undefined ? null : { line: Number(line), ordinal: Number(ordinal) }
      const rows = await this.rejectsAfter(loadId, after, limit + 1)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.line, last.ordinal]) }
    },
  }
}

export type LoadStore = ReturnType<typeof createLoadStore>
