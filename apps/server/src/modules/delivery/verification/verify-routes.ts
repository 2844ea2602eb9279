import { operations } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import { hash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import { leanRoute, type Route } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, hashOf, recordAccess } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { lookUp } from './look-up.ts'
import { type Claim, parseQuestion } from './question.ts'
import { createVerifyPlans } from './verify-plan.ts'

/** Verification: whether values are right, never what they are. */
export function verifyRoutes(context: DeliveryContext): Route[] {
  const verifyPlanOf = createVerifyPlans(context)
  return [
    leanRoute(operations.verify, async ({ caller, params, query, body }, request, reply) => {
      requireScope(caller, 'verify', params.code)
      const plan = await context.plans.get(caller, params.code)
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      const verify = await verifyPlanOf(plan)
      const claims = parseQuestion(verify, body)
      const { basis } = plan
      const identifier = identifierOf(claims)
      if (basis.kind === 'grant') await context.misses.admit(basis.grantId, identifier)
      const { match, fields } = await lookUp(context, verify, claims)
      if (basis.kind === 'grant') {
        const reached = await context.misses.settle(basis.grantId, identifier, match)
        if (reached !== null) await raiseAlarm(context, plan, caller, reached)
      }
      const answer = JSON.stringify(query.per === 'field' ? { match, fields: Object.fromEntries(claims.map(({ name }, index) => [name, fields[index]])) } : { match })
      const receipt = await recordAccess(context, plan, caller, {
        action: 'record.verified', fields: claims.map(({ name }) => name), conditions: claims.filter((claim) => claim.identifying).map(({ name }) => `${name} eq`),
        rows: 0, bytes: Buffer.byteLength(answer), answerHash: hashOf(answer), version: plan.version,
      })
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(answer)
    }),
  ]
}

/** Stands for the person or thing asked about in counters, without saying who it is. */
const identifierOf = (claims: readonly Claim[]): string =>
  hash('sha256', JSON.stringify(claims.filter((claim) => claim.identifying).map(({ name, form, given }) => [name, form ?? String(given)])), 'base64url')

/** Tells the house that somebody seems to guess; the security officer and the provider find it in the evidence. */
async function raiseAlarm({ store, evidence, events, clock }: DeliveryContext, { basis, entryCode, title, provider }: DeliveryPlan, caller: Caller, window: 'identifier' | 'grant'): Promise<void> {
  if (basis.kind !== 'grant') return
  const { organisation } = caller
  await inTransaction(store.db, async (trx) => {
    await evidence.record(trx, {
      chain: 'decision', action: 'delivery.verification.stopped', actor: caller.actor, parties: [...new Set([provider, ...(organisation === null ? [] : [organisation])])],
      subject: { type: 'entry', id: entryCode, title }, detail: { grant: basis.number, grantId: basis.grantId, window, ...(caller.keyId === null ? {} : { key: caller.keyId }) },
    })
    await events.publish(trx, 'delivery.verification-guessing', { grantId: basis.grantId, entryCode, organisation, window, at: clock.now().toISOString() })
  })
}
