import type { QualityGate } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { HoldTable, QualityTables } from '../tables.ts'

export type HoldRow = Selectable<HoldTable>

/** What holds a version back where nobody said otherwise: a rule that somebody called critical. */
const DEFAULT_GATE: QualityGate = { holds: 'critical', leastStars: null, revision: 0 }

/** SQL of gates, and of the versions that they hold back. */
export function createGateStore(db: Db) {
  const tables = (trx?: Trx) => withTables<QualityTables>(trx ?? db)
  return {
    async gateOf(entryCode: string, trx?: Trx): Promise<QualityGate> {
      const row = await tables(trx).selectFrom('quality.gate').selectAll().where('entry_code', '=', entryCode).executeTakeFirst()
      return row === undefined ? DEFAULT_GATE : { holds: row.holds, leastStars: row.least_stars, revision: row.revision }
    },

    /** @throws AppError `request/conflict` when another gate was set since */
    async setGate(trx: Trx, entryCode: string, gate: QualityGate): Promise<QualityGate> {
      await sql`select pg_advisory_xact_lock(hashtext('quality.gate'), hashtext(${entryCode}))`.execute(trx)
      if ((await this.gateOf(entryCode, trx)).revision !== gate.revision) throw new AppError('request/conflict')
      const change = { holds: gate.holds, least_stars: gate.leastStars, revision: gate.revision + 1 }
      await tables(trx).insertInto('quality.gate').values({ entry_code: entryCode, ...change }).onConflict((conflict) => conflict.column('entry_code').doUpdateSet(change)).execute()
      return { ...gate, revision: change.revision }
    },

    async find(entryCode: string, version: number, trx?: Trx): Promise<HoldRow | undefined> {
      return tables(trx).selectFrom('quality.hold').selectAll().where('entry_code', '=', entryCode).where('version', '=', version).executeTakeFirst()
    },

    async lock(trx: Trx, entryCode: string, version: number): Promise<HoldRow | undefined> {
      return tables(trx).selectFrom('quality.hold').selectAll().where('entry_code', '=', entryCode).where('version', '=', version).forUpdate().executeTakeFirst()
    },

    async insert(trx: Trx, row: Insertable<HoldTable>): Promise<void> {
      await tables(trx).insertInto('quality.hold').values(row).execute()
    },

    async update(trx: Trx, entryCode: string, version: number, change: Partial<Insertable<HoldTable>>): Promise<void> {
      await tables(trx).updateTable('quality.hold').set(change).where('entry_code', '=', entryCode).where('version', '=', version).execute()
    },

    async ofEntry(entryCode: string): Promise<HoldRow[]> {
      return tables().selectFrom('quality.hold').selectAll().where('entry_code', '=', entryCode).orderBy('version', 'desc').limit(20).execute()
    },

    /** Versions that are held back, the newest first. @param codes null: of all entries */
    async held(codes: readonly string[] | null): Promise<HoldRow[]> {
      return tables().selectFrom('quality.hold').selectAll().where('state', '=', 'held')
        .$if(codes !== null, (query) => query.where('entry_code', '=', sql<string>`any(${[...(codes ?? [])]}::text[])`)).orderBy('held_at', 'desc').limit(500).execute()
    },

    async heldCounts(): Promise<ReadonlyMap<string, number>> {
      const rows = await tables().selectFrom('quality.hold').select(['entry_code', sql<number>`count(*)::int`.as('count')]).where('state', '=', 'held').groupBy('entry_code').execute()
      return new Map(rows.map((row) => [row.entry_code, row.count]))
    },
  }
}

export type GateStore = ReturnType<typeof createGateStore>
