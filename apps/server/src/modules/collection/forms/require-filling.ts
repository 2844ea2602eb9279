import { AppError } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { isOwed } from './due.ts'
import type { FormRecord, FormRoundRecord, FormTaskRecord } from './tables.ts'

export interface Filling {
  readonly form: FormRecord
  readonly round: FormRoundRecord
  readonly task: FormTaskRecord
}

/**
 * A form and the caller's department's part of a round of it, locked for filling in.
 * @param number undefined: the latest round
 * @throws AppError `request/not-found` for a form that is not the department's, `collection/form-not-now`
 */
export async function requireFilling(trx: Trx, { forms }: CollectionContext, id: string, number: number | undefined, { organisation }: Caller): Promise<Filling> {
  // Its fields and state stay while rows are read by them; other departments go on beside.
  const form = await forms.holdStill(trx, id)
  const round = await forms.findRound(trx, id, number)
  const task = organisation === null || round === undefined ? undefined : await forms.lockTask(trx, { form_id: id, round: round.number, organisation })
  if (task === undefined || round === undefined || form === undefined || form.state === 'draft' || form.state === 'removed') throw new AppError('request/not-found')
  const state = form.state !== 'open' ? form.state : round.state !== 'open' ? round.state : task.state
  if (form.state !== 'open' || round.state !== 'open' || !isOwed(task)) throw new AppError('collection/form-not-now', { action: 'fill', state })
  return { form, round, task }
}
