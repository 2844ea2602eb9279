import { changeApplication } from '../change-application.ts'
import { isShareable } from '../granting/make-grant.ts'
import { recordStep } from '../record-step.ts'
import { grantApplication, publishDecision } from '../settle.ts'
import { DEFAULT_QUOTA } from '../granting/make-grant.ts'
import type { Mediation } from '../tables.ts'
import type { ActionDefinition, Step } from './action.ts'
import { consentOf } from './terms.ts'

/**
 * 协调: after a refusal the applicant may ask the bureau, once. What the bureau refused itself is not asked of it again, and
 * what is 不予共享 cannot be ordered.
 */
export const requestMediation: ActionDefinition = {
  by: ['applicant'],
  from: ['refused'],
  when: (matter) => matter.application.mediation === null && matter.application.decided_by !== 'bureau' && isShareable(matter),
  needs: ['reason'],
  run: async ({ trx, context, application, body, caller }) => {
    const mediation: Mediation = { requestedAt: context.clock.now().toISOString(), reason: body.reason ?? '', outcome: null, decidedAt: null }
    const after = await changeApplication(trx, context, application, { state: 'in-mediation', mediation: JSON.stringify(mediation) })
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'mediation-requested', reason: body.reason })
    return after
  },
}

const ended = ({ application, context }: Step, outcome: 'upheld' | 'ordered'): Mediation => ({
  requestedAt: '', reason: '', ...application.mediation, outcome, decidedAt: context.clock.now().toISOString(),
})

/** The refusal stands, with the bureau's own reason and ground. */
export const uphold: ActionDefinition = {
  by: ['steward'],
  from: ['in-mediation'],
  needs: ['reason', 'legalBasis'],
  run: async (step) => {
    const { trx, context, application, body: { reason = '', legalBasis = '' }, caller } = step
    const after = await changeApplication(trx, context, application, {
      state: 'upheld', mediation: JSON.stringify(ended(step, 'upheld')), decided_by: 'bureau', decision_reason: reason, decision_legal_basis: legalBasis,
    })
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'upheld', reason: `${reason}（依据：${legalBasis}）`, detail: { legalBasis } })
    await publishDecision(trx, context, after, { by: 'bureau' })
    return after
  },
}

/** The department must share: the bureau grants what it ordered, never more than was asked. */
export const orderSharing: ActionDefinition = {
  by: ['steward'],
  from: ['in-mediation'],
  when: isShareable,
  needs: ['reason', 'legalBasis'],
  run: async (step) => {
    const { trx, context, application, body: { reason = '', legalBasis = '' }, caller } = step
    const consent = consentOf(step, application.fields)
    const ordered = await changeApplication(trx, context, application, { mediation: JSON.stringify(ended(step, 'ordered')) })
    return grantApplication(trx, context, { ...step, application: ordered }, { ...consent, quota: consent.quota ?? application.quota ?? DEFAULT_QUOTA }, {
      by: 'bureau', actor: caller.actor, action: 'sharing-ordered', reason, legalBasis,
    })
  },
}
