import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type SqlBool, type Updateable } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import { createRoundStore } from './round-store.ts'
import { createFormRowStore } from './row-store.ts'
import type { FormRecord, FormTable, FormTables, FormTaskRecord, FormTaskTable, PartKey } from './tables.ts'

/** SQL of forms, of whom they ask, and of the departments' parts; with that of rounds and rows. */
export function createFormStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<FormTables>(db)
  const within = (trx: Trx | null) => (trx === null ? tables : withTables<FormTables>(trx))
  const isAsked = (organisation: string) => sql<SqlBool>`(exists (select from collection.form_department one where one.form_id = collection.form.id and one.organisation = ${organisation})
    or exists (select from collection.form_task task where task.form_id = collection.form.id and task.organisation = ${organisation}))`

  return {
    ...createRoundStore(db), ...createFormRowStore(db, cursors),

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
    async note(trx: Trx | null, id: string, change: Pick<Updateable<FormTable>, 'last_load' | 'problem'>): Promise<void> {
      await within(trx).updateTable('collection.form').set(change).where('id', '=', id).execute()
    },

    /** @param organisation null for all forms; else those that ask it, or did, and that were opened */
    async list(query: { limit?: number | undefined; cursor?: string | undefined; state?: FormRecord['state'] | undefined }, organisation: string | null): Promise<{ rows: FormRecord[]; nextCursor: string | null }> {
      const { limit = 20, cursor, state } = query
      const fingerprint = { list: 'forms', state: state ?? null, organisation }
      let page = tables.selectFrom('collection.form').selectAll().where('state', '<>', 'removed')
      if (state !== undefined) page = page.where('state', '=', state)
      if (organisation !== null) page = page.where('state', '<>', 'draft').where(isAsked(organisation))
      // Ids are UUID version 7: their order is that of making.
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },

    /** Whether a form asks a department, or did. */
    async asks(id: string, organisation: string): Promise<boolean> {
      return (await tables.selectFrom('collection.form').select('id').where('id', '=', id).where(isAsked(organisation)).executeTakeFirst()) !== undefined
    },

    /** Open forms with rounds to come. */
    async recurring(): Promise<FormRecord[]> {
      return tables.selectFrom('collection.form').selectAll().where('state', '=', 'open').where('rhythm', '<>', 'once').execute()
    },

    /** Whom the next round asks, by form, in the order of their codes. */
    async departments(trx: Trx | null, formIds: readonly string[]): Promise<{ form_id: string; organisation: string }[]> {
      if (formIds.length === 0) return []
      return within(trx).selectFrom('collection.form_department').selectAll().where('form_id', 'in', [...formIds]).orderBy('form_id').orderBy('organisation').execute()
    },

    async setDepartments(trx: Trx, formId: string, organisations: readonly string[]): Promise<void> {
      await within(trx).deleteFrom('collection.form_department').where('form_id', '=', formId).execute()
      await within(trx).insertInto('collection.form_department').values(organisations.map((organisation) => ({ form_id: formId, organisation }))).execute()
    },

    /** The successor is asked instead, once. */
    async passDepartment(trx: Trx, from: string, to: string): Promise<void> {
      await sql`insert into collection.form_department select form_id, ${to} from collection.form_department where organisation = ${from} on conflict do nothing`.execute(trx)
      await within(trx).deleteFrom('collection.form_department').where('organisation', '=', from).execute()
    },

    /** Commits only with evidence about the department's part. */
    async addTask(trx: Trx, row: Insertable<FormTaskTable>): Promise<FormTaskRecord> {
      return within(trx).insertInto('collection.form_task').values(row).returningAll().executeTakeFirstOrThrow()
    },

    async lockTask(trx: Trx, { form_id, round, organisation }: PartKey): Promise<FormTaskRecord | undefined> {
      return within(trx).selectFrom('collection.form_task').selectAll().where('form_id', '=', form_id).where('round', '=', round).where('organisation', '=', organisation).forUpdate().executeTakeFirst()
    },

    async changeTask(trx: Trx, { form_id, round, organisation }: PartKey, change: Updateable<FormTaskTable>): Promise<FormTaskRecord> {
      return within(trx).updateTable('collection.form_task').set(change).where('form_id', '=', form_id).where('round', '=', round).where('organisation', '=', organisation).returningAll().executeTakeFirstOrThrow()
    },

    /** A part without rows need not be filled in any more. */
    async dropTask(trx: Trx, { form_id, round, organisation }: PartKey): Promise<void> {
      await within(trx).deleteFrom('collection.form_task').where('form_id', '=', form_id).where('round', '=', round).where('organisation', '=', organisation).execute()
    },

    /** Every part of a round, locked. */
    async lockParts(trx: Trx, formId: string, round: number): Promise<FormTaskRecord[]> {
      return within(trx).selectFrom('collection.form_task').selectAll().where('form_id', '=', formId).where('round', '=', round).orderBy('organisation').forUpdate().execute()
    },

    /** Forms that fill an entry. */
    async ofEntry(trx: Trx, entryCode: string): Promise<FormRecord[]> {
      return within(trx).selectFrom('collection.form').selectAll().where('entry_code', '=', entryCode).forUpdate().execute()
    },

    /** Forms whose resource belongs to a department. */
    async ofOrganisation(trx: Trx, organisation: string): Promise<FormRecord[]> {
      return within(trx).selectFrom('collection.form').selectAll().where('organisation', '=', organisation).forUpdate().execute()
    },

    /** All parts of a department. */
    async tasksOf(trx: Trx, organisation: string): Promise<FormTaskRecord[]> {
      return within(trx).selectFrom('collection.form_task').selectAll().where('organisation', '=', organisation).orderBy('form_id').orderBy('round').forUpdate().execute()
    },

    /** The rows follow. */
    async passTask(trx: Trx, task: FormTaskRecord, to: string): Promise<FormTaskRecord> {
      return within(trx).updateTable('collection.form_task').set({ organisation: to, state: task.state }).where('form_id', '=', task.form_id).where('round', '=', task.round).where('organisation', '=', task.organisation)
        .returningAll().executeTakeFirstOrThrow()
    },
  }
}

export type FormStore = ReturnType<typeof createFormStore>
