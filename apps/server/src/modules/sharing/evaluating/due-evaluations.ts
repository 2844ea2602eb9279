import { type Db, withTables } from '@datong/metadata-store'
import { readLimit } from '../settings/settings.ts'
import type { SharingTables } from '../tables.ts'
import { evaluationDueAt } from './evaluation-due.ts'

/** An evaluation that the consumer owes. */
export interface DueEvaluation {
  readonly grantId: string
  readonly number: string
  readonly entryTitle: string
  readonly consumer: string | null
  readonly applicantId: string
  readonly dueAt: Date
}

/** All evaluations that are due now; grants that ended over a year ago are let rest. */
export async function dueEvaluations(db: Db, now: Date): Promise<DueEvaluation[]> {
  const { workingDays: months } = await readLimit(db, 'evaluation-interval')
  const aYearAgo = new Date(now.getTime() - 365 * 86_400_000)
  const grants = await withTables<SharingTables>(db).selectFrom('sharing.grant').where('state', '<>', 'replaced')
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', aYearAgo)]))
    .select(['id', 'number', 'entry_title', 'consumer_organisation', 'applicant_id', 'state', 'created_at', 'until', 'ended_at', 'evaluated_at']).execute()
  return grants.flatMap((grant) => {
    const dueAt = evaluationDueAt(grant, months)
    return dueAt === null || dueAt > now ? []
      : [{ grantId: grant.id, number: grant.number, entryTitle: grant.entry_title, consumer: grant.consumer_organisation, applicantId: grant.applicant_id, dueAt }]
  })
}
