import type { ApplicationAction, ApplicationState, BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { SharingContext } from '../context.ts'
import type { ApplicationRow, GrantRow } from '../sharing-store.ts'

export type ActionBody = BodyOf<typeof operations.actOnApplication>

export type Party = 'provider' | 'applicant' | 'security'

/** What a step works on: the locked application, its grant if it has one, and who acts. */
export interface Step {
  readonly trx: Trx
  readonly context: SharingContext
  readonly application: ApplicationRow
  readonly grant: GrantRow | undefined
  readonly body: ActionBody
  readonly caller: Caller
}

/** One step of the closed loop: who may take it, from where, and what it does. */
export interface ActionDefinition {
  readonly by: readonly Party[]
  readonly from: readonly ApplicationState[]
  /** Further condition on the moment; the interface offers the action only when it holds. */
  readonly when?: (application: ApplicationRow, grant: GrantRow | undefined) => boolean
  /** Texts that must be given. */
  readonly needs: readonly ('reason' | 'legalBasis' | 'score')[]
  run(step: Step): Promise<ApplicationRow>
}

const NEED_MESSAGES = { reason: '请说明理由', legalBasis: '请写明法律依据', score: '请评分（1 至 5）' } as const

export function missingNeeds(definition: ActionDefinition, body: ActionBody): Issue[] {
  return definition.needs
    .filter((need) => body[need] === undefined || String(body[need]).trim() === '')
    .map((need) => ({ pointer: `/${need}`, code: 'missing', message: NEED_MESSAGES[need] }))
}

export function isParty(caller: Caller, application: ApplicationRow, party: Party): boolean {
  if (party === 'security') return holds(caller, 'security')
  if (party === 'provider') return holds(caller, 'provider') && caller.organisation === application.provider_organisation
  if (application.consumer_organisation === null) return caller.actor.id === application.applicant_id
  return holds(caller, 'consumer') && caller.organisation === application.consumer_organisation
}

export const isAllowed = (
  definition: ActionDefinition, caller: Caller, application: ApplicationRow, grant: GrantRow | undefined,
): boolean =>
  definition.by.some((party) => isParty(caller, application, party)) &&
  definition.from.includes(application.state) &&
  (definition.when?.(application, grant) ?? true)

/** @throws AppError `sharing/wrong-state` */
export function requireGrant(step: Step, action: ApplicationAction): GrantRow {
  if (step.grant === undefined) throw new AppError('sharing/wrong-state', { action, state: step.application.state })
  return step.grant
}
