import type { operations, QueryOf } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { LoadRow } from '../loads/load-store.ts'
import type { CollectionTables } from '../tables.ts'
import type { SourceRow, SourceTable, SourceTables } from './source-tables.ts'

/** A source with how its loads go. */
export interface SourceWithLoads {
  readonly source: SourceRow
  readonly lastLoad: LoadRow | undefined
  /** Loads that failed since the last one that was done. */
  readonly failuresInRow: number
}

/** SQL of sources. A removed one is as good as unknown. */
export function createSourceStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<SourceTables & CollectionTables>(db)
  const within = (trx: Trx | null) => (trx === null ? tables : withTables<SourceTables & CollectionTables>(trx))
  const known = (trx: Trx | null) => within(trx).selectFrom('collection.source').selectAll().where('state', '<>', 'removed')

  async function withLoads(sources: readonly SourceRow[]): Promise<SourceWithLoads[]> {
    return Promise.all(sources.map(async (source) => {
      const loads = await tables.selectFrom('collection.load').selectAll().where('kind', '=', 'source').where(sql<SqlBool>`details ->> 'sourceId' = ${source.id}`)
        .orderBy('id', 'desc').limit(20).execute()
      const ended = loads.filter(({ outcome }) => outcome !== null)
      const done = ended.findIndex(({ outcome }) => outcome === 'done')
      return { source, lastLoad: loads[0], failuresInRow: done < 0 ? ended.length : done }
    }))
  }

  return {
    insert: (trx: Trx, row: Insertable<SourceTable>): Promise<SourceRow> => within(trx).insertInto('collection.source').values(row).returningAll().executeTakeFirstOrThrow(),

    find: (id: string, trx: Trx | null = null): Promise<SourceRow | undefined> => known(trx).where('id', '=', id).executeTakeFirst(),

    lock: (trx: Trx, id: string): Promise<SourceRow | undefined> => known(trx).where('id', '=', id).forUpdate().executeTakeFirst(),

    findByName: (trx: Trx, organisation: string, name: string): Promise<SourceRow | undefined> =>
      known(trx).where('organisation', '=', organisation).where('name', '=', name).executeTakeFirst(),

    findByEntry: (entryCode: string, trx: Trx | null = null): Promise<SourceRow | undefined> => known(trx).where('entry_code', '=', entryCode).executeTakeFirst(),

    async ofOrganisation(organisation: string): Promise<string[]> {
      return (await known(null).where('organisation', '=', organisation).orderBy('id').execute()).map(({ id }) => id)
    },

    /** A change that people see: commits with evidence. */
    change: (trx: Trx, id: string, change: Updateable<SourceTable>): Promise<SourceRow> =>
      within(trx).updateTable('collection.source').set({ ...change, revision: sql`revision + 1` }).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    /** Where loads came to, and when the next is due. */
    async note(trx: Trx | null, id: string, note: Pick<Updateable<SourceTable>, 'watermark' | 'base_version' | 'full_due' | 'reconciled_at' | 'next_run_at'>): Promise<void> {
      await within(trx).updateTable('collection.source').set(note).where('id', '=', id).execute()
    },

    /** Takes sources of a draft to its new code. */
    moveEntry: (trx: Trx, from: string, to: string): Promise<SourceRow[]> =>
      within(trx).updateTable('collection.source').set({ entry_code: to }).where('entry_code', '=', from).returningAll().execute(),

    /** Active sources whose time has come, locked so that one process begins their loads. */
    due: (trx: Trx, now: Date): Promise<SourceRow[]> =>
      within(trx).selectFrom('collection.source').selectAll().where('state', '=', 'active').where('next_run_at', '<=', now)
        .orderBy('next_run_at').limit(100).forUpdate().skipLocked().execute(),

    async withLoads(source: SourceRow): Promise<SourceWithLoads> {
      return (await withLoads([source]))[0]! // one in, one out
    },

    async list({ limit = 20, cursor, state, q }: QueryOf<typeof operations.listSources>, organisation: string | null): Promise<{ items: SourceWithLoads[]; nextCursor: string | null }> {
      const fingerprint = { list: 'sources', organisation, state, q }
      let query = known(null)
      if (organisation !== null) query = query.where('organisation', '=', organisation)
      if (state !== undefined) query = query.where('state', '=', state)
      if (q !== undefined) query = query.where(sql<SqlBool>`position(lower(${q}) in lower(name || ' ' || entry_title || ' ' || coalesce(entry_code, ''))) > 0`)
      if (cursor !== undefined) {
        const [name, id] = cursors.decode(fingerprint, cursor)
        query = query.where(sql<SqlBool>`(name, id) > (${name}, ${id}::uuid)`)
      }
      const rows = await query.orderBy('name').orderBy('id').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { items: await withLoads(rows.slice(0, limit)), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.name, last.id]) }
    },
  }
}

export type SourceStore = ReturnType<typeof createSourceStore>
