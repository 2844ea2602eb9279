import { AppError } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { Insertable, Selectable } from 'kysely'
import type { RuleTables } from './tables.ts'

export type DutyRow = Selectable<RuleTables['sharing.duty_list']>

/** SQL of the duty lists: which purposes are within the duties of a department, and words for the rest. */
export function createDutyStore(db: Db) {
  const tables = (trx?: Trx) => withTables<RuleTables>(trx ?? db)
  return {
    async list(): Promise<DutyRow[]> {
      return tables().selectFrom('sharing.duty_list').selectAll().orderBy('organisation').execute()
    },
    async of(organisations: readonly string[], trx?: Trx): Promise<Map<string, DutyRow>> {
      if (organisations.length === 0) return new Map()
      const rows = await tables(trx).selectFrom('sharing.duty_list').selectAll().where('organisation', 'in', [...organisations]).execute()
      return new Map(rows.map((row) => [row.organisation, row]))
    },
    /** @param revision the one that the writer saw; 0 for none yet @throws AppError `request/conflict` */
    async put(trx: Trx, row: Omit<Insertable<RuleTables['sharing.duty_list']>, 'revision'>, revision: number): Promise<DutyRow> {
      const next = { ...row, revision: revision + 1 }
      const written = revision === 0
        ? await tables(trx).insertInto('sharing.duty_list').values(next).onConflict((conflict) => conflict.column('organisation').doNothing()).returningAll().executeTakeFirst()
        : await tables(trx).updateTable('sharing.duty_list').set(next).where('organisation', '=', row.organisation).where('revision', '=', revision).returningAll().executeTakeFirst()
      if (written === undefined) throw new AppError('request/conflict')
      return written
    },
  }
}
