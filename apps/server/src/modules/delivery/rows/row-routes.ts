import { operations } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { leanRoute, type Route, route } from '../../../platform/route.ts'
import { sendData } from '../../../platform/send-data.ts'
import { type Answer, written } from '../answers/answer.ts'
import { answerCall } from '../answers/answer-call.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, recordAccess } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { whoIn } from './look-up-rows.ts'
import { readRows, stateOf } from './read-rows.ts'
import { type RowFormat, rowFormat } from './row-formats.ts'
import type { RowPage } from './row-page.ts'
import { operatorsOf, parseRowQuery, type RowQuery } from './row-query.ts'
import { isKnown, validatorOf } from './validator.ts'

export function rowRoutes(context: DeliveryContext): Route[] {
  return [
    leanRoute(operations.readRows, async (call, request, reply) => {
      const { caller, params, query } = call
      requireScope(caller, 'rows', params.code)
      // Nothing that is there is waited for: this runs by the thousand.
      const kept = context.plans.get(caller, params.code)
      const plan = kept instanceof Promise ? await kept : kept
      requireSigned(context, plan, caller)
      const taking = takeQuota(context, plan, request, reply)
      if (taking !== undefined) await taking
      const format = rowFormat(request.headers.accept)
      reply.header('content-type', format.contentType).header('vary', 'Accept, Accept-Encoding, Authorization, Cookie')
      // Fixed here, so that the tag and the rows are of the same state.
      const state = stateOf(plan)
      if (plan.basis.kind === 'open') {
        const validator = validatorOf(plan, state, request.url, format.contentType)
        reply.header('cache-control', state === null ? 'public, max-age=60' : 'public, no-cache').header('etag', validator)
        if (isKnown(request.headers['if-none-match'], validator)) return reply.code(304).send()
      }
      const search = request.url.indexOf('?')
      const asked = `rows ${format.contentType} ${state} ${search === -1 ? '' : request.url.slice(search)}`
      const found = answerCall(context, plan, caller, asked, () => {
        const rowQuery = { ...parseRowQuery(query, plan), state }
        return { who: whoIn(plan, rowQuery), answer: async () => answerOf(await readRows(context, plan, rowQuery, { call }), rowQuery, format) }
      })
      const answer = found instanceof Promise ? await found : found
      const receipt = await recordAccess(context, plan, caller, answer)
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      if (answer.state !== null) reply.header('datong-state', `${answer.version}.${answer.state}`)
      if (answer.nextCursor !== null) reply.header('datong-next-cursor', answer.nextCursor)
      return sendData(request, reply, answer.text)
    }),

    route(operations.describeRows, async ({ caller, params }) => {
      const plan = await context.plans.get(caller, params.code, 'description')
      return describe(context, plan)
    }),
  ]
}

const answerOf = (page: RowPage, { filters }: RowQuery, format: RowFormat): Omit<Answer, 'who'> => ({
  ...written(format.write(page)), action: 'rows.read', found: page.found, isLookUp: page.isLookUp,
  fields: page.fields.map((field) => field.name), conditions: filters.map(({ field, op }) => `${field} ${op}`),
  rows: page.count, version: page.version, state: page.state, nextCursor: page.nextCursor,
})

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
