import { type Form, type FormRow, type FormSummary, type FormTask, MOST_CODES_TO_CHOOSE } from '@datong/contracts'
import { type Caller, holds } from '../../../platform/caller.ts'
import { allowedFormActions } from './act-on-form.ts'
import { allowedTaskActions } from './act-on-task.ts'
import type { CollectionContext } from '../context.ts'
import type { FormRecord, FormRowRecord, FormTaskRecord } from './tables.ts'

type Task = FormTaskRecord & { readonly rows: number }

export async function viewForms(context: CollectionContext, forms: readonly FormRecord[], caller: Caller): Promise<FormSummary[]> {
  const tasks = await context.forms.tasks(forms.map(({ id }) => id))
  return forms.map((form) => summaryOf(context, form, tasks.filter(({ form_id }) => form_id === form.id), caller))
}

export async function viewForm(context: CollectionContext, form: FormRecord, caller: Caller): Promise<Form> {
  const { forms, loads, standards } = context
  const tasks = await forms.tasks([form.id])
  const load = form.last_load === null ? undefined : await loads.find(form.last_load)
  const isSteward = holds(caller, 'steward')
  const lists = [...new Set(form.fields.flatMap(({ codeList }) => codeList ?? []))].flatMap((list) => {
    const { codes } = standards.codesAt(list) ?? { codes: [] }
    return codes.length === 0 || codes.length > MOST_CODES_TO_CHOOSE ? [] : [[list, codes.map(({ code, name }) => ({ code, name }))] as const]
  })
  return {
    ...summaryOf(context, form, tasks, caller), about: form.about, fields: [...form.fields], keyFields: form.key_fields,
    tasks: tasks.filter(({ organisation }) => isSteward || holds(caller, 'auditor') || organisation === caller.organisation).map((task) => viewTask(context, form, task, caller)),
    codes: Object.fromEntries(lists),
    lastLoad: load === undefined ? null : { id: load.id, state: load.outcome ?? load.phase, rowsRead: load.rows_read },
    problem: form.problem, revision: form.revision, allowedActions: isSteward ? ['edit', ...allowedFormActions(form.state)] : [],
  }
}

function summaryOf(context: CollectionContext, form: FormRecord, tasks: readonly Task[], caller: Caller): FormSummary {
  const own = tasks.find(({ organisation }) => organisation === caller.organisation)
  return {
    id: form.id, title: form.title, organisation: context.organisations.ref(form.organisation), state: form.state, dueOn: form.due_on,
    departments: tasks.length, submitted: tasks.filter(({ state }) => state === 'submitted').length,
    own: own === undefined || !holds(caller, 'provider') ? null : viewTask(context, form, own, caller), entryCode: form.entry_code, createdAt: form.created_at.toISOString(),
  }
}

const viewTask = ({ organisations }: CollectionContext, form: FormRecord, task: Task, caller: Caller): FormTask => ({
  organisation: organisations.ref(task.organisation), state: task.state, rows: task.rows, submittedRows: task.submitted_rows, submittedAt: task.submitted_at?.toISOString() ?? null,
  submittedBy: task.submitted_by, reason: task.reason, allowedActions: allowedTaskActions(form, task, caller),
})

export const viewRow = (row: FormRowRecord): FormRow => ({
  id: row.id, values: { ...row.values }, issues: [...row.issues], changedBy: row.changed_by, changedAt: row.changed_at.toISOString(),
})
