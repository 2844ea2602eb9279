import type { Actor, operations, QueryOf, TicketFigures, TicketState, TimelineItem } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { TicketsTables, TicketTable } from './tables.ts'

export type TicketRow = Selectable<TicketTable>
type Query = QueryOf<typeof operations.listTickets>

/** States in which something is still to be done. */
const GOING: readonly TicketState[] = ['open', 'in-hand', 'mended', 'paused']
export const isGoing = ({ state }: Pick<TicketRow, 'state'>): boolean => GOING.includes(state)

const YEAR_MS = 365 * 86_400_000

/** SQL of tickets. `own`: the organisation whose tickets and reports alone are seen; null for those who see all. */
export function createTicketStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<TicketsTables>(db)
  const within = (trx: Trx) => withTables<TicketsTables>(trx)
  const ofOwn = (own: string | null) => sql<SqlBool>`(${own}::text is null or organisation = ${own} or from_organisation = ${own})`
  // What waits for the department comes first: grave faults and what people reported, of them the oldest; then what waits for
  // others; then what ended, the newest first.
  const weight = sql<number>`(case when closed_at is not null then 9 when state in ('mended', 'paused') then 3 when kind = 'report' or severity = 'critical' then 0 when severity = 'major' then 1 else 2 end)`
  const place = sql<number>`(case when closed_at is null then 1 else -1 end * extract(epoch from coalesce(closed_at, opened_at)) * 1000)::bigint`

  return {
    async page(query: Query, own: string | null, accountId: string): Promise<{ rows: TicketRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'tickets', selection, own, accountId: query.mine === true ? accountId : '' }
      const where = sql<SqlBool>`${sql.join([
        ofOwn(own),
        ...(query.kind === undefined ? [] : [sql`kind = ${query.kind}`]),
        ...(query.state === undefined ? [] : [query.state === 'going' ? sql`closed_at is null` : sql`state = ${query.state}`]),
        ...(query.department === undefined ? [] : [sql`organisation = ${query.department}`]),
        ...(query.entryCode === undefined ? [] : [sql`entry_code = ${query.entryCode}`]),
        ...(query.severity === undefined ? [] : [sql`severity = ${query.severity}`]),
        ...(query.mine === true ? [sql`handler_id::text = ${accountId}`] : []),
        ...(query.q === undefined ? [] : [sql`position(lower(${query.q}) in lower(number || ' ' || title || ' ' || entry_title || ' ' || coalesce(field, ''))) > 0`]),
      ], sql` and `)}`
      let page = tables.selectFrom('tickets.ticket').selectAll().select([weight.as('weight'), place.as('place')]).where(where)
      if (cursor !== undefined) {
        const [lastWeight, lastPlace, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(${weight}, ${place}, id) > (${lastWeight}::int, ${lastPlace}::bigint, ${id}::uuid)`)
      }
      const [rows, { total }] = await Promise.all([
        page.orderBy('weight').orderBy('place').orderBy('id').limit(limit + 1).execute(),
        tables.selectFrom('tickets.ticket').where(where).select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.weight, last.place, last.id]) }
    },

    find: (id: string): Promise<TicketRow | undefined> => tables.selectFrom('tickets.ticket').selectAll().where('id', '=', id).executeTakeFirst(),
    lock: (trx: Trx, id: string): Promise<TicketRow | undefined> => within(trx).selectFrom('tickets.ticket').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    /** All tickets of an entry's rules; until the transaction ends nobody else opens one for the entry. */
    async lockRules(trx: Trx, entryCode: string): Promise<TicketRow[]> {
      await sql`select pg_advisory_xact_lock(hashtext('tickets.rules'), hashtext(${entryCode}))`.execute(trx)
      return within(trx).selectFrom('tickets.ticket').selectAll().where('entry_code', '=', entryCode).where('kind', '=', 'rule').forUpdate().execute()
    },
    /** Those of an entry that are not ended. */
    goingOf: (entryCode: string): Promise<TicketRow[]> => tables.selectFrom('tickets.ticket').selectAll().where('entry_code', '=', entryCode).where('closed_at', 'is', null).orderBy('id').execute(),
    /** Reports that were said to be mended before an instant, and nobody objected. */
    lapsed: (before: Date): Promise<TicketRow[]> =>
      tables.selectFrom('tickets.ticket').selectAll().where('kind', '=', 'report').where('state', '=', 'mended').where('changed_at', '<', before).limit(500).execute(),
    ofDepartment: (organisation: string): Promise<TicketRow[]> => tables.selectFrom('tickets.ticket').selectAll().where('organisation', '=', organisation).orderBy('id').execute(),

    async nextNumber(trx: Trx, year: number): Promise<string> {
      const { rows } = await sql<{ next: string }>`select nextval('tickets.number')::text as next`.execute(trx)
      return `Q-${year}-${rows[0]!.next.padStart(4, '0')}` // one row
    },
    insert: (trx: Trx, row: Insertable<TicketTable>): Promise<TicketRow> => within(trx).insertInto('tickets.ticket').values(row).returningAll().executeTakeFirstOrThrow(),
    update: (trx: Trx, id: string, change: Updateable<TicketTable>): Promise<TicketRow> =>
      within(trx).updateTable('tickets.ticket').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),
    /** What a merged department reported is its successor's to follow. */
    async passOnReports(from: string, to: string): Promise<void> {
      await tables.updateTable('tickets.ticket').set({ from_organisation: to }).where('from_organisation', '=', from).execute()
    },
    /** A draft took another code. */
    async moveEntry(trx: Trx, from: string, to: string): Promise<void> {
      await within(trx).updateTable('tickets.ticket').set({ entry_code: to }).where('entry_code', '=', from).execute()
      await within(trx).updateTable('tickets.filing').set({ entry_code: to }).where('entry_code', '=', from).execute()
    },

    async addEvent(trx: Trx, event: { ticketId: string; at: Date; actor: Actor; action: string; reason: string; receiptId: string | null }): Promise<void> {
      await within(trx).insertInto('tickets.event').values({
        ticket_id: event.ticketId, at: event.at, actor: JSON.stringify(event.actor), action: event.action, reason: event.reason, receipt_id: event.receiptId,
      }).execute()
    },
    /** The newest first. */
    async history(id: string): Promise<TimelineItem[]> {
      const rows = await tables.selectFrom('tickets.event').selectAll().where('ticket_id', '=', id).orderBy('id', 'desc').limit(200).execute()
      return rows.map(({ at, actor, action, reason, receipt_id }) => ({ at: at.toISOString(), actor, action: `ticket-${action}`, reason, receiptId: receipt_id }))
    },
    async commentCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (ids.length === 0) return new Map()
      const rows = await tables.selectFrom('tickets.event').where('ticket_id', 'in', [...ids]).where('action', '=', 'commented').groupBy('ticket_id')
        .select(['ticket_id', sql<number>`count(*)::int`.as('count')]).execute()
      return new Map(rows.map(({ ticket_id, count }) => [ticket_id, count]))
    },

    /** Counts by department, without those that clocks tell. */
    async figures(own: string | null, now: Date): Promise<({ organisation: string } & Omit<TicketFigures, 'late' | 'kept' | 'missed'>)[]> {
      const going = sql`closed_at is null`
      return tables.selectFrom('tickets.ticket').where(sql<SqlBool>`(${own}::text is null or organisation = ${own})`).groupBy('organisation').orderBy('organisation').select([
        'organisation', sql<number>`count(*) filter (where ${going})::int`.as('open'), sql<number>`count(*) filter (where ${going} and kind = 'report')::int`.as('reports'),
        sql<number>`count(*) filter (where ${going} and severity = 'critical')::int`.as('critical'), sql<number>`count(*) filter (where state = 'paused')::int`.as('paused'),
        sql<number>`count(*) filter (where reopened > 0 and changed_at > ${new Date(now.getTime() - YEAR_MS)})::int`.as('reopened'),
      ]).execute()
    },
  }
}

export type TicketStore = ReturnType<typeof createTicketStore>
