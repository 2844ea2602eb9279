import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { FormRowRecord, FormRowTable, FormTables, FormValues, PartKey } from './tables.ts'

const READ_AT_ONCE = 2_000

/** What departments have handed in, with who did and for which period. */
export interface SubmittedRow {
  readonly organisation: string
  readonly period: string | null
  readonly submitted: FormValues
  readonly submittedAt: Date | null
}

/** SQL of the rows of forms. */
export function createFormRowStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<FormTables>(db)
  const within = (trx: Trx | null) => (trx === null ? tables : withTables<FormTables>(trx))
  const rowsOf = (trx: Trx | null, { form_id, round, organisation }: PartKey) =>
    within(trx).selectFrom('collection.form_row').where('form_id', '=', form_id).where('round', '=', round).where('organisation', '=', organisation)
  const isIn = ({ form_id, round, organisation }: PartKey) => sql`form_id = ${form_id} and round = ${round} and organisation = ${organisation}`

  return {
    async countRows(trx: Trx | null, part: PartKey): Promise<number> {
      const { count } = await rowsOf(trx, part).select(sql<number>`count(*)::int`.as('count')).where('is_removed', '=', false).executeTakeFirstOrThrow()
      return count
    },

    async listRows(part: PartKey, { limit = 50, cursor }: { limit?: number | undefined; cursor?: string | undefined }): Promise<{ rows: FormRowRecord[]; nextCursor: string | null }> {
      const fingerprint = { list: 'form-rows', formId: part.form_id, round: part.round, organisation: part.organisation }
      let page = rowsOf(null, part).selectAll().where('is_removed', '=', false)
      if (cursor !== undefined) page = page.where('place', '>', Number(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('place').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.place]) }
    },

    async insertRows(trx: Trx, rows: readonly Insertable<FormRowTable>[]): Promise<FormRowRecord[]> {
      return rows.length === 0 ? [] : within(trx).insertInto('collection.form_row').values([...rows]).returningAll().execute()
    },

    /** Undefined when the department has no such row in the round. */
    async changeRow(trx: Trx, id: string, { form_id, round, organisation }: PartKey, change: Updateable<FormRowTable>): Promise<FormRowRecord | undefined> {
      return within(trx).updateTable('collection.form_row').set(change).where('id', '=', id).where('form_id', '=', form_id).where('round', '=', round).where('organisation', '=', organisation)
        .where('is_removed', '=', false).returningAll().executeTakeFirst()
    },

    /** Rows that were never handed in go at once; others with the next handing in. */
    async removeRows(trx: Trx, part: PartKey, ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return
      const these = sql`${isIn(part)} and id = any(${[...ids]}::uuid[])`
      await sql`delete from collection.form_row where ${these} and submitted is null`.execute(trx)
      await sql`update collection.form_row set is_removed = true where ${these}`.execute(trx)
    },

    /** Every row of a part, to be looked at as a whole. */
    async allRows(trx: Trx, part: PartKey): Promise<Pick<FormRowRecord, 'id' | 'values'>[]> {
      return rowsOf(trx, part).select(['id', 'values']).where('is_removed', '=', false).orderBy('place').execute()
    },

    /** What was handed in with a part, in its order. */
    async handedIn(trx: Trx, part: PartKey): Promise<FormValues[]> {
      const rows = await rowsOf(trx, part).select('submitted').where('submitted', 'is not', null).orderBy('place').execute()
      return rows.map(({ submitted }) => submitted ?? {})
    },

    async noteIssues(trx: Trx, rows: readonly { readonly id: string; readonly issues: string }[]): Promise<void> {
      if (rows.length === 0) return
      await sql`update collection.form_row set issues = found.issues from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ issues }) => issues)}::jsonb[]) as found (id, issues)
        where form_row.id = found.id`.execute(trx)
    },

    /** What stands there is what is handed in. */
    async handIn(trx: Trx, part: PartKey): Promise<void> {
      await sql`delete from collection.form_row where ${isIn(part)} and is_removed`.execute(trx)
      await sql`update collection.form_row set submitted = "values" where ${isIn(part)}`.execute(trx)
    },

    /** Rows that were handed in, round by round, department by department, in their order. @param only one round; null: all of them */
    async* submittedRows(formId: string, only: number | null): AsyncIterable<readonly SubmittedRow[]> {
      let after = { round: 0, organisation: '', place: 0 }
      for (;;) {
        const rows = await tables.selectFrom('collection.form_row as row')
          .innerJoin('collection.form_task as task', (join) => join.onRef('task.form_id', '=', 'row.form_id').onRef('task.round', '=', 'row.round').onRef('task.organisation', '=', 'row.organisation'))
          .innerJoin('collection.form_round as round', (join) => join.onRef('round.form_id', '=', 'row.form_id').onRef('round.number', '=', 'row.round'))
          .select(['row.round', 'row.organisation', 'row.place', 'row.submitted', 'round.period', 'task.submitted_at as submittedAt']).where('row.form_id', '=', formId).where('row.submitted', 'is not', null)
          .where(sql<SqlBool>`(${only}::int is null or row.round = ${only})`)
          .where(sql<SqlBool>`(row.round, row.organisation, row.place) > (${after.round}, ${after.organisation}, ${after.place})`)
          .orderBy('row.round').orderBy('row.organisation').orderBy('row.place').limit(READ_AT_ONCE).execute()
        const last = rows.at(-1)
        if (last === undefined) return
        after = last
        yield rows.map(({ organisation, period, submitted, submittedAt }) => ({ organisation, period, submitted: submitted ?? {}, submittedAt }))
      }
    },

    /** Rows of a part move into that of another department. */
    async moveRows(trx: Trx, { form_id, round, organisation }: PartKey, to: string): Promise<void> {
      await within(trx).updateTable('collection.form_row').set({ organisation: to }).where('form_id', '=', form_id).where('round', '=', round).where('organisation', '=', organisation).execute()
    },
  }
}
