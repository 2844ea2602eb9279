import type { Actor } from '@datong/contracts'
import type { Grade } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { ColumnType, Insertable, JSONColumnType, Selectable } from 'kysely'
import type { ObjectKind } from './extracted.ts'

interface ObjectTable {
  id: string
  entry_code: string
  organisation: string
  title: string
  file_name: string
  kind: ObjectKind
  bytes: number
  sha256: string
  /** In the lake, relative to it. */
  path: string
  grade: Grade
  state: 'kept' | 'removed'
  pages: number | null
  properties: ColumnType<Readonly<Record<string, string>>, string, never>
  words: string
  at: Date
  by: JSONColumnType<Actor>
}
interface ObjectTables {
  'collection.object': ObjectTable
}
export type ObjectRow = Selectable<ObjectTable>

/** SQL of documents and images. */
export function createObjectStore(db: Db) {
  const tables = withTables<ObjectTables>(db)
  const within = (trx: Trx) => withTables<ObjectTables>(trx)
  return {
    async insert(trx: Trx, row: Insertable<ObjectTable>): Promise<void> {
      await within(trx).insertInto('collection.object').values(row).execute()
    },

    /** What an entry has, the newest first. */
    ofEntry: (entryCode: string, trx?: Trx): Promise<ObjectRow[]> =>
      (trx === undefined ? tables : within(trx)).selectFrom('collection.object').selectAll().where('entry_code', '=', entryCode).where('state', '=', 'kept').orderBy('id', 'desc').execute(),

    find: (entryCode: string, id: string): Promise<ObjectRow | undefined> =>
      tables.selectFrom('collection.object').selectAll().where('entry_code', '=', entryCode).where('id', '=', id).where('state', '=', 'kept').executeTakeFirst(),

    /** Its words go with it. */
    async remove(trx: Trx, id: string): Promise<void> {
      await within(trx).updateTable('collection.object').set({ state: 'removed', words: '' }).where('id', '=', id).execute()
    },

    /** A draft's objects follow its code. */
    async recode(trx: Trx, from: string, to: string): Promise<void> {
      await within(trx).updateTable('collection.object').set({ entry_code: to }).where('entry_code', '=', from).execute()
    },

    async passOn(from: string, to: string): Promise<void> {
      await tables.updateTable('collection.object').set({ organisation: to }).where('organisation', '=', from).execute()
    },
  }
}

export type ObjectStore = ReturnType<typeof createObjectStore>
