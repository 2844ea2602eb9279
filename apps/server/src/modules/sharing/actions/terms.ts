import { AppError, chinaDay, type Issue } from '@datong/kernel'
import { DEFAULT_QUOTA, type GrantTerms } from '../granting/make-grant.ts'
import type { OpinionRow } from '../opinions/opinion-store.ts'
import type { Quota } from '../tables.ts'
import type { Step } from './action.ts'
import { smaller } from '../granting/quota.ts'

/** What one who consents gives; quota only when he set one. */
export type Consent = Omit<GrantTerms, 'quota'> & { readonly quota: Quota | null }

/**
 * Reads a consent: fields may be left out, masked more, time and quota set; never more than was asked.
 * @param own the fields that the caller may speak for; others that he names are not his to give and have no effect
 * @throws AppError `sharing/invalid-decision` with all issues
 */
export function consentOf({ context, application, body }: Step, own: readonly string[]): Consent {
  const named = body.fields ?? own
  const fields = named.filter((name) => own.includes(name))
  const masking = body.masking ?? {}
  const until = body.until ?? application.until
  const issues: Issue[] = []
  named.forEach((name, index) => {
    if (!application.fields.includes(name)) issues.push({ pointer: `/fields/${index}`, code: 'not-asked', message: `申请中没有信息项“${name}”` })
  })
  if (fields.length === 0 && issues.length === 0) issues.push({ pointer: '/fields', code: 'not-yours', message: '所选信息项都不归本部门，请选择本部门的信息项，或者拒绝' })
  const methods = new Set(context.maskingMethods)
  for (const [name, method] of Object.entries(masking)) {
    if (!application.fields.includes(name)) issues.push({ pointer: `/masking/${name}`, code: 'not-asked', message: `申请中没有信息项“${name}”` })
    if (!methods.has(method) || method === 'keep') issues.push({ pointer: `/masking/${name}`, code: 'unknown-masking-method', message: `没有脱敏方法“${method}”` })
  }
  if (until <= chinaDay(context.clock.now())) issues.push({ pointer: '/until', code: 'past', message: '使用期限须晚于今天' })
  if (until > application.until) issues.push({ pointer: '/until', code: 'longer-than-asked', message: '使用期限不能长于申请' })
  if (issues.length > 0) throw new AppError('sharing/invalid-decision', { number: application.number }, issues)
  const masks = Object.fromEntries(Object.entries(masking).filter(([name]) => fields.includes(name)))
  return { fields, masking: masks, until, quota: body.quota ?? null }
}

/** The answer of several departments: the fields that any consented to, for the shortest time and the smallest quota. */
export function combine(application: Step['application'], opinions: readonly OpinionRow[]): GrantTerms {
  const consents = opinions.filter(({ state }) => state === 'consented')
  const quotas = consents.map(({ quota }) => quota).filter((quota) => quota !== null)
  const given = new Set(consents.flatMap(({ consented }) => consented))
  const asked = application.quota ?? DEFAULT_QUOTA
  return {
    fields: application.fields.filter((name) => given.has(name)),
    masking: Object.assign({}, ...consents.map(({ masking }) => masking)) as Record<string, string>, // masks by field, each from its own department
    until: consents.map(({ until }) => until).filter((until) => until !== null).reduce((a, b) => (a < b ? a : b), application.until),
    quota: quotas.length === 0 ? asked : quotas.reduce(smaller),
  }
}
