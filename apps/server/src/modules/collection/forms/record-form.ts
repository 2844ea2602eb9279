import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { CollectionContext } from '../context.ts'
import type { FormRecord, FormRoundRecord, FormTaskRecord } from './tables.ts'

/** Writes the evidence of what happened to a form, in the transaction of the change. */
export async function recordForm(
  trx: Trx, { evidence }: Pick<CollectionContext, 'evidence'>, { form, actor, action, detail = {} }: { form: FormRecord; actor: Actor; action: string; detail?: Record<string, unknown> },
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `collection.form.${action}`, actor, parties: [form.organisation], subject: { type: 'form', id: form.id, title: form.title }, detail: { state: form.state, ...detail },
  })
}

/** Writes the evidence of what happened to a round of a form, in the transaction of the change. */
export async function recordRound(
  trx: Trx, { evidence }: Pick<CollectionContext, 'evidence'>,
  { form, round, actor, action, detail = {} }: { form: FormRecord; round: FormRoundRecord; actor: Actor; action: string; detail?: Record<string, unknown> },
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `collection.form-round.${action}`, actor, parties: [form.organisation], subject: { type: 'form-round', id: round.subject, title: form.title },
    detail: { formId: form.id, round: round.number, state: round.state, ...detail },
  })
}

/** Writes the evidence of what happened to a department's part of a form. */
export async function recordTask(
  trx: Trx, { evidence }: Pick<CollectionContext, 'evidence'>,
  { form, task, actor, action, detail = {} }: { form: FormRecord; task: FormTaskRecord; actor: Actor; action: string; detail?: Record<string, unknown> },
): Promise<void> {
  await evidence.record(trx, {
    chain: 'decision', action: `collection.form-task.${action}`, actor, parties: [...new Set([task.organisation, form.organisation])],
    subject: { type: 'form-task', id: task.subject, title: form.title }, detail: { formId: form.id, round: task.round, organisation: task.organisation, state: task.state, ...detail },
  })
}
