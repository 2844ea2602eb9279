import type { ApplicationAction } from '@datong/contracts'
import { recordGrant, recordStep } from '../record-step.ts'
import type { GrantRow } from '../sharing-store.ts'
import { type ActionDefinition, type Party, requireGrant } from './action.ts'

/** A change of a grant's state; every process stops or resumes delivery within a second. */
function control(action: ApplicationAction, past: string, by: readonly Party[], from: readonly GrantRow['state'][], to: GrantRow['state']): ActionDefinition {
  return {
    by,
    from: ['approved'],
    when: (_, grant) => grant !== undefined && from.includes(grant.state),
    needs: ['reason'],
    run: async (step) => {
      const { trx, context, application, body, caller } = step
      const grant = await context.store.setGrantState(trx, requireGrant(step, action).id, to)
      await recordGrant(trx, context, grant, caller.actor, past, body.reason)
      await context.events.publish(trx, 'sharing.grant-changed', { grantId: grant.id, entryCode: grant.entry_code, state: to })
      const after = await context.store.updateApplication(trx, application, {})
      await recordStep(trx, context, { application: after, actor: caller.actor, action: `grant-${past}`, reason: body.reason, detail: { grant: grant.number } })
      return after
    },
  }
}

export const suspend = control('suspend', 'suspended', ['security'], ['active'], 'suspended')
export const resume = control('resume', 'resumed', ['security'], ['suspended'], 'active')
export const revoke = control('revoke', 'revoked', ['provider', 'security'], ['active', 'suspended'], 'revoked')

/** The consumer's judgement of quality and effect; the last one counts. */
export const evaluate: ActionDefinition = {
  by: ['applicant'],
  from: ['approved'],
  needs: ['score'],
  run: async ({ trx, context, application, body, caller }) => {
    const after = await context.store.updateApplication(trx, application, { evaluation_score: body.score ?? null })
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'evaluated', reason: body.reason, detail: { score: body.score ?? 0 } })
    return after
  },
}
