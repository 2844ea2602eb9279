import { operations } from '@datong/contracts'
import { hash } from 'node:crypto'
import { leanRoute, type Route } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, hashOf, recordAccess } from '../metering/record-access.ts'
import { stateOf } from '../rows/read-rows.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import { raiseAlarm } from './alarm.ts'
import { lookUp } from './look-up.ts'
import { type Claim, parseQuestion } from './question.ts'
import { createVerifyPlans } from './verify-plan.ts'

/** Verification: whether values are right, never what they are. */
export function verifyRoutes(context: DeliveryContext): Route[] {
  const verifyPlanOf = createVerifyPlans(context)
  return [
    leanRoute(operations.verify, async ({ caller, params, query, body }, request, reply) => {
      requireScope(caller, 'verify', params.code)
      const plan = await context.plans.get(caller, params.code, 'verify', Object.keys(body))
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      const verify = await verifyPlanOf(plan)
      const claims = parseQuestion(verify, body)
      const { fields, conditions, statement } = verify.selection(claims)
      const { basis } = plan
      const identifier = (): string => identifierOf(claims)
      if (basis.kind === 'grant') await context.misses.admit(basis.grantId, identifier)
      const state = stateOf(plan)
      const verdict = await lookUp(context, verify, claims, statement, state)
      if (basis.kind === 'grant') {
        const reached = await context.misses.settle(basis.grantId, identifier, verdict.match)
        if (reached !== null) await raiseAlarm(context, plan, caller, reached)
      }
      const { text, bytes, answerHash } = query.per === 'field' ? answerOf({ match: verdict.match, fields: Object.fromEntries(fields.map((name, index) => [name, verdict.fields[index]])) })
        : verdict.match ? RIGHT : WRONG
      const receipt = await recordAccess(context, plan, caller, {
        action: 'record.verified', fields, conditions, rows: 0, bytes, answerHash, version: plan.version, state,
      })
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(text)
    }),
  ]
}

function answerOf(answer: { readonly match: boolean; readonly fields?: Readonly<Record<string, unknown>> }) {
  const text = JSON.stringify(answer)
  return { text, bytes: Buffer.byteLength(text), answerHash: hashOf(text) }
}

/** The answers to nearly all calls. */
const RIGHT = answerOf({ match: true })
const WRONG = answerOf({ match: false })

/** Stands for the person or thing asked about in counters, without saying who it is. */
const identifierOf = (claims: readonly Claim[]): string =>
  hash('sha256', JSON.stringify(claims.filter((claim) => claim.identifying).map(({ name, form, given }) => [name, form ?? String(given)])), 'base64url')
