import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { Readable } from 'node:stream'
import { rawRoute, type Route } from '../../../platform/route.ts'
import { EVIDENCE_HEADER } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import { changeEvents } from './change-events.ts'
import type { FeedContext } from './context.ts'
import { currentPlan, deliverChanges } from './deliver-changes.ts'

/** Streams that one ground may have open in one process. */
const MOST_STREAMS = 10

export function changeRoutes(context: FeedContext): Route[] {
  const streams = new Map<string, number>()

  return [
    rawRoute(operations.readChanges, async ({ caller, params, query, signal }, request, reply) => {
      requireScope(caller, 'subscriptions', params.code)
      const plan = await currentPlan(context, caller, params.code)
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      const from = lastSeen(request.headers['last-event-id']) ?? query.from ?? 0
      if (request.headers.accept?.includes('text/event-stream') !== true) {
        const { items, position, more, version, view, receipt } = await deliverChanges(context, caller, params.code, from, query.limit ?? 200)
        if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
        return reply.header('cache-control', 'no-store').send({ items, position, more, version, view })
      }
      const { basis } = plan
      const ground = basis.kind === 'grant' ? basis.grantId : `${basis.kind} ${caller.organisation ?? request.ip}`
      const open = streams.get(ground) ?? 0
      if (open >= MOST_STREAMS) throw new AppError('delivery/too-many-transfers', { limit: MOST_STREAMS, retryAfterSeconds: 5 })
      streams.set(ground, open + 1)
      reply.raw.once('close', () => {
        const left = (streams.get(ground) ?? 1) - 1
        if (left > 0) streams.set(ground, left)
        else streams.delete(ground)
      })
      return reply.header('content-type', 'text/event-stream; charset=utf-8').header('cache-control', 'no-store').header('x-accel-buffering', 'no')
        .send(Readable.from(changeEvents(context, caller, params.code, from, signal)))
    }),
  ]
}

/** The position in `Last-Event-ID`, which a reconnecting client sends. @throws AppError `request/invalid` */
function lastSeen(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined
  const position = Number(header)
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new AppError('request/invalid', {}, [{ pointer: '/headers/last-event-id', code: 'pattern', message: 'Last-Event-ID 应为变更序号' }])
  }
  return position
}
