import type { ApplicationAction, ApplicationState, BodyOf, operations } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { SharingContext } from '../context.ts'
import type { Matter } from '../matter.ts'
import type { ApplicationRow, GrantRow } from '../sharing-store.ts'

export type ActionBody = BodyOf<typeof operations.actOnApplication>

/** Who may take a step: departments and offices, never a certain person, so that nobody's leaving stops it. */
export type Party = 'provider' | 'applicant' | 'steward' | 'security'

/** What a step works on: the locked application with all that belongs to it, and who acts. */
export interface Step extends Matter {
  readonly trx: Trx
  readonly context: SharingContext
  readonly body: ActionBody
  readonly caller: Caller
}

type Need = 'reason' | 'legalBasis' | 'scores' | 'missing'

/** One step of the closed loop: who may take it, from where, and what it does. */
export interface ActionDefinition {
  readonly by: readonly Party[]
  readonly from: readonly ApplicationState[]
  /** Further condition on the moment and the caller; the interface offers the action only when it holds. */
  readonly when?: (matter: Matter, caller: Caller, now: Date) => boolean
  /** What must be given. */
  readonly needs: readonly Need[]
  run(step: Step): Promise<ApplicationRow>
}

const NEEDS: Readonly<Record<Need, { readonly message: string; given(body: ActionBody): boolean }>> = {
  reason: { message: '请说明理由', given: ({ reason }) => (reason ?? '').trim() !== '' },
  legalBasis: { message: '请写明法律依据', given: ({ legalBasis }) => (legalBasis ?? '').trim() !== '' },
  scores: { message: '请评分（1 至 5）', given: ({ scores, score }) => scores !== undefined || score !== undefined },
  missing: { message: '请一次列出缺少的全部材料', given: ({ missing, reason }) => (missing ?? [reason ?? '']).some((title) => title.trim() !== '') },
}

export const missingNeeds = (definition: ActionDefinition, body: ActionBody): Issue[] =>
  definition.needs.filter((need) => !NEEDS[need].given(body)).map((need) => ({ pointer: `/${need}`, code: 'missing', message: NEEDS[need].message }))

type Sides = Pick<ApplicationRow, 'provider_organisation' | 'co_owners' | 'consumer_organisation' | 'applicant_id'>

export function isParty(caller: Caller, application: Sides, party: Party): boolean {
  if (party === 'security' || party === 'steward') return holds(caller, party)
  if (party === 'provider') {
    return holds(caller, 'provider') && caller.organisation !== null && [application.provider_organisation, ...application.co_owners].includes(caller.organisation)
  }
  if (application.consumer_organisation === null) return caller.actor.id === application.applicant_id
  return holds(caller, 'consumer') && caller.organisation === application.consumer_organisation
}

export const fits = (definition: ActionDefinition, matter: Matter, caller: Caller, now: Date): boolean =>
  definition.from.includes(matter.application.state) && (definition.when?.(matter, caller, now) ?? true)

export const isAllowed = (definition: ActionDefinition, matter: Matter, caller: Caller, now: Date): boolean =>
  definition.by.some((party) => isParty(caller, matter.application, party)) && fits(definition, matter, caller, now)

/** @throws AppError `sharing/wrong-state` */
export function requireGrant(step: Step, action: ApplicationAction): GrantRow {
  if (step.grant === undefined) throw new AppError('sharing/wrong-state', { action, state: step.application.state })
  return step.grant
}
