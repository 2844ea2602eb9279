import type { operations, QueryOf } from '@datong/contracts'
import { type Db, notify, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { GrantTable, SharingTables } from '../tables.ts'
import { type Sight, seen } from './seen.ts'

export type GrantRow = Selectable<GrantTable>

type GrantQuery = QueryOf<typeof operations.listGrants>

/** Every process that holds compiled plans listens here; the payload says what became invalid. */
export const PLANS_CHANNEL = 'datong_plans'

export function createGrantStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<SharingTables>(db)
  const within = (trx?: Trx) => (trx ? withTables<SharingTables>(trx) : tables)

  return {
    async insertGrant(trx: Trx, row: Insertable<GrantTable>): Promise<void> {
      await within(trx).insertInto('sharing.grant').values(row).execute()
      // No plan is of this grant yet, but those of others for the entry may have to give way to it.
      await notify(trx, PLANS_CHANNEL, JSON.stringify({ grant: row.id, entry: row.entry_code }))
    },

    /** Changes a grant; every process forgets its plan when the transaction commits. */
    async updateGrant(trx: Trx, id: string, change: Updateable<GrantTable>): Promise<GrantRow> {
      const row = await within(trx).updateTable('sharing.grant').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
      await notify(trx, PLANS_CHANNEL, JSON.stringify({ grant: id }))
      return row
    },

    async findGrant(id: string, trx?: Trx): Promise<GrantRow | undefined> {
      return within(trx).selectFrom('sharing.grant').selectAll().where('id', '=', id).executeTakeFirst()
    },

    async lockGrant(trx: Trx, id: string): Promise<GrantRow | undefined> {
      return within(trx).selectFrom('sharing.grant').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    },

    async findGrants(ids: readonly string[], trx?: Trx): Promise<Map<string, GrantRow>> {
      if (ids.length === 0) return new Map()
      const rows = await within(trx).selectFrom('sharing.grant').selectAll().where('id', 'in', [...ids]).execute()
      return new Map(rows.map((row) => [row.id, row]))
    },

    /** Grants of an app for an entry that were not replaced, the newest first; what the delivery of a call by key starts from. */
    async grantsOf(appId: string, entryCode: string): Promise<GrantRow[]> {
      return tables.selectFrom('sharing.grant').selectAll().where('app_id', '=', appId).where('entry_code', '=', entryCode)
        .where('state', '<>', 'replaced').orderBy('created_at', 'desc').execute()
    },

    /** Grants of a department for an entry that were not replaced, the newest first; for its officers trying them out. */
    async grantsOfOrganisation(organisation: string, entryCode: string): Promise<GrantRow[]> {
      return tables.selectFrom('sharing.grant').selectAll().where('consumer_organisation', '=', organisation).where('entry_code', '=', entryCode)
        .where('state', '<>', 'replaced').orderBy('created_at', 'desc').execute()
    },

    /** Versions of an entry that grants are fixed to which give, or may give again. */
    async fixedVersions(entryCode: string): Promise<Set<number>> {
      const rows = await tables.selectFrom('sharing.grant').select('version_rule').where('entry_code', '=', entryCode).where('state', 'in', ['active', 'suspended']).execute()
      return new Set(rows.flatMap(({ version_rule: rule }) => (rule.kind === 'fixed' ? [rule.version] : [])))
    },

    /** Grants of a consumer for an entry that have come to their last day; who asks again after it renews in all but name. */
    async endedGrants(trx: Trx, consumer: { organisation: string | null; applicantId: string }, entryCode: string): Promise<GrantRow[]> {
      const own = within(trx).selectFrom('sharing.grant').selectAll().where('entry_code', '=', entryCode).where('state', '=', 'expired')
      return (consumer.organisation === null ? own.where('applicant_id', '=', consumer.applicantId) : own.where('consumer_organisation', '=', consumer.organisation)).execute()
    },

    async grantIdsOfApplicant(userId: string): Promise<string[]> {
      const rows = await tables.selectFrom('sharing.grant').select('id').where('applicant_id', '=', userId).execute()
      return rows.map(({ id }) => id)
    },

    /** Whose last day is past and that still count as going on. */
    async grantsPastEnd(today: string, limit: number): Promise<string[]> {
      const rows = await tables.selectFrom('sharing.grant').select('id').where('state', 'in', ['active', 'suspended'])
        .where(sql<SqlBool>`until < ${today}::date`).orderBy('until').limit(limit).execute()
      return rows.map(({ id }) => id)
    },

    async listGrants(query: GrantQuery, sight: Sight, today: string): Promise<{ rows: GrantRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, ...selection } = query
      const fingerprint = { list: 'grants', selection, sight }
      const conditions = [seen(sight)]
      if (query.entryCode !== undefined) conditions.push(sql<SqlBool>`entry_code = ${query.entryCode}`)
      // The job that notes the end comes some minutes after midnight; the list does not wait for it.
      const going = sql<SqlBool>`state in ('active', 'suspended')`
      if (query.state === 'expired') conditions.push(sql<SqlBool>`(state = 'expired' or (${going} and until < ${today}::date))`)
      else if (query.state !== undefined) conditions.push(sql<SqlBool>`state = ${query.state} and (not ${going} or until >= ${today}::date)`)
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
