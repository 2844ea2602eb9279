import type { FormAction, FormState } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { openDueRounds } from './open-round.ts'
import { recordForm } from './record-form.ts'
import type { FormRecord } from './tables.ts'

const MOVES: Readonly<Record<FormAction, { readonly from: readonly FormState[]; readonly to: FormState }>> = {
  open: { from: ['draft', 'closed'], to: 'open' },
  close: { from: ['open'], to: 'closed' },
  remove: { from: ['draft', 'closed'], to: 'removed' },
}

export const allowedFormActions = (state: FormState): FormAction[] => (['open', 'close', 'remove'] as const).filter((action) => MOVES[action].from.includes(state))

/** Opens, closes or removes a form; opening it opens the round whose time it is. What came in stays in its resource. @throws AppError `collection/form-not-now`, `request/not-found` */
export async function actOnForm(context: CollectionContext, id: string, action: FormAction, reason: string | undefined, caller: Caller): Promise<FormRecord> {
  const { store, forms } = context
  return inTransaction(store.db, async (trx) => {
    const before = await forms.lock(trx, id)
    if (before === undefined || before.state === 'removed') throw new AppError('request/not-found')
    const { from, to } = MOVES[action]
    if (!from.includes(before.state)) throw new AppError('collection/form-not-now', { action, state: before.state })
    const form = await forms.change(trx, id, { state: to })
    await recordForm(trx, context, { form, actor: caller.actor, action: to, detail: reason === undefined || reason === '' ? {} : { reason } })
    if (to === 'open') await openDueRounds(trx, context, form, caller.actor)
    return form
  })
}
