import type { Actor, ApplicationState, operations, QueryOf, TimelineItem } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { ApplicationTable, SharingTables } from '../tables.ts'
import { type Sight, seen } from './seen.ts'

export type ApplicationRow = Selectable<ApplicationTable>
/** Id of the material item that only an evaluation of the grant supplies. */
export const evaluationItem = (grantId: string): string => `evaluation:${grantId}`

type ApplicationQuery = QueryOf<typeof operations.listApplications>
export function createApplicationStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<SharingTables>(db)
  const within = (trx: Trx) => withTables<SharingTables>(trx)

  return {
    async nextNumber(trx: Trx, kind: 'application' | 'grant', year: number): Promise<string> {
      const { rows } = await sql<{ next: number }>`select nextval(${`sharing.${kind}_number`}::regclass)::int as next`.execute(trx)
      return `${kind === 'application' ? 'A' : 'G'}-${year}-${String(rows[0]!.next).padStart(4, '0')}`
    },

    async insertApplication(trx: Trx, row: Insertable<ApplicationTable>): Promise<void> {
      await within(trx).insertInto('sharing.application').values(row).execute()
    },

    async findApplication(id: string): Promise<ApplicationRow | undefined> {
      return tables.selectFrom('sharing.application').selectAll().where('id', '=', id).executeTakeFirst()
    },

    /** Locks it until the transaction ends, so that two officers decide one after the other. */
    async lockApplication(trx: Trx, id: string): Promise<ApplicationRow | undefined> {
      return within(trx).selectFrom('sharing.application').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    },

    /** @throws AppError `request/conflict` when it is not at the revision any more */
    async updateApplication(trx: Trx, before: ApplicationRow, change: Updateable<ApplicationTable>): Promise<ApplicationRow> {
      const row = await within(trx).updateTable('sharing.application').set({ ...change, revision: before.revision + 1 })
        .where('id', '=', before.id).where('revision', '=', before.revision).returningAll().executeTakeFirst()
      if (row === undefined) throw new AppError('request/conflict')
      return row
    },

    async addEvent(trx: Trx, event: { applicationId: string; at: Date; actor: Actor; action: string; reason: string; receiptId: string }): Promise<void> {
      const { applicationId, receiptId, actor, ...rest } = event
      await within(trx).insertInto('sharing.application_event')
        .values({ ...rest, application_id: applicationId, actor: JSON.stringify(actor), receipt_id: receiptId }).execute()
    },

    async histories(ids: readonly string[]): Promise<Map<string, TimelineItem[]>> {
      const histories = new Map<string, TimelineItem[]>(ids.map((id) => [id, []]))
      if (ids.length === 0) return histories
      const rows = await tables.selectFrom('sharing.application_event').selectAll().where('application_id', 'in', [...ids]).orderBy('id').execute()
      for (const { application_id, at, actor, action, reason, receipt_id } of rows) {
        histories.get(application_id)?.push({ at: at.toISOString(), actor, action, reason, receiptId: receipt_id })
      }
      return histories
    },

    async listApplications(query: ApplicationQuery, sight: Sight, now: Date, organisation: string | null = null): Promise<{ rows: ApplicationRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, sort = 'dueAt', ...selection } = query
      const fingerprint = { list: 'applications', selection, sort, sight, organisation }
      const column = sort.endsWith('dueAt') ? 'due_at' : 'submitted_at'
      const descending = sort.startsWith('-')
      // By due date what still waits for an answer comes first, in either direction.
      const waiting = column === 'due_at' ? sql<boolean>`(decided_at is not null) <> ${sql.lit(descending)}` : sql<boolean>`false`
      const conditions = [
        seen(sight),
        ...(query.state === undefined ? [] : [sql<SqlBool>`state = ${query.state}`]),
        ...(query.entryCode === undefined ? [] : [sql<SqlBool>`entry_code = ${query.entryCode}`]),
        ...(query.escalated === undefined ? [] : [sql<SqlBool>`(state = 'submitted' and escalated_at is not null) = ${query.escalated}`]),
        ...(query.awaitingUs === undefined ? [] : [sql<SqlBool>`${asked(organisation)} = ${query.awaitingUs}`]),
        ...(query.grantId === undefined ? [] : [sql<SqlBool>`link_grant_id = ${query.grantId}`]),
        ...(query.late === undefined ? [] : [sql<SqlBool>`(${lateAt(now)}) = ${query.late}`]),
        ...(query.q === undefined ? [] : [sql<SqlBool>`position(lower(${query.q}) in lower(number || ' ' || entry_title || ' ' || purpose || ' ' || applicant_name)) > 0`]),
      ]
      const where = sql<SqlBool>`${sql.join(conditions, sql` and `)}`
      let page = tables.selectFrom('sharing.application').selectAll().select(waiting.as('order_group')).where(where)
      if (cursor !== undefined) {
        const [group, at, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(${waiting}, ${sql.ref(column)}, id) ${sql.raw(descending ? '<' : '>')} (${group}::boolean, ${at}::timestamptz, ${id}::uuid)`)
      }
      const direction = descending ? 'desc' : 'asc'
      const [rows, { count }] = await Promise.all([
        page.orderBy('order_group', direction).orderBy(column, direction).orderBy('id', direction).limit(limit + 1).execute(),
        tables.selectFrom('sharing.application').select(sql<number>`count(*)::int`.as('count')).where(where).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: rows.slice(0, limit), total: count,
        nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.order_group, last[column].toISOString(), last.id]),
      }
    },

    /** Whose time to answer is over and that nobody has passed to the bureau yet. */
    async overdue(now: Date, limit: number): Promise<string[]> {
      const rows = await tables.selectFrom('sharing.application').select('id').where('state', '=', 'submitted').where('escalated_at', 'is', null)
        .where('due_at', '<', now).orderBy('due_at').limit(limit).execute()
      return rows.map(({ id }) => id)
    },

    /** Granted applications whose delivery is late, and the bureau does not know yet. */
    async lateDeliveries(now: Date, limit: number): Promise<string[]> {
      const rows = await tables.selectFrom('sharing.application as a').innerJoin('sharing.clock as c', 'c.application_id', 'a.id').select('a.id')
        .where('a.state', '=', 'approved').where('a.delivery_escalated_at', 'is', null).where('c.kind', '=', 'delivery').where('c.stopped_at', 'is', null)
        .where('c.paused_at', 'is', null).where('c.due_at', '<', now).orderBy('c.due_at').limit(limit).execute()
      return rows.map(({ id }) => id)
    },

    /** Granted applications whose delivery nobody has seen happen yet. */
    async undelivered(after: string | null, limit: number): Promise<{ id: string; grantId: string }[]> {
      let page = tables.selectFrom('sharing.application as a').innerJoin('sharing.clock as c', 'c.application_id', 'a.id').select(['a.id', 'a.grant_id'])
        .where('c.kind', '=', 'delivery').where('c.stopped_at', 'is', null).where('a.grant_id', 'is not', null)
      if (after !== null) page = page.where('a.id', '>', after)
      const rows = await page.orderBy('a.id').limit(limit).execute()
      return rows.map(({ id, grant_id }) => ({ id, grantId: grant_id! })) // not null, by the condition
    },

    /** Applications that stand still until the grant has been evaluated. */
    async waitingForEvaluation(trx: Trx, grantId: string): Promise<ApplicationRow[]> {
      return within(trx).selectFrom('sharing.application').selectAll().where('state', '=', 'material-owed')
        .where(sql<SqlBool>`material @> ${JSON.stringify([{ id: evaluationItem(grantId), suppliedAt: null }])}::jsonb`).orderBy('id').forUpdate().execute()
    },

    async figures(sight: Sight, now: Date, soon: Date) {
      const open: ApplicationState[] = ['submitted', 'material-owed', 'in-mediation']
      const [applications, grants] = await Promise.all([
        tables.selectFrom('sharing.application').where(seen(sight)).select([
          sql<number>`count(*) filter (where state in (${sql.join(open)}))::int`.as('open'),
          sql<number>`count(*) filter (where state = 'submitted' and due_at between ${now} and ${soon})::int`.as('dueSoon'),
          sql<number>`count(*) filter (where ${lateAt(now)})::int`.as('late'),
          sql<number>`count(*) filter (where state = 'approved')::int`.as('approved'),
          sql<number>`count(*) filter (where state = 'refused')::int`.as('refused'),
        ]).executeTakeFirstOrThrow(),
        tables.selectFrom('sharing.grant').where(seen(sight)).where('state', '=', 'active').where(sql<SqlBool>`until >= ${chinaDay(now)}::date`)
          .select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
      ])
      const answered = await tables.selectFrom('sharing.application').where(seen(sight)).where('state', 'in', ['approved', 'refused', 'in-mediation', 'upheld'])
        .select(['submitted_at', 'decided_at']).orderBy('decided_at', 'desc').limit(1000).execute()
      return { ...applications, activeGrants: grants.count, answered: answered.map((row) => ({ from: row.submitted_at, to: row.decided_at! })) } // decided, so set
    },
  }
}

/** Waits for this department's own opinion. */
const asked = (organisation: string | null) => sql<SqlBool>`(state = 'submitted' and exists (
  select from sharing.opinion o where o.application_id = sharing.application.id and o.organisation = ${organisation} and o.state = 'asked'))`

const lateAt = (now: Date) => sql<SqlBool>`(state = 'submitted' and due_at < ${now}) or (decided_at is not null and decided_at > due_at)`
