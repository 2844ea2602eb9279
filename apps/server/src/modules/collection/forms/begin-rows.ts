import { MOST_ROWS_AT_ONCE } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { codesOfToday, readRow } from './read-row.ts'
import { requireFilling } from './require-filling.ts'

/**
 * Begins an empty part with what the department handed in for the period before, read by the fields as they are now.
 * @returns how many rows stand there then
 * @throws AppError as `requireFilling`; `collection/form-not-now` when rows stand there, or nothing was handed in before
 */
export async function beginRows(context: CollectionContext, id: string, number: number, caller: Caller): Promise<number> {
  const { store, forms, clock, random } = context
  return inTransaction(store.db, async (trx) => {
    const { form, task } = await requireFilling(trx, context, id, number, caller)
    const before = await forms.partBefore(trx, task)
    if (before === undefined || (await forms.countRows(trx, task)) > 0) throw new AppError('collection/form-not-now', { action: 'begin', state: task.state })
    const codesOf = codesOfToday(context)
    const { form_id, round, organisation } = task
    const rows = (await forms.handedIn(trx, { form_id, round: before.round, organisation })).map((typed) => {
      const { values, issues } = readRow(form.fields, typed, codesOf)
      return {
        id: uuidv7(clock, random), form_id, round, organisation, submitted: null, values: JSON.stringify(values), issues: JSON.stringify(issues), changed_by: caller.actor.name, changed_at: clock.now(),
      }
    })
    for (let from = 0; from < rows.length; from += MOST_ROWS_AT_ONCE) await forms.insertRows(trx, rows.slice(from, from + MOST_ROWS_AT_ONCE))
    return rows.length
  })
}
