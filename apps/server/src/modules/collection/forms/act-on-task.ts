import { DAYS_TO_MEND, type FormIssue, type FormTaskAction } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import { createRowsDigest } from '../connectors/rows-digest.ts'
import type { CollectionContext } from '../context.ts'
import { dueIn, isLater, isOwed } from './due.ts'
import { formLoadJob } from './load-form.ts'
import { codesOfToday, readRow } from './read-row.ts'
import { recordTask } from './record-form.ts'
import type { DueColumns, FormRecord, FormRoundRecord, FormTaskRecord, PartKey } from './tables.ts'
import { tellDepartments } from './tell-departments.ts'

const MOST_ISSUES = 500
const FROM: Readonly<Record<FormTaskAction, readonly FormTaskRecord['state'][]>> = { submit: ['filling', 'returned'], revise: ['submitted'], return: ['submitted', 'accepted'], accept: ['submitted'] }

/** What somebody may do with a department's part. */
export function allowedTaskActions(
  { state: formState }: Pick<FormRecord, 'state'>, { state: roundState }: Pick<FormRoundRecord, 'state'>, { state, organisation }: Pick<FormTaskRecord, 'state' | 'organisation'>, caller: Caller,
): ('fill' | FormTaskAction)[] {
  if (formState !== 'open' || roundState !== 'open') return []
  const isOwn = holds(caller, 'provider') && caller.organisation === organisation
  return [
    ...(isOwn && isOwed({ state }) ? ['fill' as const, 'submit' as const] : []), ...(isOwn && state === 'submitted' ? ['revise' as const] : []),
    ...(holds(caller, 'steward') && FROM.accept.includes(state) ? ['accept' as const] : []), ...(holds(caller, 'steward') && FROM.return.includes(state) ? ['return' as const] : []),
  ]
}

/**
 * Hands in what a department filled in, takes it up again, hands it back, or accepts it. What was handed in is loaded at once; what was
 * handed back has some working days of its own.
 * @param number undefined: the latest round
 * @throws AppError `collection/form-incomplete` with the faults of all rows, `collection/form-not-now`, `access/forbidden`, `request/not-found`, `request/invalid`
 */
export async function actOnTask(context: CollectionContext, id: string, number: number | undefined, organisation: string, action: FormTaskAction, reason: string | undefined, caller: Caller): Promise<void> {
  const { store, forms, clock, calendar, jobs } = context
  const isOwn = holds(caller, 'provider') && caller.organisation === organisation
  if (!isOwn && !holds(caller, 'steward')) throw new AppError('request/not-found')
  const faults = await inTransaction(store.db, async (trx) => {
    const form = await forms.lock(trx, id)
    const round = await forms.findRound(trx, id, number)
    const task = round === undefined ? undefined : await forms.lockTask(trx, { form_id: id, round: round.number, organisation })
    if (task === undefined || round === undefined || form === undefined || form.state === 'removed' || (form.state === 'draft' && !holds(caller, 'steward'))) throw new AppError('request/not-found')
    const isBureaus = action === 'return' || action === 'accept'
    if (isBureaus ? !holds(caller, 'steward') : !isOwn) throw new AppError('access/forbidden', { action })
    if (form.state !== 'open' || round.state !== 'open' || !FROM[action].includes(task.state)) {
      throw new AppError('collection/form-not-now', { action, state: form.state !== 'open' ? form.state : round.state !== 'open' ? round.state : task.state })
    }
    const { actor } = caller
    if (action === 'return') {
      if (reason === undefined || reason.trim() === '') throw new AppError('request/invalid', {}, [{ pointer: '/reason', code: 'required', message: '请说明退回的原因' }])
      const mending = dueIn(DAYS_TO_MEND, clock.now(), calendar)
      const due: Partial<DueColumns> = task.due_at !== null && isLater(mending, task) ? mending : {}
      const returned = await forms.changeTask(trx, task, { state: 'returned', reason, asked_at: clock.now(), told: null, ...due })
      await recordTask(trx, context, { form, task: returned, actor, action: 'returned', detail: { reason } })
      await tellDepartments(trx, context, { formId: id, title: form.title, period: round.period, round: round.number, what: 'returned' }, [organisation], { dueAt: returned.due_at, reason })
      return []
    }
    if (action === 'accept') {
      await recordTask(trx, context, { form, task: await forms.changeTask(trx, task, { state: 'accepted', reason: null }), actor, action: 'accepted' })
      return []
    }
    if (action === 'revise') {
      await recordTask(trx, context, { form, task: await forms.changeTask(trx, task, { state: 'filling' }), actor, action: 'taken-up' })
      return []
    }
    const { issues, rows, hash } = await lookAtAll(trx, context, form, task)
    if (issues.length > 0) return issues
    await forms.handIn(trx, task)
    const now = clock.now()
    const first = task.first_submitted_at === null ? { first_submitted_at: now, first_due_at: task.due_at } : {}
    const handed = await forms.changeTask(trx, task, { state: 'submitted', reason: null, submitted_rows: rows, submitted_at: now, submitted_by: actor.name, ...first })
    await forms.changeRound(trx, round, { load_wanted: true })
    await forms.note(trx, id, { problem: null })
    await recordTask(trx, context, { form, task: handed, actor, action: 'handed-in', detail: { rows, hash } })
    await jobs.enqueue(trx, formLoadJob, { formId: id }, { key: id })
    return []
  })
  // What is wrong was noted with the rows: that stays, though nothing is handed in.
  if (faults.length > 0) throw new AppError('collection/form-incomplete', { issues: faults.length }, faults.slice(0, MOST_ISSUES))
}

/** Reads all rows anew: codes may have ended since they were typed, and only all of them together show what is there twice. */
async function lookAtAll(trx: Trx, context: CollectionContext, form: FormRecord, part: PartKey): Promise<{ issues: Issue[]; rows: number; hash: string }> {
  const all = await context.forms.allRows(trx, part)
  const codesOf = codesOfToday(context)
  const digest = createRowsDigest()
  const seen = new Map<string, number>()
  const issues: Issue[] = []
  const noted: { id: string; issues: string }[] = []
  all.forEach(({ id, values }, at) => {
    const found: FormIssue[] = [...readRow(form.fields, values, codesOf).issues]
    digest.add(form.fields.map(({ name }) => values[name] ?? null))
    const key = form.key_fields.map((name) => values[name] ?? '').join('\u0000')
    if (form.key_fields.length > 0 && seen.has(key)) for (const field of form.key_fields) found.push({ field, code: 'duplicate', limit: (seen.get(key) ?? 0) + 1 })
    else seen.set(key, at)
    noted.push({ id, issues: JSON.stringify(found) })
    for (const { field, code } of found) issues.push({ pointer: `/rows/${at}/${field}`, code, message: `第 ${at + 1} 行“${field}”` })
  })
  if (all.length === 0) issues.push({ pointer: '/rows', code: 'required', message: '还没有填报任何一行' })
  await context.forms.noteIssues(trx, noted)
  return { issues, ...digest.sum() }
}
