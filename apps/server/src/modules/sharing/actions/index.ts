import type { ApplicationAction } from '@datong/contracts'
import type { ActionDefinition } from './action.ts'
import { evaluate, resume, revoke, suspend } from './control-grant.ts'
import { approve, refuse } from './decide.ts'
import { notifyMissing, supplement, withdraw } from './material.ts'

/** The state machine of applications, drawn in the module's README. */
export const ACTIONS = {
  'notify-missing': notifyMissing,
  supplement,
  withdraw,
  approve,
  refuse,
  suspend,
  resume,
  revoke,
  evaluate,
} as const satisfies Partial<Record<ApplicationAction, ActionDefinition>>
