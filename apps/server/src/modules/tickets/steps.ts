import { TICKET_ACTIONS, type TicketAction, type TicketKind, type TicketState } from '@datong/contracts'
import { type Caller, holds } from '../../platform/caller.ts'
import type { TicketRow } from './ticket-store.ts'

interface Step {
  readonly from: readonly TicketState[]
  readonly kinds: readonly TicketKind[]
  readonly by: 'owner' | 'bureau' | 'reporter'
  /** Not done without saying why or what. */
  readonly reason: boolean
}

const BOTH = ['rule', 'report'] as const

/** Drawn in the module's README. */
export const STEPS: Readonly<Record<TicketAction, Step>> = {
  accept: { from: ['open', 'in-hand'], kinds: BOTH, by: 'owner', reason: false },
  mend: { from: ['open', 'in-hand'], kinds: BOTH, by: 'owner', reason: true },
  reject: { from: ['open', 'in-hand'], kinds: ['report'], by: 'owner', reason: true },
  extend: { from: ['open', 'in-hand'], kinds: BOTH, by: 'owner', reason: true },
  drop: { from: ['open', 'in-hand', 'mended', 'paused'], kinds: BOTH, by: 'bureau', reason: true },
  confirm: { from: ['mended'], kinds: ['report'], by: 'reporter', reason: false },
  dispute: { from: ['mended', 'rejected'], kinds: ['report'], by: 'reporter', reason: true },
  withdraw: { from: ['open', 'in-hand'], kinds: ['report'], by: 'reporter', reason: false },
}

/** So often an answer may be disputed; then the bureau has to be asked by other ways. */
const MOST_DISPUTES = 2

export const isOwner = (caller: Caller, row: Pick<TicketRow, 'organisation'>): boolean => holds(caller, 'provider') && caller.organisation === row.organisation

/** Who reported: the account, or colleagues of the same department. */
export const isReporter = (caller: Caller, row: Pick<TicketRow, 'kind' | 'filed_by' | 'from_organisation'>): boolean =>
  row.kind === 'report' && ((row.filed_by !== null && row.filed_by === caller.actor.id) || (row.from_organisation !== null && row.from_organisation === caller.organisation))

/** Whose step it is; `anonymous` says that the caller knows the id of a report that was made without an account. */
export function mayTake(caller: Caller, row: TicketRow, action: TicketAction, anonymous = false): boolean {
  if (!STEPS[action].kinds.includes(row.kind)) return false
  const { by } = STEPS[action]
  if (by === 'owner') return isOwner(caller, row)
  if (by === 'bureau') return holds(caller, 'steward')
  return isReporter(caller, row) || anonymous
}

/** Whether the step follows from where the ticket stands. @param extended whether its time was extended before, or there is none */
export const follows = (row: TicketRow, action: TicketAction, extended: boolean): boolean =>
  STEPS[action].from.includes(row.state) && (action !== 'extend' || !extended) && (action !== 'dispute' || row.reopened < MOST_DISPUTES)

/** A colleague takes over what another has in hand; who has it has it. */
const isIdle = (caller: Caller, row: TicketRow, action: TicketAction): boolean => action === 'accept' && row.state === 'in-hand' && row.handler_id === caller.actor.id

export const allowedSteps = (caller: Caller, row: TicketRow, extended: boolean, anonymous = false): TicketAction[] =>
  TICKET_ACTIONS.filter((action) => follows(row, action, extended) && mayTake(caller, row, action, anonymous) && !isIdle(caller, row, action))
