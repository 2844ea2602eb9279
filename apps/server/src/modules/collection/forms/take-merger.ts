import type { Actor } from '@datong/contracts'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import { recordForm, recordTask } from './record-form.ts'

const MERGER: Actor = { kind: 'system', id: 'collection:merger', name: '部门合并', organisation: null }

/** Forms and parts of forms of a merged department become its successor's; where both fill in one round, the rows come together. */
export async function takeFormMerger(context: CollectionContext, { predecessor, successor }: { predecessor: string; successor: string }): Promise<void> {
  const { forms, store } = context
  await inTransaction(store.db, async (trx) => {
    for (const before of await forms.ofOrganisation(trx, predecessor)) {
      const form = await forms.change(trx, before.id, { organisation: successor })
      await recordForm(trx, context, { form, actor: MERGER, action: 'passed-on', detail: { from: predecessor } })
    }
    await forms.passDepartment(trx, predecessor, successor)
    for (const task of await forms.tasksOf(trx, predecessor)) {
      const form = await forms.find(task.form_id)
      const there = await forms.lockTask(trx, { form_id: task.form_id, round: task.round, organisation: successor })
      if (there !== undefined) {
        await forms.moveRows(trx, task, successor)
        await forms.dropTask(trx, task)
      }
      const passed = there ?? await forms.passTask(trx, task, successor)
      if (form !== undefined) await recordTask(trx, context, { form, task: passed, actor: MERGER, action: 'passed-on', detail: { from: predecessor } })
    }
  })
}

/** A draft got another code. */
export async function moveFormEntry(trx: Trx, context: CollectionContext, from: string, to: string, actor: Actor): Promise<void> {
  for (const { id } of await context.forms.ofEntry(trx, from)) {
    const form = await context.forms.change(trx, id, { entry_code: to })
    await recordForm(trx, context, { form, actor, action: 'moved', detail: { codes: [from, to] } })
  }
}
