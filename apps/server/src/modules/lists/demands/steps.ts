import type { DemandAction, DemandState } from '@datong/contracts'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { DemandRow } from './demand-store.ts'

interface Step {
  readonly from: readonly DemandState[]
  readonly by: 'steward' | 'department' | 'filer'
}

/** Drawn in the module's README. */
export const STEPS: Readonly<Record<DemandAction, Step>> = {
  assign: { from: ['filed', 'assigned', 'refused'], by: 'steward' },
  accept: { from: ['assigned'], by: 'department' },
  refuse: { from: ['assigned'], by: 'department' },
  attach: { from: ['assigned', 'accepted', 'attached'], by: 'department' },
  merge: { from: ['filed', 'assigned', 'accepted'], by: 'steward' },
  withdraw: { from: ['filed', 'assigned'], by: 'filer' },
}

const isParty = (caller: Caller, row: DemandRow, by: Step['by']): boolean => {
  if (by === 'steward') return holds(caller, 'steward')
  if (by === 'filer') return caller.actor.id === row.filed_by
  return holds(caller, 'provider') && row.organisation !== null && caller.organisation === row.organisation
}

export const mayTake = (caller: Caller, row: DemandRow, action: DemandAction): boolean => isParty(caller, row, STEPS[action].by)

export const allowedSteps = (caller: Caller, row: DemandRow): DemandAction[] =>
  (Object.keys(STEPS) as DemandAction[]).filter((action) => STEPS[action].from.includes(row.state) && mayTake(caller, row, action)) // the record's keys are exactly the actions

/** The public sees public demands; departments all; who filed one sees it. */
export function isInSight(caller: Caller, row: Pick<DemandRow, 'audience' | 'filed_by'>): boolean {
  return row.audience === 'public' || row.filed_by === caller.actor.id || seesAll(caller)
}

export const seesAll = (caller: Caller): boolean =>
  (['steward', 'auditor'] as const).some((role) => holds(caller, role)) || (caller.organisation !== null && (['provider', 'consumer', 'leader', 'security'] as const).some((role) => holds(caller, role)))
