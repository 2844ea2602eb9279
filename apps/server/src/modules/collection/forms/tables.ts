import type { Actor, FormField, FormIssue, FormRoundState, FormSchedule, FormState, FormTaskState } from '@datong/contracts'
import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely'

export interface FormTable {
  id: string
  title: string
  about: string
  /** Department whose resource it fills. */
  organisation: string
  fields: ColumnType<readonly FormField[], string, string>
  key_fields: string[]
  /** Day of a form that is asked for once. */
  due_on: string | null
  rhythm: FormSchedule['rhythm']
  keeps: FormSchedule['keeps']
  /** Working days after a period with which its round opens, and with whose end it is due. */
  opens_day: number
  due_day: number
  state: Generated<FormState>
  entry_code: string | null
  last_load: string | null
  /** Code of the reason why what was handed in could not be loaded. */
  problem: string | null
  revision: Generated<number>
  created_at: Date
  created_by: ColumnType<Actor, string, never>
}

/** Whom the next round of a form asks. */
export interface FormDepartmentTable {
  form_id: string
  organisation: string
}

/** An end in working days: so many after an instant, by the calendar that it was last counted with. All null: no end. */
export interface DueColumns {
  due_at: Date | null
  counts_from: Date | null
  counts_days: number
}

export interface FormRoundTable extends DueColumns {
  form_id: string
  number: number
  /** `<form>/<number>`: what evidence calls it. */
  subject: GeneratedAlways<string>
  /** Null for the only round of a form that is asked for once. */
  period: string | null
  state: Generated<FormRoundState>
  opened_at: Date
  /** Something was handed in that no load has begun to take. */
  load_wanted: Generated<boolean>
}

export interface FormTaskTable extends DueColumns {
  form_id: string
  round: number
  organisation: string
  /** `<form>/<round>/<organisation>`, of the first round `<form>/<organisation>`: what evidence calls it. */
  subject: GeneratedAlways<string>
  state: Generated<Exclude<FormTaskState, 'asked'>>
  reason: string | null
  submitted_rows: number | null
  submitted_at: Date | null
  submitted_by: string | null
  /** When the part was handed in first, and when it had to be then: what was handed back gets another day, and stays in time or late. */
  first_submitted_at: Date | null
  first_due_at: Date | null
  /** When the time began that ends with `due_at`. */
  asked_at: Date
  /** The last that the department was told of its day. */
  told: 'soon' | 'late' | null
}

/** Texts by the name of their field. */
export type FormValues = Readonly<Record<string, string>>

export interface FormRowTable {
  id: string
  form_id: string
  round: number
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
  'collection.form_department': FormDepartmentTable
  'collection.form_round': FormRoundTable
  'collection.form_task': FormTaskTable
  'collection.form_row': FormRowTable
}

export type FormRecord = Selectable<FormTable>
export type FormRoundRecord = Selectable<FormRoundTable>
export type FormTaskRecord = Selectable<FormTaskTable>
export type FormRowRecord = Selectable<FormRowTable>
/** Names one department's part of one round. */
export type PartKey = Pick<FormTaskRecord, 'form_id' | 'round' | 'organisation'>
