import { type BodyOf, DAYS_TO_MEND, type operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { ONCE, requireDesign } from './design.ts'
import type { CollectionContext } from '../context.ts'
import { dueIn, dueOnDay, isLater, isOwed, NEVER_DUE } from './due.ts'
import { addParts } from './open-round.ts'
import { recordForm } from './record-form.ts'
import type { FormRecord, FormRoundRecord } from './tables.ts'

/** Designs a form; departments see it when it is opened. @throws AppError `collection/form-invalid` */
export async function createForm(context: CollectionContext, { schedule = ONCE, ...body }: BodyOf<typeof operations.createForm>, caller: Caller): Promise<FormRecord> {
  requireDesign(context, { ...body, schedule })
  const { clock, random, store, forms } = context
  return inTransaction(store.db, async (trx) => {
    const form = await forms.insert(trx, {
      id: uuidv7(clock, random), title: body.title, about: body.about, organisation: body.organisation, fields: JSON.stringify(body.fields), key_fields: [...body.keyFields],
      due_on: body.dueOn, rhythm: schedule.rhythm, keeps: schedule.keeps, opens_day: schedule.opensDay, due_day: schedule.dueDay,
      entry_code: null, last_load: null, problem: null, created_at: clock.now(), created_by: JSON.stringify(caller.actor),
    })
    await forms.setDepartments(trx, form.id, body.departments)
    await recordForm(trx, context, { form, actor: caller.actor, action: 'designed', detail: { fields: body.fields.map(({ name }) => name), departments: body.departments, schedule } })
    return form
  })
}

/**
 * Changes a form. What departments fill in stays as it is while the form is open, its rhythm from its first round on.
 * @throws AppError `collection/form-invalid`, `collection/form-not-now`, `request/conflict`, `request/not-found`
 */
export async function changeForm(context: CollectionContext, id: string, { revision, ...body }: BodyOf<typeof operations.changeForm>, caller: Caller): Promise<FormRecord> {
  const { store, forms } = context
  return inTransaction(store.db, async (trx) => {
    const before = await forms.lock(trx, id)
    if (before === undefined || before.state === 'removed') throw new AppError('request/not-found')
    if (before.revision !== revision) throw new AppError('request/conflict')
    const { rhythm, keeps, opens_day: opensDay, due_day: dueDay } = before
    const schedule = body.schedule ?? { rhythm, keeps, opensDay, dueDay }
    const round = await forms.findRound(trx, id)
    const changesWhatIsOpen = body.fields !== undefined || body.keyFields !== undefined || schedule.keeps !== keeps
    if ((before.state === 'open' && changesWhatIsOpen) || (schedule.rhythm !== rhythm && round !== undefined)) throw new AppError('collection/form-not-now', { action: 'edit', state: before.state })
    const now = (await forms.departments(trx, [id])).map(({ organisation }) => organisation)
    requireDesign(context, { organisation: before.organisation, departments: body.departments ?? now, fields: body.fields ?? before.fields, keyFields: body.keyFields ?? before.key_fields, schedule })
    const form = await forms.change(trx, id, {
      ...(body.title === undefined ? {} : { title: body.title }), ...(body.about === undefined ? {} : { about: body.about }), ...(body.dueOn === undefined ? {} : { due_on: body.dueOn }),
      ...(body.fields === undefined ? {} : { fields: JSON.stringify(body.fields) }), ...(body.keyFields === undefined ? {} : { key_fields: [...body.keyFields] }),
      rhythm: schedule.rhythm, keeps: schedule.keeps, opens_day: schedule.opensDay, due_day: schedule.dueDay,
    })
    await recordForm(trx, context, {
      form, actor: caller.actor, action: 'changed',
      detail: { changed: Object.keys(body), fields: form.fields.map(({ name }) => name), departments: body.departments ?? now, dueOn: form.due_on, schedule },
    })
    const moved = round !== undefined && form.rhythm === 'once' && form.due_on !== before.due_on ? await moveDay(trx, context, form, round) : round
    if (body.departments !== undefined) await changeDepartments(trx, context, form, moved, { before: now, after: body.departments }, caller)
    return form
  })
}

/** The only round of a form is due on another day; what was handed back keeps a day of its own that is later. */
async function moveDay(trx: Trx, { forms, calendar }: CollectionContext, form: FormRecord, round: FormRoundRecord): Promise<FormRoundRecord> {
  const due = form.due_on === null ? NEVER_DUE : dueOnDay(form.due_on, calendar)
  for (const part of await forms.lockParts(trx, form.id, round.number)) {
    const isOwnDay = part.state === 'returned' && isLater(part, round)
    if (isOwed(part) && !(isOwnDay && isLater(part, due))) await forms.changeTask(trx, part, { ...due, told: null })
  }
  return forms.changeRound(trx, round, due)
}

/** Who is asked from now on, in the latest round too while it is open. A department that has filled something in there stays. */
async function changeDepartments(
  trx: Trx, context: CollectionContext, form: FormRecord, round: FormRoundRecord | undefined, { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] }, { actor }: Caller,
): Promise<void> {
  const { forms, clock, calendar } = context
  await forms.setDepartments(trx, form.id, after)
  if (round === undefined || round.state !== 'open') return
  const parts = await forms.lockParts(trx, form.id, round.number)
  for (const part of parts) {
    if (after.includes(part.organisation) || !before.includes(part.organisation)) continue
    if (part.submitted_at !== null || (await forms.countRows(trx, part)) > 0) {
      throw new AppError('collection/form-invalid', {}, [{ pointer: '/departments', code: 'has-rows', message: `${context.organisations.ref(part.organisation).name}已经填报，不能移除` }])
    }
    await forms.dropTask(trx, part)
  }
  const added = after.filter((organisation) => !parts.some((part) => part.organisation === organisation))
  const soonest = dueIn(DAYS_TO_MEND, clock.now(), calendar)
  await addParts(trx, context, form, round, added, isLater(soonest, round) ? soonest : { due_at: round.due_at, counts_from: round.counts_from, counts_days: round.counts_days }, actor)
}
