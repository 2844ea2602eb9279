import type { FormIssue, FormTaskAction, FormTaskState } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import { createRowsDigest } from '../connectors/rows-digest.ts'
import type { CollectionContext } from '../context.ts'
import { formLoadJob } from './load-form.ts'
import { codesOfToday, readRow } from './read-row.ts'
import { recordTask } from './record-form.ts'
import type { FormRecord, FormTaskRecord } from './tables.ts'

const MOST_ISSUES = 500
const FROM: Readonly<Record<FormTaskAction, readonly FormTaskState[]>> = { submit: ['filling', 'returned'], revise: ['submitted'], return: ['submitted'] }

/** What somebody may do with a department's part. */
export function allowedTaskActions({ state: formState }: Pick<FormRecord, 'state'>, { state, organisation }: Pick<FormTaskRecord, 'state' | 'organisation'>, caller: Caller): ('fill' | FormTaskAction)[] {
  if (formState !== 'open') return []
  const isOwn = holds(caller, 'provider') && caller.organisation === organisation
  return [
    ...(isOwn && state !== 'submitted' ? ['fill' as const, 'submit' as const] : []), ...(isOwn && state === 'submitted' ? ['revise' as const] : []),
    ...(holds(caller, 'steward') && state === 'submitted' ? ['return' as const] : []),
  ]
}

/**
 * Hands in what a department filled in, takes it up again, or hands it back. What was handed in is loaded at once.
 * @throws AppError `collection/form-incomplete` with the faults of all rows, `collection/form-not-now`, `access/forbidden`, `request/not-found`, `request/invalid`
 */
export async function actOnTask(context: CollectionContext, id: string, organisation: string, action: FormTaskAction, reason: string | undefined, caller: Caller): Promise<void> {
  const { store, forms, clock, jobs } = context
  const isOwn = holds(caller, 'provider') && caller.organisation === organisation
  if (!isOwn && !holds(caller, 'steward')) throw new AppError('request/not-found')
  const faults = await inTransaction(store.db, async (trx) => {
    const form = await forms.lock(trx, id)
    const task = await forms.lockTask(trx, id, organisation)
    if (task === undefined || form === undefined || form.state === 'removed' || (form.state === 'draft' && !holds(caller, 'steward'))) throw new AppError('request/not-found')
    if (action === 'return' ? !holds(caller, 'steward') : !isOwn) throw new AppError('access/forbidden', { action })
    if (form.state !== 'open' || !FROM[action].includes(task.state)) throw new AppError('collection/form-not-now', { action, state: form.state === 'open' ? task.state : form.state })
    const { actor } = caller
    if (action === 'return') {
      if (reason === undefined || reason.trim() === '') throw new AppError('request/invalid', {}, [{ pointer: '/reason', code: 'required', message: '请说明退回的原因' }])
      await recordTask(trx, context, { form, task: await forms.changeTask(trx, task, { state: 'returned', reason }), actor, action: 'returned', detail: { reason } })
      return []
    }
    if (action === 'revise') {
      await recordTask(trx, context, { form, task: await forms.changeTask(trx, task, { state: 'filling' }), actor, action: 'taken-up' })
      return []
    }
    const { issues, rows, hash } = await lookAtAll(trx, context, form, organisation)
    if (issues.length > 0) return issues
    await forms.handIn(trx, id, organisation)
    const handed = await forms.changeTask(trx, task, { state: 'submitted', reason: null, submitted_rows: rows, submitted_at: clock.now(), submitted_by: actor.name })
    await forms.note(trx, id, { handed_in: form.handed_in + 1, problem: null })
    await recordTask(trx, context, { form, task: handed, actor, action: 'handed-in', detail: { rows, hash } })
    await jobs.enqueue(trx, formLoadJob, { formId: id }, { key: id })
    return []
  })
  // What is wrong was noted with the rows: that stays, though nothing is handed in.
  if (faults.length > 0) throw new AppError('collection/form-incomplete', { issues: faults.length }, faults.slice(0, MOST_ISSUES))
}

/** Reads all rows anew: codes may have ended since they were typed, and only all of them together show what is there twice. */
async function lookAtAll(trx: Trx, context: CollectionContext, form: FormRecord, organisation: string): Promise<{ issues: Issue[]; rows: number; hash: string }> {
  const all = await context.forms.allRows(trx, form.id, organisation)
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
