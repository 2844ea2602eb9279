import type { Actor, BodyOf, DemandAction, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { type DemandContext, recordStep } from './context.ts'
import type { DemandRow } from './demand-store.ts'
import { isInSight, mayTake, STEPS } from './steps.ts'

type Input = BodyOf<typeof operations.actOnDemand>

/** A step either changes the demand or says what it needs. */
type Outcome = { readonly change: Partial<DemandRow> } | { readonly issues: readonly Issue[] }

const need = (pointer: string, message: string): Outcome => ({ issues: [{ pointer, code: 'missing', message }] })
const PAST: Readonly<Record<DemandAction, string>> = { assign: 'assigned', accept: 'accepted', refuse: 'refused', attach: 'attached', merge: 'merged', withdraw: 'withdrawn' }

/**
 * One step of a demand, with its clock: the time to answer runs from assignment to the answer.
 * @throws AppError `request/not-found`, `access/forbidden`, `lists/wrong-state`, `request/invalid`
 */
export async function actOnDemand(context: DemandContext, id: string, action: DemandAction, input: Input, caller: Caller): Promise<DemandRow> {
  return inTransaction(context.db, async (trx) => {
    const before = await context.demands.lock(trx, id)
    if (before === undefined || !isInSight(caller, before)) throw new AppError('request/not-found')
    if (!mayTake(caller, before, action)) throw new AppError('access/forbidden', { operation: action })
    if (!STEPS[action].from.includes(before.state)) throw new AppError('lists/wrong-state', { action, state: before.state })
    const outcome = await TAKE[action](trx, context, before, input)
    if ('issues' in outcome) throw new AppError('request/invalid', {}, outcome.issues)
    await moveClock(trx, context, before, action, outcome.change)
    const row = await context.demands.update(trx, id, { ...outcome.change, changed_at: context.clock.now() })
    await recordStep(trx, context, row, row.state === 'published' ? 'published' : PAST[action], caller.actor, input.reason ?? '')
    return row
  })
}

const TAKE: Readonly<Record<DemandAction, (trx: Trx, context: DemandContext, before: DemandRow, input: Input) => Promise<Outcome>>> = {
  assign: async (_, { organisations }, __, { organisation }) => organisation === undefined || organisations.find(organisation) === undefined
    ? need('/organisation', '请选择承办部门') : { change: { state: 'assigned', organisation, answer: '', legal_basis: '' } },
  accept: async (_, __, ___, { reason = '' }) => ({ change: { state: 'accepted', answer: reason } }),
  refuse: async (_, __, ___, { reason = '', legalBasis = '' }) => reason.trim() === '' ? need('/reason', '不能提供须说明理由') : { change: { state: 'refused', answer: reason, legal_basis: legalBasis } },
  attach: async (trx, { catalog }, before, { entryCode }) => {
    const entry = entryCode === undefined ? undefined : await catalog.find(entryCode, trx)
    if (entry?.organisation !== before.organisation) return need('/entryCode', '请选择本部门的条目')
    return { change: { state: entry.state === 'published' ? 'published' : 'attached', entry_code: entry.code } }
  },
  merge: async (trx, { demands }, before, { into }) => {
    const target = into === undefined || into === before.id ? undefined : await demands.lock(trx, into)
    if (target === undefined || target.state === 'merged' || target.state === 'withdrawn') return need('/into', '请选择要并入的需求')
    // Who supports it follows it there, and must see it.
    if (before.audience === 'public' && target.audience !== 'public') return need('/into', '公开的需求只能并入公开的需求')
    await demands.passOn(trx, before.id, target.id)
    return { change: { state: 'merged', merged_into: target.id } }
  },
  withdraw: async () => ({ change: { state: 'withdrawn' } }),
}

async function moveClock(trx: Trx, { catalog: { clocks } }: DemandContext, before: DemandRow, action: DemandAction, change: Partial<DemandRow>): Promise<void> {
  const subject = { type: 'demand', id: before.id } as const
  const dropped = action === 'merge' || action === 'withdraw' || action === 'assign'
  await clocks.stop(trx, 'demand', subject, { dropped })
  if (action === 'assign') await clocks.begin(trx, 'demand', { subject, title: before.title, organisation: change.organisation! }) // assigned to one
}

const PLATFORM: Actor = { kind: 'system', id: 'lists:demands', name: '需求清单', organisation: null }

/** An entry that was published answers the demands that wait for it. May be repeated. */
export async function publishDemands(context: DemandContext, code: string): Promise<void> {
  for (const { id } of await context.demands.attachedTo(code)) {
    await inTransaction(context.db, async (trx) => {
      const before = await context.demands.lock(trx, id)
      if (before?.state !== 'attached') return
      const row = await context.demands.update(trx, id, { state: 'published', changed_at: context.clock.now() })
      await recordStep(trx, context, row, 'published', PLATFORM)
    })
  }
}
