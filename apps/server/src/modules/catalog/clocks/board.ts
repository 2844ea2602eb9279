import type { EntryClock, operations, OrganisationRef, QueryOf, ResponseOf } from '@datong/contracts'
import { withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { viewClock } from '../../../platform/working-clock.ts'
import type { CatalogContext } from '../context.ts'
import { type ClockRow, clockOf } from './clocks.ts'
import { allowedClockActions } from './act-on-clocks.ts'
import type { ClockTables } from './tables.ts'

type Query = QueryOf<typeof operations.listEntryClocks>
const YEAR_MS = 365 * 86_400_000

/** All clocks that go: late ones first, by due time, and last those that stand still; figures of departments beside them. */
export async function readClocks(context: CatalogContext, query: Query, caller: Caller, reach: Reach): Promise<ResponseOf<typeof operations.listEntryClocks>> {
  const { limit = 20, cursor, ...selection } = query
  const now = context.clock.now()
  const own = reach === 'all' ? null : caller.organisation ?? ''
  const fingerprint = { list: 'entry-clocks', selection, own }
  const stands = sql<boolean>`paused_at is not null`
  const within = sql<SqlBool>`(${own}::text is null or organisation = ${own})`
  const where = sql<SqlBool>`${sql.join([within, sql`stopped_at is null`, ...conditionsOf(query, now)], sql` and `)}`
  let page = withTables<ClockTables>(context.db).selectFrom('catalog.clock').selectAll().where(where)
  if (cursor !== undefined) {
    const [still, at, id] = context.cursors.decode(fingerprint, cursor)
    page = page.where(sql<SqlBool>`(${stands}, due_at, id) > (${still}::boolean, ${at}::timestamptz, ${id}::uuid)`)
  }
  const [rows, { total }, departments] = await Promise.all([
    page.orderBy(stands).orderBy('due_at').orderBy('id').limit(limit + 1).execute(),
    withTables<ClockTables>(context.db).selectFrom('catalog.clock').where(where).select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
    figuresOf(context, within, now),
  ])
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => viewRow(context, row, caller)), total,
    nextCursor: last === undefined ? null : context.cursors.encode(fingerprint, [last.paused_at !== null, last.due_at.toISOString(), last.id]),
    departments,
  }
}

function conditionsOf({ kind, department, standing, q }: Query, now: Date) {
  const running = sql<SqlBool>`paused_at is null`
  return [
    ...(kind === undefined ? [] : [sql<SqlBool>`kind = ${kind}`]),
    ...(department === undefined ? [] : [sql<SqlBool>`organisation = ${department}`]),
    ...(q === undefined ? [] : [sql<SqlBool>`position(lower(${q}) in lower(title || ' ' || subject_id || ' ' || note)) > 0`]),
    ...(standing === undefined ? [] : [{
      paused: sql<SqlBool>`paused_at is not null`, running, late: sql<SqlBool>`(${running} and due_at < ${now})`,
      soon: sql<SqlBool>`(${running} and soon_at <= ${now} and due_at >= ${now})`,
    }[standing]]),
  ]
}

async function figuresOf({ db, organisations }: CatalogContext, within: ReturnType<typeof sql<SqlBool>>, now: Date) {
  const running = sql`stopped_at is null and paused_at is null`
  const rows = await withTables<ClockTables>(db).selectFrom('catalog.clock').where(within)
    .where(sql<SqlBool>`(stopped_at is null or stopped_at > ${new Date(now.getTime() - YEAR_MS)})`).groupBy('organisation').orderBy('organisation').select([
      'organisation',
      sql<number>`count(*) filter (where ${running})::int`.as('running'),
      sql<number>`count(*) filter (where stopped_at is null and paused_at is not null)::int`.as('paused'),
      sql<number>`count(*) filter (where ${running} and soon_at <= ${now} and due_at >= ${now})::int`.as('dueSoon'),
      sql<number>`count(*) filter (where ${running} and due_at < ${now})::int`.as('late'),
      sql<number>`count(*) filter (where outcome = 'kept')::int`.as('kept'),
      sql<number>`count(*) filter (where outcome = 'missed')::int`.as('missed'),
    ]).execute()
  const shown = rows.map(({ organisation, ...figures }) => ({ department: organisations.ref(organisation) satisfies OrganisationRef, ...figures }))
  return shown.sort((a, b) => b.late - a.late)
}

export function viewRow(context: CatalogContext, row: ClockRow, caller: Caller): EntryClock {
  const now = context.clock.now()
  return {
    id: row.id, subject: { type: row.subject_type, id: row.subject_id }, title: row.title, department: context.organisations.ref(row.organisation),
    waitsFor: row.waits_for, clock: viewClock(clockOf(row), now, context.calendar), soon: row.paused_at === null && row.soon_at <= now && row.due_at >= now,
    note: row.note, urgedAt: row.urged_at?.toISOString() ?? null, allowedActions: allowedClockActions(row, caller),
  }
}
