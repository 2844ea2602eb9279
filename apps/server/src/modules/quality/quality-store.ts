import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Insertable, Selectable } from 'kysely'
import type { QualityTables, VersionQualityTable } from './tables.ts'

export type VersionQuality = Selectable<VersionQualityTable>

/** Tables that name an entry: a draft that gets its code takes its rows along. */
const OF_ENTRIES = ['quality.version', 'quality.rule', 'quality.dismissed', 'quality.outcome', 'quality.standing', 'quality.score_day', 'quality.gate', 'quality.hold', 'quality.endpoint'] as const

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

    /** Versions before one, the newest first. */
    async before(entryCode: string, version: number, limit: number): Promise<VersionQuality[]> {
      return tables.selectFrom('quality.version').selectAll().where('entry_code', '=', entryCode).where('version', '<', version).orderBy('version', 'desc').limit(limit).execute()
    },

    async moveDraft(trx: Trx, from: string, to: string): Promise<void> {
      for (const table of OF_ENTRIES) await withTables<QualityTables>(trx).updateTable(table).set({ entry_code: to }).where('entry_code', '=', from).execute()
    },

    /** What is said now of a version whose profile is kept. */
    async score(trx: Trx, entryCode: string, version: number, scored: Pick<Insertable<VersionQualityTable>, 'overall' | 'stars' | 'dimensions' | 'results'>): Promise<void> {
      await withTables<QualityTables>(trx).updateTable('quality.version').set(scored).where('entry_code', '=', entryCode).where('version', '=', version).execute()
    },

    /** Keeps the first figures of a version: it does not change, and neither does what was seen of it. */
    async keep(trx: Trx, row: Insertable<VersionQualityTable>): Promise<void> {
      await withTables<QualityTables>(trx).insertInto('quality.version').values(row).onConflict((conflict) => conflict.doNothing()).execute()
    },
  }
}

export type QualityStore = ReturnType<typeof createQualityStore>
