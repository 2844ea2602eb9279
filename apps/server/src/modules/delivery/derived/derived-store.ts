import type { Actor, DerivedDefinition } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type JSONColumnType, type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'

interface DerivedTable {
  id: string
  organisation: string
  name: string
  title: string
  state: 'active' | 'retired'
  version: number
  definition: JSONColumnType<DerivedDefinition>
  created_at: Date
  changed_at: Date
  revision: number
}
interface VersionTable {
  derived_id: string
  version: number
  title: string
  definition: JSONColumnType<DerivedDefinition>
  at: Date
  by: JSONColumnType<Actor>
  receipt_id: string
}
interface DerivedTables {
  'delivery.derived': DerivedTable
  'delivery.derived_version': VersionTable
}
export type DerivedRow = Selectable<DerivedTable>
export type VersionRow = Selectable<VersionTable>

export function createDerivedStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<DerivedTables>(db)
  const within = (trx: Trx) => withTables<DerivedTables>(trx)

  return {
    /** @throws AppError `delivery/derived-name-taken` */
    async insert(trx: Trx, row: Insertable<DerivedTable>): Promise<void> {
      const made = await within(trx).insertInto('delivery.derived').values(row).onConflict((conflict) => conflict.columns(['organisation', 'name']).doNothing()).executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) throw new AppError('delivery/derived-name-taken', { name: row.name })
    },

    async insertVersion(trx: Trx, row: Insertable<VersionTable>): Promise<void> {
      await within(trx).insertInto('delivery.derived_version').values(row).execute()
    },

    /** @throws AppError `request/conflict` when it is not at the revision any more */
    async update(trx: Trx, id: string, revision: number, change: Partial<Pick<Insertable<DerivedTable>, 'title' | 'state' | 'version' | 'definition'>> & { changed_at: Date }): Promise<DerivedRow> {
      const row = await within(trx).updateTable('delivery.derived').set({ ...change, revision: revision + 1 })
        .where('id', '=', id).where('revision', '=', revision).returningAll().executeTakeFirst()
      if (row === undefined) throw new AppError('request/conflict')
      return row
    },

    /** @param organisation null: whichever */
    find(id: string, organisation: string | null): Promise<DerivedRow | undefined> {
      const query = tables.selectFrom('delivery.derived').selectAll().where('id', '=', id)
      return (organisation === null ? query : query.where('organisation', '=', organisation)).executeTakeFirst()
    },

    findByName: (organisation: string, name: string): Promise<DerivedRow | undefined> =>
      tables.selectFrom('delivery.derived').selectAll().where('organisation', '=', organisation).where('name', '=', name).executeTakeFirst(),

    async list({ limit = 20, cursor, entryCode }: { limit?: number; cursor?: string; entryCode?: string }, organisation: string | null): Promise<{ rows: DerivedRow[]; nextCursor: string | null }> {
      const fingerprint = { list: 'derived', organisation, entryCode: entryCode ?? null }
      let page = tables.selectFrom('delivery.derived').selectAll()
      if (organisation !== null) page = page.where('organisation', '=', organisation)
      if (entryCode !== undefined) page = page.where(sql<SqlBool>`definition @> ${JSON.stringify({ sources: [{ entryCode }] })}::jsonb`)
      // Ids are UUID version 7: their order is the order of making.
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },

    async versionsOf(ids: readonly string[]): Promise<VersionRow[]> {
      if (ids.length === 0) return []
      return tables.selectFrom('delivery.derived_version').selectAll().where('derived_id', 'in', [...ids]).orderBy('version').execute()
    },
  }
}

export type DerivedStore = ReturnType<typeof createDerivedStore>
