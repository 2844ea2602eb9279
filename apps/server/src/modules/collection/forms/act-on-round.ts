import type { BodyOf, FormRoundAction, FormRoundState, operations } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { dueIn, dueOnDay } from './due.ts'
import { dueOfPlan, openRound } from './open-round.ts'
import { periodAfter, periodAt, planOf } from './periods.ts'
import { recordRound } from './record-form.ts'
import type { FormRecord, FormRoundRecord } from './tables.ts'

/** So many periods back the bureau may ask by hand, the one in progress among them. */
const MOST_BACK = 12
const FROM: Readonly<Record<FormRoundAction, FormRoundState>> = { close: 'open', open: 'closed' }
const TO: Readonly<Record<FormRoundAction, FormRoundState>> = { close: 'closed', open: 'open' }

export const allowedRoundActions = ({ state: form }: Pick<FormRecord, 'state'>, { state }: Pick<FormRoundRecord, 'state'>): FormRoundAction[] => (form !== 'open' ? [] : state === 'open' ? ['close'] : ['open'])

/** Periods that were not asked for yet, the latest first: the one in progress, and those before it. */
export function openablePeriods({ state, rhythm }: Pick<FormRecord, 'state' | 'rhythm'>, rounds: readonly Pick<FormRoundRecord, 'period'>[], now: Date): string[] {
  if (state !== 'open' || rhythm === 'once') return []
  const taken = new Set(rounds.map(({ period }) => period))
  return Array.from({ length: MOST_BACK }, (_, back) => periodAfter(periodAt(now, rhythm), rhythm, -back)).filter((period) => !taken.has(period))
}

/** Asks for a period by hand. Without a day of its own it is due as its rule says, or in as many working days from now when that has passed. @throws AppError `collection/form-not-now`, `collection/form-invalid` */
export async function openRoundByHand(context: CollectionContext, id: string, { period, dueOn }: BodyOf<typeof operations.openFormRound>, caller: Caller): Promise<{ form: FormRecord; round: FormRoundRecord }> {
  const { store, forms, clock, calendar } = context
  return inTransaction(store.db, async (trx) => {
    const form = await forms.lock(trx, id)
    if (form === undefined || form.state === 'removed') throw new AppError('request/not-found')
    const { rhythm } = form
    if (form.state !== 'open' || rhythm === 'once') throw new AppError('collection/form-not-now', { action: 'open-round', state: form.state })
    const now = clock.now()
    if (!openablePeriods(form, await forms.rounds(trx, id, null), now).includes(period)) throw new AppError('collection/form-invalid', {}, [{ pointer: '/period', code: 'not-openable', message: '这一期已经发起，或不能发起' }])
    if (dueOn !== undefined && dueOn < chinaDay(now)) throw new AppError('collection/form-invalid', {}, [{ pointer: '/dueOn', code: 'past', message: '截止日期已过' }])
    const plan = planOf(period, rhythm, form, calendar)
    const due = dueOn !== undefined ? dueOnDay(dueOn, calendar) : plan.dueAt > now ? dueOfPlan(plan) : dueIn(Math.max(1, form.due_day - form.opens_day), now, calendar)
    return { form, round: await openRound(trx, context, form, period, due, caller.actor) }
  })
}

/** Closes a round, so that nobody fills it in any more, or opens it again. @throws AppError `collection/form-not-now`, `request/not-found` */
export async function actOnRound(context: CollectionContext, id: string, number: number, action: FormRoundAction, reason: string | undefined, caller: Caller): Promise<FormRecord> {
  const { store, forms } = context
  return inTransaction(store.db, async (trx) => {
    const form = await forms.lock(trx, id)
    const before = await forms.lockRound(trx, { form_id: id, number })
    if (form === undefined || before === undefined || form.state === 'removed') throw new AppError('request/not-found')
    if (form.state !== 'open' || before.state !== FROM[action]) throw new AppError('collection/form-not-now', { action, state: form.state === 'open' ? before.state : form.state })
    const round = await forms.changeRound(trx, before, { state: TO[action] })
    await recordRound(trx, context, { form, round, actor: caller.actor, action: TO[action] === 'open' ? 'reopened' : 'closed', detail: reason === undefined || reason === '' ? {} : { reason } })
    return form
  })
}
