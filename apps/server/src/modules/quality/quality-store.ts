import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Insertable, Selectable } from 'kysely'
import type { QualityTables, VersionQualityTable } from './tables.ts'

export type VersionQuality = Selectable<VersionQualityTable>

/** SQL of profiles and figures. */
export function createQualityStore(db: Db) {
  const tables = withTables<QualityTables>(db)
  return {
    async find(entryCode: string, version: number): Promise<VersionQuality | undefined> {
      return tables.selectFrom('quality.version').selectAll().where('entry_code', '=', entryCode).where('version', '=', version).executeTakeFirst()
    },

    /** The newest version that was profiled, for entries of which none is current yet. */
    async findNewest(entryCode: string): Promise<VersionQuality | undefined> {
      return tables.selectFrom('quality.version').selectAll().where('entry_code', '=', entryCode).orderBy('version', 'desc').limit(1).executeTakeFirst()
    },

    async moveDraft(trx: Trx, from: string, to: string): Promise<void> {
      await withTables<QualityTables>(trx).updateTable('quality.version').set({ entry_code: to }).where('entry_code', '=', from).execute()
    },

    /** Keeps the first figures of a version: it does not change, and neither does what was seen of it. */
    async keep(trx: Trx, row: Insertable<VersionQualityTable>): Promise<void> {
      await withTables<QualityTables>(trx).insertInto('quality.version').values(row).onConflict((conflict) => conflict.doNothing()).execute()
    },
  }
}

export type QualityStore = ReturnType<typeof createQualityStore>
