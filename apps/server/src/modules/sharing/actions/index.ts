import type { ApplicationAction } from '@datong/contracts'
import type { ActionDefinition } from './action.ts'
import { resume, revoke, suspend } from './control-grant.ts'
import { approve, extend, refuse, urge } from './decide.ts'
import { confirmDelivery, systemNotReady, systemReady } from './delivery.ts'
import { evaluate } from './evaluate.ts'
import { notifyMissing, supplement, withdraw } from './material.ts'
import { orderSharing, requestMediation, uphold } from './mediate.ts'

/** The state machine of applications, drawn in the module's README. */
export const ACTIONS: Readonly<Record<ApplicationAction, ActionDefinition>> = {
  'notify-missing': notifyMissing,
  supplement,
  withdraw,
  approve,
  refuse,
  extend,
  urge,
  'request-mediation': requestMediation,
  uphold,
  'order-sharing': orderSharing,
  'system-not-ready': systemNotReady,
  'system-ready': systemReady,
  'confirm-delivery': confirmDelivery,
  suspend,
  resume,
  revoke,
  evaluate,
}
