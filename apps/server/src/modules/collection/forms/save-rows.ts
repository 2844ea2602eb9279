import { type BodyOf, MOST_FORM_ROWS, type operations } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { codesOfToday, readRow } from './read-row.ts'
import { requireFilling } from './require-filling.ts'
import type { FormRowRecord } from './tables.ts'

/** Adds, changes and removes rows of the caller's department; what is wrong with them is kept with them. @throws as `requireFilling`, and `collection/form-invalid` */
export async function saveRows(context: CollectionContext, id: string, { round: number, rows, remove }: BodyOf<typeof operations.saveFormRows>, caller: Caller): Promise<{ rows: FormRowRecord[]; total: number }> {
  const { store, forms, clock, random } = context
  return inTransaction(store.db, async (trx) => {
    const { form, task } = await requireFilling(trx, context, id, number, caller)
    const { round, organisation } = task
    const codesOf = codesOfToday(context)
    const by = { changed_by: caller.actor.name, changed_at: clock.now() }
    await forms.removeRows(trx, task, remove)
    const read = rows.map((row) => {
      const { values, issues } = readRow(form.fields, row.values, codesOf)
      return { id: row.id, kept: { values: JSON.stringify(values), issues: JSON.stringify(issues), ...by } }
    })
    const changed: FormRowRecord[] = []
    for (const row of read) {
      if (row.id === undefined) continue
      const found = await forms.changeRow(trx, row.id, task, row.kept)
      if (found === undefined) throw new AppError('request/conflict')
      changed.push(found)
    }
    const added = await forms.insertRows(trx, read.flatMap((row) => (row.id === undefined ? [{ id: uuidv7(clock, random), form_id: id, round, organisation, submitted: null, ...row.kept }] : [])))
    const total = await forms.countRows(trx, task)
    if (total > MOST_FORM_ROWS) throw new AppError('collection/form-invalid', {}, [{ pointer: '/rows', code: 'too-many', message: `一个部门最多填报 ${MOST_FORM_ROWS} 行；更多的数据请上传文件` }])
    const place = new Map([...changed, ...added].map((row) => [row.id, row]))
    const news = added[Symbol.iterator]()
    return { rows: read.flatMap((row) => place.get(row.id ?? '') ?? news.next().value ?? []), total }
  })
}
