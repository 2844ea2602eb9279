import { AppError } from '@datong/kernel'
import type { ImportLine } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { ImportTable, StandardsTables, UndoStep } from '../tables.ts'

export type ImportRow = Selectable<ImportTable>
export type ImportHead = Omit<ImportRow, 'content' | 'lines' | 'undo'>

const HEAD = ['id', 'kind', 'list', 'label', 'file_name', 'state', 'in_force_from', 'counts', 'made_at', 'made_by', 'applied_at', 'undone_at'] as const

/** SQL of imports. */
export function createImportStore(db: Db, cursors: CursorCodec) {
  const tables = (trx?: Trx) => withTables<StandardsTables>(trx ?? db)
  return {
    async insert(row: Insertable<ImportTable>): Promise<void> {
      await tables().insertInto('standards.import').values(row).execute()
    },
    async find(id: string): Promise<ImportHead | undefined> {
      return tables().selectFrom('standards.import').select(HEAD).where('id', '=', id).executeTakeFirst()
    },
    async lock(trx: Trx, id: string): Promise<ImportRow | undefined> {
      return tables(trx).selectFrom('standards.import').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    },
    async update(trx: Trx, id: string, change: { state: 'applied' | 'undone'; undo?: readonly UndoStep[]; at: Date }): Promise<void> {
      const { state, undo, at } = change
      await tables(trx).updateTable('standards.import').set(state === 'applied' ? { state, undo: JSON.stringify(undo ?? []), applied_at: at } : { state, undone_at: at }).where('id', '=', id).execute()
    },
    async list(query: { limit?: number | undefined; cursor?: string | undefined }): Promise<{ rows: ImportHead[]; nextCursor: string | null }> {
      const { limit = 20, cursor } = query
      const fingerprint = { list: 'standards-imports' }
      let page = tables().selectFrom('standards.import').select(HEAD)
      if (cursor !== undefined) {
        const [at, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(made_at, id) < (${at}::timestamptz, ${id}::uuid)`)
      }
      const rows = await page.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.made_at.toISOString(), last.id]) }
    },
    /** Lines in the order of the file, a page at a time. */
    async lines(id: string, query: { limit?: number | undefined; cursor?: string | undefined; state?: string | undefined }): Promise<{ items: ImportLine[]; nextCursor: string | null; total: number }> {
      const { limit = 50, cursor, state } = query
      const fingerprint = { import: id, state }
      const from = cursor === undefined ? 0 : Number(cursors.decode(fingerprint, cursor)[0])
      const row = await tables().selectFrom('standards.import').select('lines').where('id', '=', id).executeTakeFirst()
      if (row === undefined) throw new AppError('request/not-found')
      const all = state === undefined ? row.lines : row.lines.filter((line) => line.state === state)
      return { items: all.slice(from, from + limit), total: all.length, nextCursor: from + limit < all.length ? cursors.encode(fingerprint, [from + limit]) : null }
    },
  }
}

export type ImportStore = ReturnType<typeof createImportStore>
