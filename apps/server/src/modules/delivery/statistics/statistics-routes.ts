import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { leanRoute, type Route } from '../../../platform/route.ts'
import { sendData } from '../../../platform/send-data.ts'
import { written } from '../answers/answer.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER, recordAccess } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import { countRows, namesIn, parseBy } from './count-rows.ts'

/** Statistics: how many rows have which values, never a row. */
export function statisticsRoutes(context: DeliveryContext): Route[] {
  return [
    leanRoute(operations.readStatistics, async ({ caller, params, query, signal }, request, reply) => {
      requireScope(caller, 'rows', params.code)
      const plan = await context.plans.get(caller, params.code, 'statistics', namesIn(query.by))
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      const by = parseBy(query.by, plan)
      const counted = await countRows(context.engine, plan, by, signal).catch((error: unknown) => {
        throw signal.aborted ? new AppError('request/abandoned') : error
      })
      const answer = written(JSON.stringify(counted))
      const receipt = await recordAccess(context, plan, caller, {
        action: 'statistics.read', fields: counted.by, conditions: [], rows: counted.groups.length, bytes: answer.bytes, answerHash: answer.answerHash, version: plan.version,
      })
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      reply.header('content-type', 'application/json; charset=utf-8').header('vary', 'Accept-Encoding, Authorization, Cookie')
      return sendData(request, reply, answer.text)
    }),
  ]
}
