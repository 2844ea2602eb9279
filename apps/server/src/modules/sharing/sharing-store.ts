import type { Actor, ApplicationState, operations, QueryOf, TimelineItem } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Db, notify, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { ApplicationTable, GrantTable, SharingTables } from './tables.ts'

export type ApplicationRow = Selectable<ApplicationTable>
export type GrantRow = Selectable<GrantTable>

/** Whose applications and grants a caller may see. */
export type Sight =
  | { readonly kind: 'all' }
  | { readonly kind: 'organisation'; readonly organisation: string; readonly side?: 'consumer' | 'provider' | undefined }
  | { readonly kind: 'person'; readonly userId: string }

type ApplicationQuery = QueryOf<typeof operations.listApplications>
type GrantQuery = QueryOf<typeof operations.listGrants>

/** Every process that holds compiled plans listens here; the payload says what became invalid. */
export const PLANS_CHANNEL = 'datong_plans'

export function createSharingStore(db: Db, cursors: CursorCodec) {
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

    async listApplications(query: ApplicationQuery, sight: Sight, now: Date): Promise<{ rows: ApplicationRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, sort = 'dueAt', ...selection } = query
      const fingerprint = { list: 'applications', selection, sort, sight }
      const column = sort.endsWith('dueAt') ? 'due_at' : 'submitted_at'
      const descending = sort.startsWith('-')
      // By due date what still waits for an answer comes first, in either direction.
      const waiting = column === 'due_at' ? sql<boolean>`(decided_at is not null) <> ${sql.lit(descending)}` : sql<boolean>`false`
      const conditions = [
        seen(sight),
        ...(query.state === undefined ? [] : [sql<SqlBool>`state = ${query.state}`]),
        ...(query.entryCode === undefined ? [] : [sql<SqlBool>`entry_code = ${query.entryCode}`]),
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

    async figures(sight: Sight, now: Date, soon: Date) {
      const open: ApplicationState[] = ['submitted', 'material-owed']
      const [applications, grants] = await Promise.all([
        tables.selectFrom('sharing.application').where(seen(sight)).select([
          sql<number>`count(*) filter (where state in (${sql.join(open)}))::int`.as('open'),
          sql<number>`count(*) filter (where state = 'submitted' and due_at between ${now} and ${soon})::int`.as('dueSoon'),
          sql<number>`count(*) filter (where ${lateAt(now)})::int`.as('late'),
          sql<number>`count(*) filter (where state = 'approved')::int`.as('approved'),
          sql<number>`count(*) filter (where state = 'refused')::int`.as('refused'),
        ]).executeTakeFirstOrThrow(),
        tables.selectFrom('sharing.grant').where(seen(sight)).where('state', '=', 'active').where(sql<SqlBool>`until >= ${now}::date`)
          .select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow(),
      ])
      const answered = await tables.selectFrom('sharing.application').where(seen(sight)).where('state', 'in', ['approved', 'refused'])
        .select(['clock_started_at', 'decided_at']).orderBy('decided_at', 'desc').limit(1000).execute()
      return { ...applications, activeGrants: grants.count, answered: answered.map((row) => ({ from: row.clock_started_at, to: row.decided_at! })) } // decided, so set
    },

    async insertGrant(trx: Trx, row: Insertable<GrantTable>): Promise<void> {
      await within(trx).insertInto('sharing.grant').values(row).execute()
      await notify(trx, PLANS_CHANNEL, JSON.stringify({ grant: row.id }))
    },

    /** Changes a grant's state; every process forgets its plan when the transaction commits. */
    async setGrantState(trx: Trx, id: string, state: GrantRow['state']): Promise<GrantRow> {
      const row = await within(trx).updateTable('sharing.grant').set({ state }).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
      await notify(trx, PLANS_CHANNEL, JSON.stringify({ grant: id }))
      return row
    },

    async findGrant(id: string, trx?: Trx): Promise<GrantRow | undefined> {
      return (trx ? within(trx) : tables).selectFrom('sharing.grant').selectAll().where('id', '=', id).executeTakeFirst()
    },

    /** Grants of an app for an entry, the newest first; what the delivery of a call by key starts from. */
    async grantsOf(appId: string, entryCode: string): Promise<GrantRow[]> {
      return tables.selectFrom('sharing.grant').selectAll().where('app_id', '=', appId).where('entry_code', '=', entryCode).orderBy('created_at', 'desc').execute()
    },

    /** Grants of a department for an entry, the newest first; for its officers trying them out. */
    async grantsOfOrganisation(organisation: string, entryCode: string): Promise<GrantRow[]> {
      return tables.selectFrom('sharing.grant').selectAll().where('consumer_organisation', '=', organisation).where('entry_code', '=', entryCode)
        .orderBy('created_at', 'desc').execute()
    },

    async grantIdsOfApplicant(userId: string): Promise<string[]> {
      const rows = await tables.selectFrom('sharing.grant').select('id').where('applicant_id', '=', userId).execute()
      return rows.map(({ id }) => id)
    },

    async listGrants(query: GrantQuery, sight: Sight, today: string): Promise<{ rows: GrantRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'grants', selection, sight }
      const conditions = [seen(sight)]
      if (query.entryCode !== undefined) conditions.push(sql<SqlBool>`entry_code = ${query.entryCode}`)
      if (query.state === 'expired') conditions.push(sql<SqlBool>`state <> 'revoked' and until < ${today}::date`)
      else if (query.state === 'revoked') conditions.push(sql<SqlBool>`state = 'revoked'`)
      else if (query.state !== undefined) conditions.push(sql<SqlBool>`state = ${query.state} and until >= ${today}::date`)
      const where = sql<SqlBool>`${sql.join(conditions, sql` and `)}`
      let page = tables.selectFrom('sharing.grant').selectAll().where(where)
      // Ids are UUID version 7: their order is the order of making.
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const [rows, { count }] = await Promise.all([
        page.orderBy('id', 'desc').limit(limit + 1).execute(),
        tables.selectFrom('sharing.grant').select(sql<number>`count(*)::int`.as('count')).where(where).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), total: count, nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },
  }
}

const lateAt = (now: Date) => sql<SqlBool>`(state = 'submitted' and due_at < ${now}) or (decided_at is not null and decided_at > due_at)`

function seen(sight: Sight) {
  if (sight.kind === 'all') return sql<SqlBool>`true`
  if (sight.kind === 'person') return sql<SqlBool>`applicant_id = ${sight.userId}`
  const consumer = sql<SqlBool>`consumer_organisation = ${sight.organisation}`
  const provider = sql<SqlBool>`provider_organisation = ${sight.organisation}`
  if (sight.side === 'consumer') return consumer
  if (sight.side === 'provider') return provider
  return sql<SqlBool>`(${consumer} or ${provider})`
}

export type SharingStore = ReturnType<typeof createSharingStore>
