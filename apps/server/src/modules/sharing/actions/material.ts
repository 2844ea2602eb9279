import { resumedDueAt } from '../deadlines.ts'
import { recordStep } from '../record-step.ts'
import type { ActionDefinition } from './action.ts'

/** 一次性告知: the provider may ask for missing material once, naming all of it; the clock stands still meanwhile. */
export const notifyMissing: ActionDefinition = {
  by: ['provider'],
  from: ['submitted'],
  when: (application) => !application.missing_notified,
  needs: ['reason'],
  run: async ({ trx, context, application, body, caller }) => {
    const after = await context.store.updateApplication(trx, application, {
      state: 'material-owed', missing_notified: true, clock_paused_at: context.clock.now(),
    })
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'material-asked', reason: body.reason })
    return after
  },
}

/** The applicant hands in what was missing; the clock goes on with what was left. */
export const supplement: ActionDefinition = {
  by: ['applicant'],
  from: ['material-owed'],
  needs: ['reason'],
  run: async ({ trx, context, application, body, caller }) => {
    const now = context.clock.now()
    const pausedAt = application.clock_paused_at ?? now
    const after = await context.store.updateApplication(trx, application, {
      state: 'submitted',
      clock_paused_at: null,
      due_at: resumedDueAt({ dueAt: application.due_at, pausedAt }, now, context.calendar),
      ...(body.purpose === undefined ? {} : { purpose: body.purpose }),
      ...(body.use === undefined ? {} : { use_text: body.use }),
      ...(body.legalBasis === undefined ? {} : { legal_basis: body.legalBasis }),
    })
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'supplemented', reason: body.reason })
    return after
  },
}

export const withdraw: ActionDefinition = {
  by: ['applicant'],
  from: ['submitted', 'material-owed'],
  needs: [],
  run: async ({ trx, context, application, body, caller }) => {
    const after = await context.store.updateApplication(trx, application, { state: 'withdrawn', decided_at: context.clock.now(), clock_paused_at: null })
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'withdrawn', reason: body.reason })
    return after
  },
}
