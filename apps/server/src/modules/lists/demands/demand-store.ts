import type { Actor, operations, QueryOf, TimelineItem } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { DemandTable, ListsTables } from '../tables.ts'

export type DemandRow = Selectable<DemandTable>
export interface SupportedDemand extends DemandRow {
  readonly support: number
  readonly supported: boolean
}
type Query = QueryOf<typeof operations.listDemands>

/** SQL of demands. Who filed one supports it: the count begins with one. */
export function createDemandStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<ListsTables>(db)
  const within = (trx: Trx) => withTables<ListsTables>(trx)
  const support = sql<number>`(select count(*)::int from lists.support s where s.demand_id = d.id)`
  const supported = (accountId: string) => sql<boolean>`exists (select from lists.support s where s.demand_id = d.id and s.account_id::text = ${accountId})`
  const all = (accountId: string) => tables.selectFrom('lists.demand as d').selectAll('d').select([support.as('support'), supported(accountId).as('supported')])

  return {
    async page(query: Query, accountId: string, everything: boolean): Promise<{ rows: SupportedDemand[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, sort = '-support', ...selection } = query
      const fingerprint = { list: 'demands', selection, sort, accountId: query.mine === true || !everything ? accountId : '', everything }
      const where = sql<SqlBool>`${sql.join([
        ...(everything ? [] : [sql`(audience = 'public' or filed_by::text = ${accountId})`]),
        ...(query.mine === true ? [sql`(filed_by::text = ${accountId} or ${supported(accountId)})`] : []), ...(query.state === undefined ? [sql`(state <> 'merged' and state <> 'withdrawn')`] : [sql`state = ${query.state}`]),
        ...(query.audience === undefined ? [] : [sql`audience = ${query.audience}`]), ...(query.organisation === undefined ? [] : [sql`organisation = ${query.organisation}`]),
        ...(query.q === undefined ? [] : [sql`position(lower(${query.q}) in lower(title || ' ' || description || ' ' || number)) > 0`]),
      ], sql` and `)}`
      const by = sort === '-support' ? support : sql<number>`0`
      let page = all(accountId).select(by.as('weight')).where(where)
      if (cursor !== undefined) {
        const [weight, at, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(${by}, filed_at, id) < (${weight}::int, ${at}::timestamptz, ${id}::uuid)`)
      }
      const [rows, { total }] = await Promise.all([
        page.orderBy('weight', 'desc').orderBy('filed_at', 'desc').orderBy('id', 'desc').limit(limit + 1).execute(),
        tables.selectFrom('lists.demand as d').where(where).select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.weight, last.filed_at.toISOString(), last.id]) }
    },

    find: (id: string, accountId: string): Promise<SupportedDemand | undefined> => all(accountId).where('d.id', '=', id).executeTakeFirst(),
    lock: (trx: Trx, id: string): Promise<DemandRow | undefined> => within(trx).selectFrom('lists.demand').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    attachedTo: (code: string): Promise<DemandRow[]> => tables.selectFrom('lists.demand').selectAll().where('entry_code', '=', code).where('state', '=', 'attached').execute(),

    async filedSince(accountId: string, since: Date): Promise<number> {
      const { count } = await tables.selectFrom('lists.demand').select(sql<number>`count(*)::int`.as('count')).where('filed_by', '=', accountId).where('filed_at', '>', since).executeTakeFirstOrThrow()
      return count
    },

    async nextNumber(trx: Trx, year: number): Promise<string> {
      const { rows } = await sql<{ next: string }>`select nextval('lists.demand_number')::text as next`.execute(trx)
      return `D-${year}-${rows[0]!.next.padStart(4, '0')}`
    },

    insert: (trx: Trx, row: DemandRow): Promise<DemandRow> => within(trx).insertInto('lists.demand').values(row).returningAll().executeTakeFirstOrThrow(),
    update: (trx: Trx, id: string, change: Partial<DemandRow>): Promise<DemandRow> => within(trx).updateTable('lists.demand').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    async support(trx: Trx, id: string, accountId: string, at: Date): Promise<void> {
      await within(trx).insertInto('lists.support').values({ demand_id: id, account_id: accountId, at }).onConflict((conflict) => conflict.doNothing()).execute()
    },
    async leave(trx: Trx, id: string, accountId: string): Promise<void> {
      await within(trx).deleteFrom('lists.support').where('demand_id', '=', id).where('account_id', '=', accountId).execute()
    },
    /** Who supports the one supports the other from now on, once. */
    async passOn(trx: Trx, from: string, to: string): Promise<void> {
      await sql`insert into lists.support (demand_id, account_id, at) select ${to}, account_id, at from lists.support where demand_id = ${from} on conflict do nothing`.execute(trx)
    },
    async supporters(id: string): Promise<string[]> {
      return (await tables.selectFrom('lists.support').select('account_id').where('demand_id', '=', id).execute()).map(({ account_id }) => account_id)
    },

    async addEvent(trx: Trx, event: { demandId: string; at: Date; actor: Actor; action: string; reason: string; receiptId: string }): Promise<void> {
      await within(trx).insertInto('lists.demand_event').values({
        demand_id: event.demandId, at: event.at, actor: JSON.stringify(event.actor), action: event.action, reason: event.reason, receipt_id: event.receiptId,
      }).execute()
    },
    async history(id: string): Promise<TimelineItem[]> {
      const rows = await tables.selectFrom('lists.demand_event').selectAll().where('demand_id', '=', id).orderBy('id', 'desc').limit(200).execute()
      return rows.map(({ at, actor, action, reason, receipt_id }) => ({ at: at.toISOString(), actor, action, reason, receiptId: receipt_id }))
    },
  }
}

export type DemandStore = ReturnType<typeof createDemandStore>
