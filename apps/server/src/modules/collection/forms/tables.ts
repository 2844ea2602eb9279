import type { Actor, FormField, FormIssue, FormState, FormTaskState } from '@datong/contracts'
import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely'

export interface FormTable {
  id: string
  title: string
  about: string
  /** Department whose resource it fills. */
  organisation: string
  fields: ColumnType<readonly FormField[], string, string>
  key_fields: string[]
  due_on: string | null
  state: Generated<FormState>
  entry_code: string | null
  last_load: string | null
  /** Code of the reason why what was handed in could not be loaded. */
  problem: string | null
  /** Times that something was handed in, and how many of these are in a load. */
  handed_in: Generated<number>
  loaded: Generated<number>
  revision: Generated<number>
  created_at: Date
  created_by: ColumnType<Actor, string, never>
}

export interface FormTaskTable {
  form_id: string
  organisation: string
  /** `<form>/<organisation>`: what evidence calls it. */
  subject: GeneratedAlways<string>
  state: Generated<FormTaskState>
  reason: string | null
  submitted_rows: number | null
  submitted_at: Date | null
  submitted_by: string | null
}

/** Texts by the name of their field. */
export type FormValues = Readonly<Record<string, string>>

export interface FormRowTable {
  id: string
  form_id: string
  organisation: string
  place: GeneratedAlways<number>
  values: ColumnType<FormValues, string, string>
  issues: ColumnType<readonly FormIssue[], string, string>
  /** What was handed in last; null when it never was. */
  submitted: ColumnType<FormValues | null, string | null, string | null>
  /** Was handed in, and is to be gone with the next handing in. */
  is_removed: Generated<boolean>
  changed_by: string
  changed_at: Date
}

export interface FormTables {
  'collection.form': FormTable
  'collection.form_task': FormTaskTable
  'collection.form_row': FormRowTable
}

export type FormRecord = Selectable<FormTable>
export type FormTaskRecord = Selectable<FormTaskTable>
export type FormRowRecord = Selectable<FormRowTable>
