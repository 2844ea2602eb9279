import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { Tried, ViewRow, ViewTableRow, ViewTables, ViewVersionRow, ViewVersionTable } from './tables.ts'

/** SQL of views and their definitions. */
export function createViewStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<ViewTables>(db)
  const within = (trx: Trx) => withTables<ViewTables>(trx)
  const reads = (entryCode: string) => sql<SqlBool>`inputs @> ${JSON.stringify([{ entryCode }])}::jsonb`

  return {
    async insert(trx: Trx, row: Insertable<ViewTableRow>): Promise<void> {
      await within(trx).insertInto('collection.view').values(row).execute()
    },

    async insertVersion(trx: Trx, row: Insertable<ViewVersionTable>): Promise<void> {
      await within(trx).insertInto('collection.view_version').values(row).execute()
    },

    /** @throws AppError `request/conflict` when it is not at the revision any more */
    async update(trx: Trx, id: string, revision: number, change: Updateable<ViewTableRow>): Promise<ViewRow> {
      const row = await within(trx).updateTable('collection.view').set({ ...change, revision: revision + 1 })
        .where('id', '=', id).where('revision', '=', revision).returningAll().executeTakeFirst()
      if (row === undefined) throw new AppError('request/conflict')
      return row
    },

    /** What the platform notes of a build; no change of the view. */
    async note(id: string, change: { tried?: Tried; floor?: ViewRow['floor'] }, trx?: Trx): Promise<void> {
      const { tried, ...rest } = change
      await (trx === undefined ? tables : within(trx)).updateTable('collection.view').set({ ...rest, ...(tried === undefined ? {} : { tried: JSON.stringify(tried) }) }).where('id', '=', id).execute()
    },

    find: (id: string): Promise<ViewRow | undefined> => tables.selectFrom('collection.view').selectAll().where('id', '=', id).executeTakeFirst(),

    ofEntry: (entryCode: string, trx?: Trx): Promise<ViewRow | undefined> =>
      (trx === undefined ? tables : within(trx)).selectFrom('collection.view').selectAll().where('entry_code', '=', entryCode).executeTakeFirst(),

    ofEntries: (codes: readonly string[]): Promise<ViewRow[]> =>
      codes.length === 0 ? Promise.resolve([]) : tables.selectFrom('collection.view').selectAll().where('entry_code', 'in', [...codes]).execute(),

    /** Views that read an entry. */
    readersOf: (entryCode: string, trx?: Trx): Promise<ViewRow[]> =>
      (trx === undefined ? tables : within(trx)).selectFrom('collection.view').selectAll().where(reads(entryCode)).orderBy('id').execute(),

    active: (): Promise<ViewRow[]> => tables.selectFrom('collection.view').selectAll().where('state', '=', 'active').orderBy('id').execute(),

    async list({ limit = 20, cursor, entryCode }: { limit?: number; cursor?: string; entryCode?: string }, organisation: string | null): Promise<{ rows: ViewRow[]; nextCursor: string | null }> {
      const fingerprint = { list: 'views', organisation, entryCode: entryCode ?? null }
      let page = tables.selectFrom('collection.view').selectAll()
      if (organisation !== null) page = page.where('organisation', '=', organisation)
      if (entryCode !== undefined) page = page.where(reads(entryCode))
      // Ids are UUID version 7: their order is the order of making.
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },

    versionsOf: (ids: readonly string[]): Promise<ViewVersionRow[]> =>
      ids.length === 0 ? Promise.resolve([]) : tables.selectFrom('collection.view_version').selectAll().where('view_id', 'in', [...ids]).orderBy('version').execute(),

    /** A draft's code changed: the view that makes it, and those that read it, follow. @returns those changed, for their evidence */
    async recode(trx: Trx, from: string, to: string): Promise<ViewRow[]> {
      const own = await within(trx).updateTable('collection.view').set({ entry_code: to }).where('entry_code', '=', from).returningAll().execute()
      const readers = await this.readersOf(from, trx)
      for (const { id, inputs } of readers) {
        const changed = inputs.map((input) => (input.entryCode === from ? { ...input, entryCode: to } : input))
        await within(trx).updateTable('collection.view').set({ inputs: JSON.stringify(changed), tried: null }).where('id', '=', id).execute()
      }
      return [...own, ...readers]
    },

    /** Views of a merged department become its successor's. */
    async passOn(from: string, to: string): Promise<void> {
      await tables.updateTable('collection.view').set({ organisation: to }).where('organisation', '=', from).execute()
    },
  }
}

export type ViewStore = ReturnType<typeof createViewStore>
