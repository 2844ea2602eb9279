import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { FormRecord, FormRowRecord, FormRowTable, FormTable, FormTables, FormTaskRecord, FormTaskTable, FormValues } from './tables.ts'

const READ_AT_ONCE = 2_000

/** SQL of forms, of what departments do with them, and of their rows. */
export function createFormStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<FormTables>(db)
  const within = (trx: Trx | null) => (trx === null ? tables : withTables<FormTables>(trx))

  return {
    /** A change of state or design: commits only with evidence about the form. */
    async insert(trx: Trx, row: Insertable<FormTable>): Promise<FormRecord> {
      return within(trx).insertInto('collection.form').values(row).returningAll().executeTakeFirstOrThrow()
    },

    async find(id: string): Promise<FormRecord | undefined> {
      return tables.selectFrom('collection.form').selectAll().where('id', '=', id).executeTakeFirst()
    },

    /** Locks it until the transaction ends. */
    async lock(trx: Trx, id: string): Promise<FormRecord | undefined> {
      return within(trx).selectFrom('collection.form').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    },

    /** Nobody changes it until the transaction ends. */
    async holdStill(trx: Trx, id: string): Promise<FormRecord | undefined> {
      return within(trx).selectFrom('collection.form').selectAll().where('id', '=', id).forShare().executeTakeFirst()
    },

    async change(trx: Trx, id: string, change: Updateable<FormTable>): Promise<FormRecord> {
      return within(trx).updateTable('collection.form').set((eb) => ({ ...change, revision: eb('revision', '+', 1) })).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
    },

    /** What changes without a decision: how far its loads have come. */
    async note(trx: Trx | null, id: string, change: Pick<Updateable<FormTable>, 'handed_in' | 'loaded' | 'last_load' | 'problem'>): Promise<void> {
      await within(trx).updateTable('collection.form').set(change).where('id', '=', id).execute()
    },

    /** @param organisation null for all forms; else those that it fills in and that were opened */
    async list(query: { limit?: number | undefined; cursor?: string | undefined; state?: FormRecord['state'] | undefined }, organisation: string | null): Promise<{ rows: FormRecord[]; nextCursor: string | null }> {
      const { limit = 20, cursor, state } = query
      const fingerprint = { list: 'forms', state: state ?? null, organisation }
      let page = tables.selectFrom('collection.form').selectAll().where('state', '<>', 'removed')
      if (state !== undefined) page = page.where('state', '=', state)
      if (organisation !== null) {
        page = page.where('state', '<>', 'draft').where(sql<SqlBool>`exists (select from collection.form_task task where task.form_id = collection.form.id and task.organisation = ${organisation})`)
      }
      // Ids are UUID version 7: their order is that of making.
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },

    /** Commits only with evidence about the department's part. */
    async addTask(trx: Trx, row: Insertable<FormTaskTable>): Promise<FormTaskRecord> {
      return within(trx).insertInto('collection.form_task').values(row).returningAll().executeTakeFirstOrThrow()
    },

    async lockTask(trx: Trx, formId: string, organisation: string): Promise<FormTaskRecord | undefined> {
      return within(trx).selectFrom('collection.form_task').selectAll().where('form_id', '=', formId).where('organisation', '=', organisation).forUpdate().executeTakeFirst()
    },

    async changeTask(trx: Trx, { form_id, organisation }: Pick<FormTaskRecord, 'form_id' | 'organisation'>, change: Updateable<FormTaskTable>): Promise<FormTaskRecord> {
      return within(trx).updateTable('collection.form_task').set(change).where('form_id', '=', form_id).where('organisation', '=', organisation).returningAll().executeTakeFirstOrThrow()
    },

    /** Departments without rows need not fill it in any more. */
    async dropTask(trx: Trx, { form_id, organisation }: Pick<FormTaskRecord, 'form_id' | 'organisation'>): Promise<void> {
      await within(trx).deleteFrom('collection.form_task').where('form_id', '=', form_id).where('organisation', '=', organisation).execute()
    },

    /** Tasks of forms with the number of rows that stand in each, in the order of departments. */
    async tasks(formIds: readonly string[], trx: Trx | null = null): Promise<(FormTaskRecord & { rows: number })[]> {
      if (formIds.length === 0) return []
      return within(trx).selectFrom('collection.form_task as task').selectAll('task')
        .select(sql<number>`(select count(*)::int from collection.form_row r where r.form_id = task.form_id and r.organisation = task.organisation and not r.is_removed)`.as('rows'))
        .where('task.form_id', 'in', [...formIds]).orderBy('task.form_id').orderBy('task.organisation').execute()
    },

    async countRows(trx: Trx | null, formId: string, organisation: string): Promise<number> {
      const { count } = await within(trx).selectFrom('collection.form_row').select(sql<number>`count(*)::int`.as('count'))
        .where('form_id', '=', formId).where('organisation', '=', organisation).where('is_removed', '=', false).executeTakeFirstOrThrow()
      return count
    },

    async listRows(formId: string, organisation: string, { limit = 50, cursor }: { limit?: number | undefined; cursor?: string | undefined }): Promise<{ rows: FormRowRecord[]; nextCursor: string | null }> {
      const fingerprint = { list: 'form-rows', formId, organisation }
      let page = tables.selectFrom('collection.form_row').selectAll().where('form_id', '=', formId).where('organisation', '=', organisation).where('is_removed', '=', false)
      if (cursor !== undefined) page = page.where('place', '>', Number(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('place').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.place]) }
    },

    async insertRows(trx: Trx, rows: readonly Insertable<FormRowTable>[]): Promise<FormRowRecord[]> {
      return rows.length === 0 ? [] : within(trx).insertInto('collection.form_row').values([...rows]).returningAll().execute()
    },

    /** Undefined when the department has no such row. */
    async changeRow(trx: Trx, { id, form_id, organisation }: Pick<FormRowRecord, 'id' | 'form_id' | 'organisation'>, change: Updateable<FormRowTable>): Promise<FormRowRecord | undefined> {
      return within(trx).updateTable('collection.form_row').set(change).where('id', '=', id).where('form_id', '=', form_id).where('organisation', '=', organisation).where('is_removed', '=', false).returningAll().executeTakeFirst()
    },

    /** Rows that were never handed in go at once; others with the next handing in. */
    async removeRows(trx: Trx, formId: string, organisation: string, ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return
      const these = sql`form_id = ${formId} and organisation = ${organisation} and id = any(${[...ids]}::uuid[])`
      await sql`delete from collection.form_row where ${these} and submitted is null`.execute(trx)
      await sql`update collection.form_row set is_removed = true where ${these}`.execute(trx)
    },

    /** Every row of a department, to be looked at as a whole. */
    async allRows(trx: Trx, formId: string, organisation: string): Promise<Pick<FormRowRecord, 'id' | 'values'>[]> {
      return within(trx).selectFrom('collection.form_row').select(['id', 'values']).where('form_id', '=', formId).where('organisation', '=', organisation).where('is_removed', '=', false).orderBy('place').execute()
    },

    async noteIssues(trx: Trx, rows: readonly { readonly id: string; readonly issues: string }[]): Promise<void> {
      if (rows.length === 0) return
      await sql`update collection.form_row set issues = found.issues from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ issues }) => issues)}::jsonb[]) as found (id, issues)
        where form_row.id = found.id`.execute(trx)
    },

    /** What stands there is what is handed in. */
    async handIn(trx: Trx, formId: string, organisation: string): Promise<void> {
      const own = sql`form_id = ${formId} and organisation = ${organisation}`
      await sql`delete from collection.form_row where ${own} and is_removed`.execute(trx)
      await sql`update collection.form_row set submitted = "values" where ${own}`.execute(trx)
    },

    /** Rows that were handed in, department by department, in their order. */
    async* submittedRows(formId: string): AsyncIterable<readonly { readonly organisation: string; readonly submitted: FormValues; readonly submittedAt: Date | null }[]> {
      let after = { organisation: '', place: 0 }
      for (;;) {
        const rows = await tables.selectFrom('collection.form_row as row').innerJoin('collection.form_task as task', (join) => join.onRef('task.form_id', '=', 'row.form_id').onRef('task.organisation', '=', 'row.organisation'))
          .select(['row.organisation', 'row.place', 'row.submitted', 'task.submitted_at as submittedAt']).where('row.form_id', '=', formId).where('row.submitted', 'is not', null)
          .where(sql<SqlBool>`(row.organisation, row.place) > (${after.organisation}, ${after.place})`).orderBy('row.organisation').orderBy('row.place').limit(READ_AT_ONCE).execute()
        const last = rows.at(-1)
        if (last === undefined) return
        after = last
        yield rows.map(({ organisation, submitted, submittedAt }) => ({ organisation, submitted: submitted ?? {}, submittedAt }))
      }
    },

    /** Forms that fill an entry. */
    async ofEntry(trx: Trx, entryCode: string): Promise<FormRecord[]> {
      return within(trx).selectFrom('collection.form').selectAll().where('entry_code', '=', entryCode).forUpdate().execute()
    },

    /** Forms whose resource belongs to a department. */
    async ofOrganisation(trx: Trx, organisation: string): Promise<FormRecord[]> {
      return within(trx).selectFrom('collection.form').selectAll().where('organisation', '=', organisation).forUpdate().execute()
    },

    async tasksOf(trx: Trx, organisation: string): Promise<FormTaskRecord[]> {
      return within(trx).selectFrom('collection.form_task').selectAll().where('organisation', '=', organisation).forUpdate().execute()
    },

    /** The rows follow. */
    async passTask(trx: Trx, task: FormTaskRecord, to: string): Promise<FormTaskRecord> {
      return within(trx).updateTable('collection.form_task').set({ organisation: to, state: task.state }).where('form_id', '=', task.form_id).where('organisation', '=', task.organisation).returningAll().executeTakeFirstOrThrow()
    },

    /** Rows of a task move into that of another department. */
    async joinTasks(trx: Trx, formId: string, from: string, to: string): Promise<void> {
      await within(trx).updateTable('collection.form_row').set({ organisation: to }).where('form_id', '=', formId).where('organisation', '=', from).execute()
    },
  }
}

export type FormStore = ReturnType<typeof createFormStore>
