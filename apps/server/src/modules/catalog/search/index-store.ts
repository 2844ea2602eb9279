import { type Db, notify, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { EntryRecord } from '../entry/entry.ts'
import { recordOf } from '../entry/entry-columns.ts'
import type { CatalogTables } from '../tables.ts'

export interface StampedEntry {
  readonly entry: EntryRecord
  /** Of what is attached to it. */
  readonly words: string
  readonly stamp: number
}

/** The transaction that wrote a row last: another one with every change, and after a restore of the database. */
const STAMP = sql<number>`xmin::text::bigint`

const WORDS = sql<string>`coalesce((select words from catalog.attached_words as attached where attached.code = catalog.entry.code), '')`

/** SQL of keeping the index like the table. */
export function createIndexStore(db: Db) {
  const tables = withTables<CatalogTables>(db)
  return {
    /** Code and stamp of every entry, to find out what an index missed. */
    async stamps(): Promise<{ code: string; stamp: number }[]> {
      const rows = await tables.selectFrom('catalog.entry').select(['code', STAMP.as('stamp')]).execute()
      return rows.map(({ code, stamp }) => ({ code, stamp: Number(stamp) }))
    },

    async read(codes: readonly string[]): Promise<StampedEntry[]> {
      if (codes.length === 0) return []
      const rows = await tables.selectFrom('catalog.entry').selectAll().select([STAMP.as('stamp'), WORDS.as('words')]).where('code', 'in', [...codes]).execute()
      return rows.map(({ stamp, words, ...row }) => ({ entry: recordOf(row), stamp: Number(stamp), words }))
    },

    /** Sends a mark through the channel of changes: when it arrives, all changes committed before have. */
    mark: (channel: string, mark: string): Promise<void> => notify(db, channel, mark),

    /** Pages of all entries in the order of their codes. */
    async* all(size: number): AsyncGenerator<StampedEntry[]> {
      for (let after = ''; ;) {
        const rows = await tables.selectFrom('catalog.entry').selectAll().select([STAMP.as('stamp'), WORDS.as('words')]).where('code', '>', after).orderBy('code').limit(size).execute()
        if (rows.length > 0) yield rows.map(({ stamp, words, ...row }) => ({ entry: recordOf(row), stamp: Number(stamp), words }))
        const last = rows.at(-1)
        if (last === undefined || rows.length < size) return
        after = last.code
      }
    },
  }
}

export type IndexStore = ReturnType<typeof createIndexStore>
