import type { operations, QueryOf, ResponseOf } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type ExpressionBuilder, type Insertable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { ItemRow, LedgerTables } from './tables.ts'

type ListQuery = QueryOf<typeof operations.listLedger>
type Figures = ResponseOf<typeof operations.ledgerFigures>

/** SQL of the ledger; `organisation` limits what a department sees to its own, null is everything. */
export function createLedgerStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<LedgerTables>(db)
  const within = (trx: Trx) => withTables<LedgerTables>(trx)

  return {
    async list({ limit = 20, cursor, ...filters }: ListQuery, own: string | null): Promise<{ rows: ItemRow[]; nextCursor: string | null; total: number }> {
      const fingerprint = ['ledger', filters, own]
      const chosen = (eb: ExpressionBuilder<LedgerTables, 'ledger.item'>) => eb.and([
        ...(own === null ? [] : [eb('organisation', '=', own)]),
        ...(['kind', 'state', 'organisation'] as const).flatMap((name) => (filters[name] === undefined ? [] : [eb(name, '=', filters[name])])),
        ...(filters.q === undefined || filters.q.trim() === '' ? [] : [sql<SqlBool>`position(lower(${filters.q.trim()}) in lower(name || ' ' || description || ' ' || operator)) > 0`]),
        ...(filters.entryCode === undefined ? [] : [sql<SqlBool>`exists (select 1 from ledger.item_entry as linked where linked.item_id = ledger.item.id and linked.entry_code = ${filters.entryCode})`]),
      ])
      let page = tables.selectFrom('ledger.item').selectAll().where(chosen)
      if (cursor !== undefined) {
        const [name, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(name, id) > (${name}, ${id}::uuid)`)
      }
      const [rows, { total }] = await Promise.all([
        page.orderBy('name').orderBy('id').limit(limit + 1).execute(),
        tables.selectFrom('ledger.item').select(sql<number>`count(*)::int`.as('total')).where(chosen).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.name, last.id]) }
    },

    async figures(own: string | null): Promise<Figures['kinds']> {
      const { rows } = await sql<Figures['kinds'][number]>`
        select kind, count(*)::int as total, (count(*) filter (where state = 'running'))::int as running,
          (count(*) filter (where not exists (select 1 from ledger.item_entry as linked where linked.item_id = item.id)))::int as "withoutEntry",
          coalesce(sum(yearly_cost) filter (where state = 'running'), 0)::float8 as "yearlyCost"
        from ledger.item as item where state <> 'retired' and (${own}::text is null or organisation = ${own}) group by kind order by kind`.execute(db)
      return rows
    },

    async idsOf(organisation: string): Promise<string[]> {
      const rows = await tables.selectFrom('ledger.item').select('id').where('organisation', '=', organisation).orderBy('id').execute()
      return rows.map(({ id }) => id)
    },

    find: (id: string): Promise<ItemRow | undefined> => tables.selectFrom('ledger.item').selectAll().where('id', '=', id).executeTakeFirst(),

    findMany: async (ids: readonly string[]): Promise<ItemRow[]> =>
      ids.length === 0 ? [] : tables.selectFrom('ledger.item').selectAll().where('id', 'in', [...ids]).execute(),

    lock: (trx: Trx, id: string): Promise<ItemRow | undefined> => within(trx).selectFrom('ledger.item').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    insert: (trx: Trx, row: Insertable<LedgerTables['ledger.item']>): Promise<ItemRow> =>
      within(trx).insertInto('ledger.item').values(row).returningAll().executeTakeFirstOrThrow(),

    update: (trx: Trx, id: string, change: Updateable<LedgerTables['ledger.item']>): Promise<ItemRow> =>
      within(trx).updateTable('ledger.item').set({ ...change, revision: sql`revision + 1` }).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    /** What an item is part of, and what that is part of, up to the top. */
    async above(trx: Trx, id: string): Promise<string[]> {
      const { rows } = await sql<{ id: string }>`with recursive above as (
        select id, part_of from ledger.item where id = ${id} union select item.id, item.part_of from ledger.item as item join above on item.id = above.part_of
      ) select id from above`.execute(trx)
      return rows.map((row) => row.id)
    },

    async entriesOf(ids: readonly string[]): Promise<Map<string, string[]>> {
      const byItem = new Map<string, string[]>()
      if (ids.length === 0) return byItem
      const rows = await tables.selectFrom('ledger.item_entry').selectAll().where('item_id', 'in', [...ids]).orderBy('entry_code').execute()
      for (const { item_id, entry_code } of rows) byItem.set(item_id, [...(byItem.get(item_id) ?? []), entry_code])
      return byItem
    },

    async setEntries(trx: Trx, id: string, codes: readonly string[]): Promise<void> {
      await within(trx).deleteFrom('ledger.item_entry').where('item_id', '=', id).execute()
      if (codes.length > 0) await within(trx).insertInto('ledger.item_entry').values(codes.map((code) => ({ item_id: id, entry_code: code }))).execute()
    },
  }
}

export type LedgerStore = ReturnType<typeof createLedgerStore>
