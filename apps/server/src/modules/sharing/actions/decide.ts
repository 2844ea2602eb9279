import { AppError, chinaDay, type Issue } from '@datong/kernel'
import { DEFAULT_QUOTA, type GrantTerms, makeGrant } from '../make-grant.ts'
import { recordStep } from '../record-step.ts'
import type { ActionDefinition, Step } from './action.ts'

/** Consent, whole or in part: the provider may leave fields out, mask more, and set quota and time; never more than asked. */
export const approve: ActionDefinition = {
  by: ['provider'],
  from: ['submitted'],
  needs: [],
  run: async (step) => {
    const { trx, context, application, body, caller } = step
    const terms = await termsOf(step)
    const grant = await makeGrant(trx, context, application, terms, caller.actor)
    const after = await context.store.updateApplication(trx, application, { state: 'approved', decided_at: context.clock.now(), grant_id: grant.id })
    const partial = terms.fields.length < application.fields.length
    await recordStep(trx, context, {
      application: after, actor: caller.actor, action: partial ? 'approved-in-part' : 'approved', reason: body.reason,
      detail: { grant: grant.number, fields: terms.fields, masking: terms.masking, quota: terms.quota, until: terms.until },
    })
    return after
  },
}

/** Refusal carries a reason and its legal basis, always. */
export const refuse: ActionDefinition = {
  by: ['provider'],
  from: ['submitted'],
  needs: ['reason', 'legalBasis'],
  run: async ({ trx, context, application, body, caller }) => {
    const after = await context.store.updateApplication(trx, application, { state: 'refused', decided_at: context.clock.now() })
    await recordStep(trx, context, {
      application: after, actor: caller.actor, action: 'refused', reason: `${body.reason ?? ''}（依据：${body.legalBasis ?? ''}）`, detail: { legalBasis: body.legalBasis ?? '' },
    })
    return after
  },
}

async function termsOf({ context, application, body }: Step): Promise<GrantTerms> {
  const fields = body.fields ?? application.fields
  const masking = body.masking ?? {}
  const until = body.until ?? application.until
  const issues: Issue[] = []
  fields.forEach((name, index) => {
    if (!application.fields.includes(name)) issues.push({ pointer: `/fields/${index}`, code: 'not-asked', message: `申请中没有信息项“${name}”` })
  })
  const methods = new Set(context.maskingMethods)
  for (const [name, method] of Object.entries(masking)) {
    if (!fields.includes(name)) issues.push({ pointer: `/masking/${name}`, code: 'not-asked', message: `申请中没有信息项“${name}”` })
    if (!methods.has(method) || method === 'keep') issues.push({ pointer: `/masking/${name}`, code: 'unknown-masking-method', message: `没有脱敏方法“${method}”` })
  }
  if (until <= chinaDay(context.clock.now())) issues.push({ pointer: '/until', code: 'past', message: '使用期限须晚于今天' })
  if (until > application.until) issues.push({ pointer: '/until', code: 'longer-than-asked', message: '使用期限不能长于申请' })
  if (issues.length > 0) throw new AppError('sharing/invalid-decision', { number: application.number }, issues)
  return { fields, masking, until, quota: body.quota ?? DEFAULT_QUOTA }
}
