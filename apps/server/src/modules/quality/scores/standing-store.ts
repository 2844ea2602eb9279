import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Insertable, Selectable } from 'kysely'
import type { QualityTables, StandingTable } from '../tables.ts'

export type StandingRow = Selectable<StandingTable>

/** SQL of how good the version in use of each entry is. */
export function createStandingStore(db: Db) {
  const tables = (trx?: Trx) => withTables<QualityTables>(trx ?? db)
  return {
    async find(entryCode: string, trx?: Trx): Promise<StandingRow | undefined> {
      return tables(trx).selectFrom('quality.standing').selectAll().where('entry_code', '=', entryCode).executeTakeFirst()
    },
    async all(): Promise<StandingRow[]> {
      return tables().selectFrom('quality.standing').selectAll().execute()
    },
    /** Entries that nobody looked at since, the oldest first. */
    async checkedBefore(before: Date, limit: number): Promise<string[]> {
      const rows = await tables().selectFrom('quality.standing').select('entry_code').where('checked_at', '<=', before).orderBy('checked_at').limit(limit).execute()
      return rows.map((row) => row.entry_code)
    },
    async keep(trx: Trx, row: Insertable<StandingTable>): Promise<void> {
      const { entry_code: _, ...rest } = row
      await tables(trx).insertInto('quality.standing').values(row).onConflict((conflict) => conflict.column('entry_code').doUpdateSet(rest)).execute()
    },
  }
}

export type StandingStore = ReturnType<typeof createStandingStore>
