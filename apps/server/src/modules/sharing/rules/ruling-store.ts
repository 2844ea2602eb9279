import type { DeliveryForm } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { ApplicationRow } from '../sharing-store.ts'
import type { SharingTables } from '../tables.ts'
import type { RuleTables, RulingTable } from './tables.ts'

export type RulingRow = Selectable<RulingTable>

/** Whose history for which entry, and until when it counts. */
export interface HistoryQuestion {
  readonly organisation: string | null
  /** Stands for the requester who has no organisation. */
  readonly applicantId: string
  readonly entryCode: string
  /** How it is asked to be delivered now: who got less before, counts for instance, was not trusted with as much. */
  readonly delivery: DeliveryForm
  readonly before: Date
}

/** Decided before for the same entry, and grants of the requester that were revoked, whatever the entry. */
export interface History {
  readonly approvedBefore: number
  readonly refusedBefore: number
  readonly violations: number
}

export function createRulingStore(db: Db) {
  const tables = (trx?: Trx) => withTables<RuleTables & SharingTables>(trx ?? db)
  return {
    /** Keeps what the rules said; the last word counts when material was handed in later. */
    async put(trx: Trx, row: Insertable<RulingTable>): Promise<void> {
      const { application_id: _, ...rest } = row
      await tables(trx).insertInto('sharing.ruling').values(row).onConflict((conflict) => conflict.column('application_id').doUpdateSet(rest)).execute()
    },

    async find(applicationId: string): Promise<RulingRow | undefined> {
      return tables().selectFrom('sharing.ruling').selectAll().where('application_id', '=', applicationId).executeTakeFirst()
    },

    async rulingsOf(applicationIds: readonly string[]): Promise<Map<string, RulingRow>> {
      if (applicationIds.length === 0) return new Map()
      const rows = await tables().selectFrom('sharing.ruling').selectAll().where(sql<boolean>`application_id = any(${[...applicationIds]}::uuid[])`).execute()
      return new Map(rows.map((row) => [row.application_id, row]))
    },

    async findApplication(id: string): Promise<ApplicationRow | undefined> {
      return tables().selectFrom('sharing.application').selectAll().where('id', '=', id).executeTakeFirst()
    },

    /** Applications of a period, the newest first. @param provider of that department's entries only */
    async applications(period: { from: Date; to: Date; limit: number }, provider: string | null): Promise<ApplicationRow[]> {
      let query = tables().selectFrom('sharing.application').selectAll().where('submitted_at', '>=', period.from).where('submitted_at', '<=', period.to)
      if (provider !== null) query = query.where('provider_organisation', '=', provider)
      return query.orderBy('submitted_at', 'desc').orderBy('id', 'desc').limit(period.limit).execute()
    },

    /** One answer for each question, in their order. */
    async histories(questions: readonly HistoryQuestion[], trx?: Trx): Promise<History[]> {
      if (questions.length === 0) return []
      const { rows } = await sql<History>`
        select
          (select count(*)::int from sharing.application a where ${sameRequester('a')} and a.entry_code = q.entry and a.state = 'approved' and a.decided_at < q.before
            and (a.delivery = q.delivery or a.delivery not in ('verify', 'statistics'))) as "approvedBefore",
          (select count(*)::int from sharing.application a where ${sameRequester('a')} and a.entry_code = q.entry
            and a.state in ('refused', 'in-mediation', 'upheld') and a.decided_at < q.before) as "refusedBefore",
          (select count(*)::int from sharing.application a join sharing.application_event e on e.application_id = a.id
            where ${sameRequester('a')} and e.action = 'grant-revoked' and e.at < q.before) as violations
        from unnest(${questions.map(({ organisation }) => organisation)}::text[], ${questions.map(({ applicantId }) => applicantId)}::uuid[],
          ${questions.map(({ entryCode }) => entryCode)}::text[], ${questions.map(({ delivery }) => delivery)}::text[], ${questions.map(({ before }) => before.toISOString())}::timestamptz[])
          with ordinality as q (organisation, applicant, entry, delivery, before, place)
        order by q.place`.execute(trx ?? db)
      return rows
    },
  }
}

export type RulingStore = ReturnType<typeof createRulingStore>

const sameRequester = (alias: string) => sql`(${sql.ref(`${alias}.consumer_organisation`)} = q.organisation
  or (q.organisation is null and ${sql.ref(`${alias}.consumer_organisation`)} is null and ${sql.ref(`${alias}.applicant_id`)} = q.applicant))`
