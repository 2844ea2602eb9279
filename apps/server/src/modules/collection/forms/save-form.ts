import type { BodyOf, operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { requireDesign } from './design.ts'
import type { CollectionContext } from '../context.ts'
import { recordForm, recordTask } from './record-form.ts'
import type { FormRecord } from './tables.ts'

/** Designs a form; departments see it when it is opened. @throws AppError `collection/form-invalid` */
export async function createForm(context: CollectionContext, body: BodyOf<typeof operations.createForm>, caller: Caller): Promise<FormRecord> {
  requireDesign(context, body)
  const { clock, random, store, forms } = context
  return inTransaction(store.db, async (trx) => {
    const form = await forms.insert(trx, {
      id: uuidv7(clock, random), title: body.title, about: body.about, organisation: body.organisation, fields: JSON.stringify(body.fields), key_fields: [...body.keyFields],
      due_on: body.dueOn, entry_code: null, last_load: null, problem: null, created_at: clock.now(), created_by: JSON.stringify(caller.actor),
    })
    await recordForm(trx, context, { form, actor: caller.actor, action: 'designed', detail: { fields: body.fields.map(({ name }) => name), departments: body.departments } })
    await setDepartments(trx, context, form, body.departments, caller)
    return form
  })
}

/**
 * Changes a form. What departments fill in stays as it is while the form is open.
 * @throws AppError `collection/form-invalid`, `collection/form-not-now`, `request/conflict`, `request/not-found`
 */
export async function changeForm(context: CollectionContext, id: string, { revision, ...body }: BodyOf<typeof operations.changeForm>, caller: Caller): Promise<FormRecord> {
  const { store, forms } = context
  return inTransaction(store.db, async (trx) => {
    const before = await forms.lock(trx, id)
    if (before === undefined || before.state === 'removed') throw new AppError('request/not-found')
    if (before.revision !== revision) throw new AppError('request/conflict')
    const changesFields = body.fields !== undefined || body.keyFields !== undefined
    if (before.state === 'open' && changesFields) throw new AppError('collection/form-not-now', { action: 'edit', state: before.state })
    const now = (await forms.tasks([id], trx)).map(({ organisation }) => organisation)
    requireDesign(context, { organisation: before.organisation, departments: body.departments ?? now, fields: body.fields ?? before.fields, keyFields: body.keyFields ?? before.key_fields })
    const form = await forms.change(trx, id, {
      ...(body.title === undefined ? {} : { title: body.title }), ...(body.about === undefined ? {} : { about: body.about }), ...(body.dueOn === undefined ? {} : { due_on: body.dueOn }),
      ...(body.fields === undefined ? {} : { fields: JSON.stringify(body.fields) }), ...(body.keyFields === undefined ? {} : { key_fields: [...body.keyFields] }),
    })
    await recordForm(trx, context, { form, actor: caller.actor, action: 'changed', detail: { changed: Object.keys(body), fields: form.fields.map(({ name }) => name), departments: body.departments ?? now, dueOn: form.due_on } })
    if (body.departments !== undefined) await setDepartments(trx, context, form, body.departments, caller)
    return form
  })
}

/** A department that has rows already stays. */
async function setDepartments(trx: Trx, context: CollectionContext, form: FormRecord, departments: readonly string[], { actor }: Caller): Promise<void> {
  const { forms } = context
  const before = await forms.tasks([form.id], trx)
  for (const task of before) {
    if (departments.includes(task.organisation)) continue
    if (task.rows > 0 || task.submitted_at !== null) {
      throw new AppError('collection/form-invalid', {}, [{ pointer: '/departments', code: 'has-rows', message: `${context.organisations.ref(task.organisation).name}已经填报，不能移除` }])
    }
    await forms.dropTask(trx, task)
  }
  for (const organisation of departments) {
    if (before.some((task) => task.organisation === organisation)) continue
    const task = await forms.addTask(trx, { form_id: form.id, organisation, reason: null, submitted_rows: null, submitted_at: null, submitted_by: null })
    await recordTask(trx, context, { form, task, actor, action: 'asked-for' })
  }
}
