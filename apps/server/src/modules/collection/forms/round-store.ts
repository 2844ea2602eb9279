import { MOST_ROUNDS_SHOWN } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { FormRoundRecord, FormRoundTable, FormTables, FormTaskRecord, PartKey } from './tables.ts'

/** How far the departments are with one round. */
export interface RoundFigures {
  readonly departments: number
  readonly submitted: number
  readonly accepted: number
  readonly late: number
  readonly handedInLate: number
}

type RoundKey = Pick<FormRoundRecord, 'form_id' | 'number'>
export const NO_FIGURES: RoundFigures = { departments: 0, submitted: 0, accepted: 0, late: 0, handedInLate: 0 }
export const nameOf = ({ form_id, number }: RoundKey): string => `${form_id}/${number}`

/** SQL of the rounds of forms. The latest round is that of the latest period, also when an earlier one was opened after it. */
export function createRoundStore(db: Db) {
  const tables = withTables<FormTables>(db)
  const within = (trx: Trx | null) => (trx === null ? tables : withTables<FormTables>(trx))
  const among = (rounds: readonly RoundKey[]) => sql`select distinct * from unnest(${rounds.map(({ form_id }) => form_id)}::uuid[], ${rounds.map(({ number }) => number)}::int[]) as one (form_id, round)`

  return {
    /** Commits only with evidence about the round. */
    async addRound(trx: Trx, row: Insertable<FormRoundTable>): Promise<FormRoundRecord> {
      return within(trx).insertInto('collection.form_round').values(row).returningAll().executeTakeFirstOrThrow()
    },

    async lockRound(trx: Trx, { form_id, number }: RoundKey): Promise<FormRoundRecord | undefined> {
      return within(trx).selectFrom('collection.form_round').selectAll().where('form_id', '=', form_id).where('number', '=', number).forUpdate().executeTakeFirst()
    },

    async changeRound(trx: Trx, { form_id, number }: RoundKey, change: Updateable<FormRoundTable>): Promise<FormRoundRecord> {
      return within(trx).updateTable('collection.form_round').set(change).where('form_id', '=', form_id).where('number', '=', number).returningAll().executeTakeFirstOrThrow()
    },

    /** The round of a number, or the latest. */
    async findRound(trx: Trx | null, formId: string, number?: number): Promise<FormRoundRecord | undefined> {
      const found = within(trx).selectFrom('collection.form_round').selectAll().where('form_id', '=', formId)
      return (number === undefined ? found.orderBy('period', 'desc').limit(1) : found.where('number', '=', number)).executeTakeFirst()
    },

    async latestRounds(formIds: readonly string[]): Promise<FormRoundRecord[]> {
      if (formIds.length === 0) return []
      return tables.selectFrom('collection.form_round').selectAll().distinctOn('form_id').where('form_id', 'in', [...formIds]).orderBy('form_id').orderBy('period', 'desc').execute()
    },

    /** The latest first; all of them for work that must not miss any. */
    async rounds(trx: Trx | null, formId: string, limit: number | null = MOST_ROUNDS_SHOWN): Promise<FormRoundRecord[]> {
      const all = within(trx).selectFrom('collection.form_round').selectAll().where('form_id', '=', formId).orderBy('period', 'desc')
      return (limit === null ? all : all.limit(limit)).execute()
    },

    /** Of each round that has parts, by its name. */
    async figures(rounds: readonly RoundKey[], now: Date): Promise<ReadonlyMap<string, RoundFigures>> {
      if (rounds.length === 0) return new Map()
      const { rows } = await sql<RoundFigures & { form_id: string; number: number }>`
        select form_id, round as number, count(*)::int as departments, (count(*) filter (where state in ('submitted', 'accepted')))::int as submitted,
          (count(*) filter (where state = 'accepted'))::int as accepted, (count(*) filter (where state in ('filling', 'returned') and due_at < ${now}))::int as late,
          (count(*) filter (where state in ('submitted', 'accepted') and first_submitted_at > first_due_at))::int as "handedInLate"
        from collection.form_task join (${among(rounds)}) as one using (form_id, round) group by 1, 2`.execute(db)
      return new Map(rows.map(({ form_id, number, ...figures }) => [nameOf({ form_id, number }), figures]))
    },

    /** Parts of rounds with the number of rows that stand in each; of one department, or of all in their order. */
    async parts(rounds: readonly RoundKey[], organisation: string | null): Promise<(FormTaskRecord & { rows: number })[]> {
      if (rounds.length === 0) return []
      const { rows } = await sql<FormTaskRecord & { rows: number }>`
        select task.*, (select count(*)::int from collection.form_row r where r.form_id = task.form_id and r.round = task.round and r.organisation = task.organisation and not r.is_removed) as rows
        from collection.form_task task join (${among(rounds)}) as one using (form_id, round)
        where ${organisation}::text is null or task.organisation = ${organisation} order by task.form_id, task.round, task.organisation`.execute(db)
      return rows
    },

    /** Parts of open rounds of open forms that are owed by a day. */
    async waiting(trx: Trx): Promise<(FormTaskRecord & { title: string; period: string | null })[]> {
      return within(trx).selectFrom('collection.form_task as task').innerJoin('collection.form as form', 'form.id', 'task.form_id')
        .innerJoin('collection.form_round as round', (join) => join.onRef('round.form_id', '=', 'task.form_id').onRef('round.number', '=', 'task.round'))
        .selectAll('task').select(['form.title', 'round.period']).where('form.state', '=', 'open').where('round.state', '=', 'open')
        .where('task.due_at', 'is not', null).where('task.state', 'in', ['filling', 'returned']).orderBy('task.form_id').orderBy('task.round').orderBy('task.organisation').forUpdate('task').execute()
    },

    /** The latest round for which anything was handed in. */
    async latestHandedIn(trx: Trx, formId: string): Promise<FormRoundRecord | undefined> {
      return within(trx).selectFrom('collection.form_round as round').selectAll().where('form_id', '=', formId)
        .where(({ exists, selectFrom }) => exists(selectFrom('collection.form_task as task').whereRef('task.form_id', '=', 'round.form_id').whereRef('task.round', '=', 'round.number').where('task.submitted_at', 'is not', null)))
        .orderBy('period', 'desc').limit(1).executeTakeFirst()
    },

    /** What was handed in for the latest period before that of a round, by one department. */
    async partBefore(trx: Trx | null, { form_id, round, organisation }: PartKey): Promise<{ readonly round: number; readonly period: string | null; readonly rows: number } | undefined> {
      const { rows: [found] } = await sql<{ round: number; period: string | null; rows: number }>`
        select task.round, round.period, task.submitted_rows as rows from collection.form_task task
        join collection.form_round round on round.form_id = task.form_id and round.number = task.round
        where task.form_id = ${form_id} and task.organisation = ${organisation} and task.submitted_at is not null
          and round.period < (select period from collection.form_round where form_id = ${form_id} and number = ${round})
        order by round.period desc limit 1`.execute(trx ?? db)
      return found
    },
  }
}
