import { type BodyOf, MOST_FORM_ROWS, type operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { codesOfToday, readRow } from './read-row.ts'
import type { FormRecord, FormRowRecord, FormTaskRecord } from './tables.ts'

/**
 * A form and the department's part of it, locked for filling in.
 * @throws AppError `request/not-found` for a form that is not the department's, `collection/form-not-now`
 */
async function requireFilling(trx: Trx, { forms }: CollectionContext, id: string, { organisation }: Caller): Promise<{ form: FormRecord; task: FormTaskRecord }> {
  // Its fields and state stay while rows are read by them; other departments go on beside.
  const form = await forms.holdStill(trx, id)
  const task = organisation === null ? undefined : await forms.lockTask(trx, id, organisation)
  if (task === undefined || form === undefined || form.state === 'draft' || form.state === 'removed') throw new AppError('request/not-found')
  if (form.state !== 'open' || task.state === 'submitted') throw new AppError('collection/form-not-now', { action: 'fill', state: form.state === 'open' ? task.state : form.state })
  return { form, task }
}

/** Adds, changes and removes rows of the caller's department; what is wrong with them is kept with them. @throws as `requireFilling`, and `collection/form-invalid` */
export async function saveRows(context: CollectionContext, id: string, { rows, remove }: BodyOf<typeof operations.saveFormRows>, caller: Caller): Promise<{ rows: FormRowRecord[]; total: number }> {
  const { store, forms, clock, random } = context
  return inTransaction(store.db, async (trx) => {
    const { form, task } = await requireFilling(trx, context, id, caller)
    const { organisation } = task
    const codesOf = codesOfToday(context)
    const by = { changed_by: caller.actor.name, changed_at: clock.now() }
    await forms.removeRows(trx, id, organisation, remove)
    const read = rows.map((row) => {
      const { values, issues } = readRow(form.fields, row.values, codesOf)
      return { id: row.id, kept: { values: JSON.stringify(values), issues: JSON.stringify(issues), ...by } }
    })
    const changed: FormRowRecord[] = []
    for (const row of read) {
      if (row.id === undefined) continue
      const found = await forms.changeRow(trx, { id: row.id, form_id: id, organisation }, row.kept)
      if (found === undefined) throw new AppError('request/conflict')
      changed.push(found)
    }
    const added = await forms.insertRows(trx, read.flatMap((row) => (row.id === undefined ? [{ id: uuidv7(clock, random), form_id: id, organisation, submitted: null, ...row.kept }] : [])))
    const total = await forms.countRows(trx, id, organisation)
    if (total > MOST_FORM_ROWS) throw new AppError('collection/form-invalid', {}, [{ pointer: '/rows', code: 'too-many', message: `一个部门最多填报 ${MOST_FORM_ROWS} 行；更多的数据请上传文件` }])
    const place = new Map([...changed, ...added].map((row) => [row.id, row]))
    const news = added[Symbol.iterator]()
    return { rows: read.flatMap((row) => place.get(row.id ?? '') ?? news.next().value ?? []), total }
  })
}
