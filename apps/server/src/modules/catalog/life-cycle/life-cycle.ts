import type { EntryAction, EntryState } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import { holds } from '../../../platform/caller.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { mayBeAskedFor } from '../visibility.ts'

interface Transition {
  readonly from: readonly EntryState[]
  readonly to: EntryState
  /** `owner`: a provider officer of the entry's organisation. */
  readonly by: readonly ('owner' | 'steward')[]
  readonly needsReason: boolean
}

/** 编制—提交—审核—发布—废止, drawn in the module's README. */
export const TRANSITIONS: Readonly<Record<EntryAction, Transition>> = {
  submit: { from: ['draft', 'returned'], to: 'submitted', by: ['owner'], needsReason: false },
  approve: { from: ['submitted'], to: 'approved', by: ['steward'], needsReason: false },
  return: { from: ['submitted', 'approved'], to: 'returned', by: ['steward'], needsReason: true },
  publish: { from: ['submitted', 'approved'], to: 'published', by: ['steward'], needsReason: false },
  // What is published ends with notice, unless the steward ends it at once: `withdraw.ts`.
  withdraw: { from: ['published', 'approved', 'submitted'], to: 'withdrawn', by: ['owner', 'steward'], needsReason: true },
  keep: { from: ['published'], to: 'published', by: ['owner', 'steward'], needsReason: true },
  reinstate: { from: ['withdrawn'], to: 'draft', by: ['steward'], needsReason: true },
}

/**
 * Whether an entry can take a step now: from its state; only an announced end is
 * taken back, and what another entry took the place of does not come back.
 */
export function possible(entry: Pick<EntryRecord, 'state' | 'withdrawal'>, action: EntryAction): boolean {
  if (!TRANSITIONS[action].from.includes(entry.state)) return false
  if (action === 'keep') return entry.withdrawal !== null
  if (action === 'reinstate') return (entry.withdrawal?.replacedBy ?? null) === null
  return true
}

interface Owned {
  readonly organisation: string
  readonly state: EntryState
}

export const owns = (caller: Caller, entry: Owned): boolean =>
  holds(caller, 'provider') && caller.organisation === entry.organisation

/** Whether a caller's powers cover an action, whatever the state. */
export const mayAct = (caller: Caller, entry: Owned, action: EntryAction): boolean =>
  TRANSITIONS[action].by.some((who) => (who === 'owner' ? owns(caller, entry) : holds(caller, 'steward')))

export type EntryPermission = 'edit' | 'load' | 'apply' | EntryAction

/** What the caller may do with an entry now. */
export function allowedActions(caller: Caller, entry: Owned & Pick<EntryRecord, 'sharingType' | 'visibility' | 'withdrawal'>): EntryPermission[] {
  const owner = owns(caller, entry)
  const alive = entry.state !== 'withdrawn'
  const actions: EntryPermission[] = []
  if (alive && ((owner && entry.state !== 'submitted' && entry.state !== 'approved') || holds(caller, 'steward'))) actions.push('edit')
  if (alive && owner) actions.push('load')
  for (const action of Object.keys(TRANSITIONS) as EntryAction[]) { // the record's keys are exactly the actions
    if (possible(entry, action) && mayAct(caller, entry, action)) actions.push(action)
  }
  const foreign = caller.organisation !== entry.organisation
  if (foreign && mayBeAskedFor(entry) && (holds(caller, 'consumer') || holds(caller, 'developer'))) {
    actions.push('apply')
  }
  return actions
}
