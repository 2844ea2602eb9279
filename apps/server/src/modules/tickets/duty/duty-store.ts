import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { DutyTable, TicketsTables } from '../tables.ts'

/** SQL of officers on duty; each change commits with its evidence. */
export function createDutyStore(db: Db) {
  const tables = withTables<TicketsTables>(db)
  return {
    list: (own: string | null): Promise<DutyTable[]> => {
      const all = tables.selectFrom('tickets.duty').selectAll().orderBy('organisation')
      return (own === null ? all : all.where('organisation', '=', own)).execute()
    },
    of: (organisation: string, trx?: Trx): Promise<DutyTable | undefined> =>
      (trx === undefined ? tables : withTables<TicketsTables>(trx)).selectFrom('tickets.duty').selectAll().where('organisation', '=', organisation).executeTakeFirst(),
    async put(trx: Trx, row: DutyTable): Promise<void> {
      await withTables<TicketsTables>(trx).insertInto('tickets.duty').values(row)
        .onConflict((conflict) => conflict.column('organisation').doUpdateSet({ account_id: row.account_id, name: row.name, since: row.since })).execute()
    },
    async remove(trx: Trx, organisation: string): Promise<boolean> {
      const { numDeletedRows } = await withTables<TicketsTables>(trx).deleteFrom('tickets.duty').where('organisation', '=', organisation).executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

export type DutyStore = ReturnType<typeof createDutyStore>
