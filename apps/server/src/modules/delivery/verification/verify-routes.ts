import { operations } from '@datong/contracts'
import { hash } from 'node:crypto'
import { leanRoute, type Route } from '../../../platform/route.ts'
import { written } from '../answers/answer.ts'
import { answerCall } from '../answers/answer-call.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, recordAccess } from '../metering/record-access.ts'
import { stateOf } from '../rows/read-rows.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import { type DeliveryPlan, hasAll } from '../plan/plan.ts'
import { lookUp } from './look-up.ts'
import { whoOf } from './miss-limits.ts'
import { type Claim, parseQuestion } from './question.ts'
import { createVerifyPlans } from './verify-plan.ts'

/** Verification: whether values are right, never what they are. */
export function verifyRoutes(context: DeliveryContext): Route[] {
  const verifyPlanOf = createVerifyPlans(context)
  return [
    leanRoute(operations.verify, async (call, request, reply) => {
      const { caller, params, query } = call
      requireScope(caller, 'verify', params.code)
      const callUnder = (plan: DeliveryPlan): string => `verify ${query.per ?? ''} ${stateOf(plan)} ${asText(request.body)}`
      // Nothing that is there is waited for: this runs by the thousand.
      const first = context.plans.get(caller, params.code, 'verify')
      let plan = first instanceof Promise ? await first : first
      let asked = callUnder(plan)
      const kept = context.answers.find(plan, asked)
      // The same words were understood then; else it depends on the fields which of several grants gives the answer.
      if (kept === undefined && !hasAll(plan, Object.keys(call.body))) {
        plan = await context.plans.get(caller, params.code, 'verify', Object.keys(call.body))
        asked = callUnder(plan)
      }
      requireSigned(context, plan, caller)
      const taking = takeQuota(context, plan, request, reply)
      if (taking !== undefined) await taking
      const state = stateOf(plan)
      const found = answerCall(context, plan, caller, asked, async () => {
        const verify = await verifyPlanOf(plan)
        const claims = parseQuestion(verify, call.body)
        const { fields, conditions, statement } = verify.selection(claims)
        return {
          who: whoOf(claims, identifierOf),
          answer: async () => {
            const verdict = await lookUp(context, verify, claims, statement, state)
            const told = query.per === 'field' ? { match: verdict.match, fields: Object.fromEntries(fields.map((name, index) => [name, verdict.fields[index]])) } : { match: verdict.match }
            return {
              ...written(JSON.stringify(told)), action: 'record.verified', found: verdict.match, isLookUp: statement !== null,
              fields, conditions, rows: 0, version: plan.version, state, nextCursor: null,
            }
          },
        }
      }, kept)
      const answer = found instanceof Promise ? await found : found
      const receipt = await recordAccess(context, plan, caller, answer)
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(answer.text)
    }),
  ]
}

/** A character a byte: equal texts are equal bodies, and nothing needs decoding. */
const asText = (body: unknown): string => (Buffer.isBuffer(body) ? body.toString('latin1') : '')

/** Stands for the person or thing asked about in counters, without saying who it is. */
const identifierOf = (claims: readonly Claim[]): string =>
  hash('sha256', JSON.stringify(claims.filter((claim) => claim.identifying).map(({ name, form, given }) => [name, form ?? String(given)])), 'base64url')
