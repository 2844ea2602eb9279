import { operations } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { leanRoute, type Route, route } from '../../../platform/route.ts'
import { sendData } from '../../../platform/send-data.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, hashOf, recordAccess } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { lookUpRows } from './look-up-rows.ts'
import { stateOf } from './read-rows.ts'
import { rowFormat } from './row-formats.ts'
import { operatorsOf, parseRowQuery } from './row-query.ts'
import { isKnown, validatorOf } from './validator.ts'

export function rowRoutes(context: DeliveryContext): Route[] {
  return [
    leanRoute(operations.readRows, async ({ caller, params, query }, request, reply) => {
      requireScope(caller, 'rows', params.code)
      const plan = await context.plans.get(caller, params.code)
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      const format = rowFormat(request.headers.accept)
      reply.header('content-type', format.contentType).header('vary', 'Accept, Accept-Encoding, Authorization, Cookie')
      // Fixed here, so that the tag and the rows are of the same state.
      const state = stateOf(plan)
      if (plan.basis.kind === 'open') {
        const validator = validatorOf(plan, state, request.url, format.contentType)
        reply.header('cache-control', state === null ? 'public, max-age=60' : 'public, no-cache').header('etag', validator)
        if (isKnown(request.headers['if-none-match'], validator)) return reply.code(304).send()
      }
      const rowQuery = { ...parseRowQuery(query, plan), state }
      const page = await lookUpRows(context, plan, rowQuery, caller)
      const answer = Buffer.from(format.write(page))
      const receipt = await recordAccess(context, plan, caller, {
        action: 'rows.read', fields: page.fields.map((field) => field.name), conditions: rowQuery.filters.map(({ field, op }) => `${field} ${op}`),
        rows: page.count, bytes: answer.length, answerHash: hashOf(answer), version: page.version, state: page.state,
      })
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      if (page.state !== null) reply.header('datong-state', `${page.version}.${page.state}`)
      if (page.nextCursor !== null) reply.header('datong-next-cursor', page.nextCursor)
      return sendData(request, reply, answer)
    }),

    route(operations.describeRows, async ({ caller, params }) => {
      const plan = await context.plans.get(caller, params.code, 'description')
      return describe(context, plan)
    }),
  ]
}

async function describe(context: DeliveryContext, plan: DeliveryPlan) {
  const { basis } = plan
  const gives = (basis.kind === 'grant' ? basis.only : undefined) ?? 'rows' as const
  const used = basis.kind === 'grant' ? await context.usage.callsOfGrant(basis.grantId, chinaDay(context.clock.now())) : 0
  return {
    code: plan.entryCode,
    title: plan.title,
    version: plan.version,
    versionRule: plan.fixed ? 'fixed' as const : 'current' as const,
    rowCount: plan.rowCount,
    basis: basis.kind,
    grantNumber: basis.kind === 'grant' ? basis.number : null,
    gives,
    fields: [...plan.fields.values()].map((field) => ({
      name: field.name, description: field.description, type: field.schema.type, grade: field.grade, masking: field.masking,
      identifier: field.identifier, filters: gives === 'rows' ? [...operatorsOf(field)] : [], sortable: gives === 'rows' && field.mask === null,
    })),
    quota: basis.kind === 'grant' ? { ...basis.quota, remainingToday: Math.max(0, basis.quota.perDay - used) } : null,
  }
}
