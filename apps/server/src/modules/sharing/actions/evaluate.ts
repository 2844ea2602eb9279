import { uuidv7 } from '@datong/kernel'
import { changeApplication } from '../change-application.ts'
import { readMatters } from '../matter.ts'
import { recordGrant, recordStep } from '../record-step.ts'
import { evaluationItem } from '../store/application-store.ts'
import type { Scores } from '../tables.ts'
import { type ActionDefinition, requireGrant, type Step } from './action.ts'
import { completeMaterial, settleIfNew } from './material.ts'

/** The consumer's judgement of quality, timeliness and effect, as often as he likes; renewals that wait for it go on. */
export const evaluate: ActionDefinition = {
  by: ['applicant'],
  from: ['approved'],
  when: ({ grant }) => grant !== undefined,
  needs: ['scores'],
  run: async (step) => {
    const { trx, context, application, body, caller } = step
    const grant = requireGrant(step, 'evaluate')
    const one = body.score ?? 1 // given, when the three are not
    const scores: Scores = body.scores ?? { quality: one, timeliness: one, effect: one }
    const at = context.clock.now()
    await context.store.evaluations.add(trx, {
      id: uuidv7(context.clock, context.random), applicationId: application.id, grantId: grant.id, at, actor: caller.actor, scores, comment: body.reason ?? '',
    })
    const evaluated = await context.store.updateGrant(trx, grant.id, { evaluated_at: at })
    await recordGrant(trx, context, evaluated, caller.actor, 'evaluated', body.reason)
    const after = await changeApplication(trx, context, application, {})
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'evaluated', reason: body.reason, detail: { ...scores } })
    await releaseWaiting(step, grant.id, at)
    return after
  },
}

async function releaseWaiting({ trx, context, caller }: Step, grantId: string, at: Date): Promise<void> {
  for (const matter of await readMatters(context, await context.store.waitingForEvaluation(trx, grantId), trx)) {
    const material = matter.application.material.map((item) => (item.id === evaluationItem(grantId) ? { ...item, suppliedAt: at.toISOString() } : item))
    const after = await completeMaterial(trx, context, matter, material)
    await recordStep(trx, context, { application: after, actor: caller.actor, action: 'supplemented', detail: { material: material.map(({ title }) => title) } })
    if (after.state === 'submitted') await settleIfNew(trx, context, { ...matter, application: after }, caller)
  }
}
