import { defineJob } from '@datong/job-runner'
import { isAppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { PLATFORM } from '../context.ts'
import { beginIntakeIn } from '../loads/begin-intake.ts'
import type { CollectionContext } from '../context.ts'
import { recordForm } from './record-form.ts'

/** Loads what was handed in with a form; one at a time, and one waiting. */
export const formLoadJob = defineJob<{ formId: string }>('collection/load-form', { policy: 'short', retryLimit: 5, retryDelaySeconds: 5 })

/** A load of the entry goes on: this is asked again after it. */
const AGAIN_MS = 3_000

/** What a load keeps of its form. */
export interface FormLoadDetails {
  readonly formId: string
}

/** Begins the load of what was handed in since the last one. */
export async function loadForm(context: CollectionContext, formId: string): Promise<void> {
  const { store, forms, jobs, clock } = context
  try {
    await inTransaction(store.db, async (trx) => {
      const form = await forms.lock(trx, formId)
      if (form === undefined || form.handed_in === form.loaded) return
      const details: FormLoadDetails = { formId }
      const entry = form.entry_code === null ? { title: form.title, organisation: form.organisation } : { code: form.entry_code }
      const { loadId, entryCode } = await beginIntakeIn(trx, context, { entry, kind: 'form', details: { ...details }, title: form.title }, PLATFORM)
      await forms.note(trx, formId, { loaded: form.handed_in, last_load: loadId, problem: null })
      if (form.entry_code === entryCode) return
      const attached = await forms.change(trx, formId, { entry_code: entryCode })
      await recordForm(trx, context, { form: attached, actor: PLATFORM, action: 'attached', detail: { entryCode } })
    })
  } catch (error) {
    if (!isAppError(error)) throw error
    if (error.code === 'collection/load-under-way') await jobs.enqueue(store.db, formLoadJob, { formId }, { key: formId, startAfter: new Date(clock.now().getTime() + AGAIN_MS) })
    else await forms.note(null, formId, { problem: error.code })
  }
}
