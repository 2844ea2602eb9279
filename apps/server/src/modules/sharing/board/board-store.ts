import type { operations, QueryOf } from '@datong/contracts'
import { type Db, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import { recordOf } from '../clocks/clock-store.ts'
import { type Sight, seen } from '../store/seen.ts'
import type { SharingTables } from '../tables.ts'

type BoardQuery = QueryOf<typeof operations.sharingBoard>

/** Reads all clocks that have not ended: late ones first, then by due time, and last those that stand still. */
export function createBoardStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<SharingTables>(db)
  const going = (query: BoardQuery, sight: Sight, now: Date) => {
    const conditions = [
      seen(sight),
      sql<SqlBool>`c.stopped_at is null`,
      // A notice that was not given in time ended by itself.
      sql<SqlBool>`(c.kind <> 'notice' or c.due_at >= ${now})`,
      ...(query.kind === undefined ? [] : [sql<SqlBool>`c.kind = ${query.kind}`]),
      ...(query.department === undefined ? [] : [sql<SqlBool>`(a.provider_organisation = ${query.department} or a.co_owners @> array[${query.department}]::text[])`]),
      ...(query.late === undefined ? [] : [sql<SqlBool>`(c.paused_at is null and c.due_at < ${now}) = ${query.late}`]),
    ]
    return tables.selectFrom('sharing.clock as c').innerJoin('sharing.application as a', 'a.id', 'c.application_id').where(sql<SqlBool>`${sql.join(conditions, sql` and `)}`)
  }
  return {
    async clocks(query: BoardQuery, sight: Sight, now: Date) {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'board', selection, sight }
      const paused = sql<boolean>`c.paused_at is not null`
      let page = going(query, sight, now).selectAll('c').select(paused.as('stands'))
        .select(['a.id', 'a.number', 'a.entry_code', 'a.entry_title', 'a.consumer_organisation', 'a.provider_organisation', 'a.state', 'a.escalated_at', 'a.urged_at'])
        .select((eb) => eb.selectFrom('sharing.opinion as o').whereRef('o.application_id', '=', 'a.id').where('o.state', '=', 'asked')
          .select(sql<string[] | null>`array_agg(o.organisation order by o.organisation)`.as('waiting')).as('waiting'))
      if (cursor !== undefined) {
        const [stands, at, id, kind] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(${paused}, c.due_at, a.id, c.kind) > (${stands}::boolean, ${at}::timestamptz, ${id}::uuid, ${kind}::text)`)
      }
      const [rows, { count }] = await Promise.all([
        page.orderBy('stands').orderBy('c.due_at').orderBy('a.id').orderBy('c.kind').limit(limit + 1).execute(),
        going(query, sight, now).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: rows.slice(0, limit).map((row) => ({ ...row, waiting: row.waiting ?? [], clock: recordOf(row) })), total: count,
        nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.stands, last.due_at.toISOString(), last.id, last.kind]),
      }
    },

    /** Counts by the entry's department, whose process it is. */
    async departments(sight: Sight, now: Date, soon: Date) {
      const running = sql<SqlBool>`c.paused_at is null`
      const rows = await going({}, sight, now).groupBy('a.provider_organisation').orderBy('a.provider_organisation').select([
        'a.provider_organisation as organisation',
        sql<number>`count(*) filter (where ${running})::int`.as('running'),
        sql<number>`count(*) filter (where not ${running})::int`.as('paused'),
        sql<number>`count(*) filter (where ${running} and c.due_at between ${now} and ${soon})::int`.as('dueSoon'),
        sql<number>`count(*) filter (where ${running} and c.due_at < ${now})::int`.as('late'),
        sql<number>`count(*) filter (where a.escalated_at is not null and a.state = 'submitted')::int`.as('escalated'),
      ]).execute()
      return rows.sort((a, b) => b.late - a.late)
    },

    async inMediation(sight: Sight): Promise<number> {
      const row = await tables.selectFrom('sharing.application').where(seen(sight)).where('state', '=', 'in-mediation')
        .select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
      return row.count
    },
  }
}
