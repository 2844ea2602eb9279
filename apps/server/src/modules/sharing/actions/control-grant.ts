import type { ApplicationAction } from '@datong/contracts'
import { changeApplication } from '../change-application.ts'
import { stopClock } from '../clocks/clock.ts'
import { publishGrantChange, recordGrant, recordStep } from '../record-step.ts'
import type { GrantRow } from '../sharing-store.ts'
import { type ActionDefinition, type Party, requireGrant } from './action.ts'

/** A change of a grant's state; every process stops or resumes delivery within a second. */
function control(action: ApplicationAction, past: string, by: readonly Party[], from: readonly GrantRow['state'][], to: GrantRow['state']): ActionDefinition {
  return {
    by,
    from: ['approved'],
    when: ({ grant }) => grant !== undefined && from.includes(grant.state),
    needs: ['reason'],
    run: async (step) => {
      const { trx, context, application, body, caller, clocks } = step
      const now = context.clock.now()
      const grant = await context.store.updateGrant(trx, requireGrant(step, action).id, { state: to, ...(to === 'revoked' ? { ended_at: now, revoked_for: body.ground ?? 'other' } : {}) })
      await recordGrant(trx, context, grant, caller.actor, past, body.reason)
      await publishGrantChange(trx, context, grant)
      const delivery = clocks.get('delivery')
      const after = await changeApplication(trx, context, application, {}, to === 'revoked' && delivery !== undefined ? [stopClock(delivery, now)] : [])
      await recordStep(trx, context, { application: after, actor: caller.actor, action: `grant-${past}`, reason: body.reason, detail: { grant: grant.number, ...(grant.revoked_for === null ? {} : { ground: grant.revoked_for }) } })
      return after
    },
  }
}

export const suspend = control('suspend', 'suspended', ['security'], ['active'], 'suspended')
export const resume = control('resume', 'resumed', ['security'], ['suspended'], 'active')
export const revoke = control('revoke', 'revoked', ['provider', 'security'], ['active', 'suspended'], 'revoked')
