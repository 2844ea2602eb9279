import { defineJob } from '@datong/job-runner'
import { isAppError } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { PLATFORM } from '../context.ts'
import { beginIntakeIn } from '../loads/begin-intake.ts'
import type { CollectionContext } from '../context.ts'
import { recordForm } from './record-form.ts'
import type { FormRecord } from './tables.ts'

/** Loads what was handed in with a form; one at a time, and one waiting. */
export const formLoadJob = defineJob<{ formId: string }>('collection/load-form', { policy: 'short', retryLimit: 5, retryDelaySeconds: 5 })

/** A load of the entry goes on: this is asked again after it. */
const AGAIN_MS = 3_000

/** What a load keeps of its form. */
export interface FormLoadDetails {
  readonly formId: string
  /** The only round whose rows it takes; null: all rounds. */
  readonly round: number | null
}

/** Whether each version has the rows of one round alone. */
const isApart = ({ rhythm, keeps }: Pick<FormRecord, 'rhythm' | 'keeps'>): boolean => rhythm !== 'once' && keeps === 'apart'

/** Begins the load of what was handed in since the last one. */
export async function loadForm(context: CollectionContext, formId: string): Promise<void> {
  const { store, forms, jobs, clock } = context
  try {
    await inTransaction(store.db, (trx) => beginLoad(trx, context, formId))
  } catch (error) {
    if (!isAppError(error)) throw error
    if (error.code === 'collection/load-under-way') await jobs.enqueue(store.db, formLoadJob, { formId }, { key: formId, startAfter: new Date(clock.now().getTime() + AGAIN_MS) })
    else await forms.note(null, formId, { problem: error.code })
  }
}

async function beginLoad(trx: Trx, context: CollectionContext, formId: string): Promise<void> {
  const { forms, jobs } = context
  const form = await forms.lock(trx, formId)
  const wanted = (await forms.rounds(trx, formId, null)).filter((round) => round.load_wanted)
  if (form === undefined || wanted.length === 0) return
  // Earlier periods first.
  const only = isApart(form) ? wanted.at(-1) : undefined
  const details: FormLoadDetails = { formId, round: only?.number ?? null }
  const entry = form.entry_code === null ? { title: form.title, organisation: form.organisation } : { code: form.entry_code }
  const { loadId, entryCode } = await beginIntakeIn(trx, context, { entry, kind: 'form', details: { ...details }, title: only === undefined ? form.title : `${form.title} ${only.period}` }, PLATFORM)
  await forms.note(trx, formId, { last_load: loadId, problem: null })
  for (const round of only === undefined ? wanted : [only]) await forms.changeRound(trx, round, { load_wanted: false })
  if (only !== undefined) {
    // What was handed in late for an earlier period is a version of its own; behind it comes the latest period again, which is what is used.
    const latest = await forms.latestHandedIn(trx, formId)
    if (latest !== undefined && latest.number !== only.number) await forms.changeRound(trx, latest, { load_wanted: true })
    if (wanted.length > 1 || latest?.number !== only.number) await jobs.enqueue(trx, formLoadJob, { formId }, { key: formId })
  }
  if (form.entry_code === entryCode) return
  const attached = await forms.change(trx, formId, { entry_code: entryCode })
  await recordForm(trx, context, { form: attached, actor: PLATFORM, action: 'attached', detail: { entryCode } })
}
