import { type Db, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { SharingTables } from './tables.ts'

/** An active grant, as far as its use is judged. */
export interface GrantInForce {
  readonly id: string
  readonly number: string
  readonly entryCode: string
  readonly entryTitle: string
  readonly provider: string
  readonly consumer: string | null
  readonly since: Date
}

/** How often a department did what it should, of how many times it should have. */
export interface Conduct {
  readonly organisation: string
  /** As provider: applications that people answered in time, of those that they answered or are late with. */
  readonly punctuality: { readonly good: number; readonly all: number }
  /** As consumer: grants that ended and were evaluated, of those that ended. */
  readonly evaluation: { readonly good: number; readonly all: number }
  /** As consumer: grants taken away for misuse. */
  readonly violations: number
}

/** Figures by which departments are judged; they name no person. */
export function createConductStore(db: Db) {
  const tables = withTables<SharingTables>(db)
  return {
    async grantsInForce(): Promise<GrantInForce[]> {
      return tables.selectFrom('sharing.grant').where('state', '=', 'active').where(sql<boolean>`until >= current_date`)
        .select(['id', 'number', 'entry_code as entryCode', 'entry_title as entryTitle', 'provider_organisation as provider', 'consumer_organisation as consumer', 'created_at as since'])
        .execute()
    },

    async conductSince(since: Date, now: Date): Promise<Conduct[]> {
      const { rows } = await sql<{ organisation: string; on_time: number; answered: number; evaluated: number; ended: number; violations: number }>`
        with answers as (
          select provider_organisation as organisation,
            count(*) filter (where state in ('approved', 'refused', 'in-mediation', 'upheld') and decided_at <= due_at)::int as on_time, count(*)::int as answered
          from sharing.application
          where submitted_at >= ${since} and decided_by is distinct from 'rule' and (state in ('approved', 'refused', 'in-mediation', 'upheld') or (state = 'submitted' and due_at < ${now}))
          group by 1
        ), ends as (
          select g.consumer_organisation as organisation,
            count(*) filter (where g.evaluated_at is not null)::int as evaluated, count(*)::int as ended,
            count(*) filter (where g.state = 'revoked' and g.revoked_for = 'misuse')::int as violations
          from sharing.grant g
          where g.created_at >= ${since} and g.consumer_organisation is not null and (g.state = 'revoked' or g.until < ${now}::date)
          group by 1
        )
        select organisation, coalesce(on_time, 0) as on_time, coalesce(answered, 0) as answered, coalesce(evaluated, 0) as evaluated,
          coalesce(ended, 0) as ended, coalesce(violations, 0) as violations
        from answers full join ends using (organisation)`.execute(db)
      return rows.map(({ organisation, on_time, answered, evaluated, ended, violations }) => ({
        organisation, violations, punctuality: { good: on_time, all: answered }, evaluation: { good: evaluated, all: ended },
      }))
    },
  }
}
