import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { nameOfAsker } from '../../../platform/caller.ts'
import { leanRoute, type Route, type RouteContext } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import type { DownloadFormat } from './download.ts'
import { EVIDENCE_HEADER, recordAccess } from '../metering/record-access.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import { isKnown } from '../rows/validator.ts'
import { headersOf, sendStretch } from './send-stretch.ts'
import { watchSpeed } from './watch-speed.ts'

export function fileRoutes(context: DeliveryContext): Route[] {
  return [
    // Lean, so that nothing compresses it: a file is large, and squeezing it costs more than sending it.
    leanRoute(operations.download, async (call, request, reply) => {
      const { caller, params, query } = call
      requireScope(caller, 'files', params.code)
      const plan = await context.plans.get(caller, params.code)
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      // The columns of an open table are described for tools that begin with the file. @see https://www.w3.org/TR/tabular-data-model/#link-header
      if (query.format === 'csv' && plan.basis.kind === 'open') reply.header('link', `</dataset/${params.code}/csv-metadata.json>; rel="describedby"; type="application/csvm+json"`)
      return sendFile(context, plan, call, query.format, request, reply)
    }),
  ]
}

/** Kept by whoever likes, and asked for again each time: only the house knows whether another version is current. */
const OPEN_CACHE = 'public, no-cache'

/** Names the delivery of a file with a watermark. */
const DELIVERY_HEADER = 'datong-delivery'

async function sendFile(context: DeliveryContext, plan: DeliveryPlan, call: Pick<RouteContext<unknown>, 'caller' | 'signal'>, format: DownloadFormat, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { caller } = call
  const file = await context.downloads.prepare(plan, format, {
    through: (work) => context.fileMakes.run(() => {
      // Who left while standing in line needs no file; one of open data is for all.
      if (plan.basis.kind !== 'open' && call.signal.aborted) throw new AppError('request/abandoned')
      return work()
    }, nameOfAsker(caller, request.ip)),
  })
  if (plan.basis.kind === 'open') {
    const validator = `"${file.sha256}"`
    reply.header('etag', validator).header('vary', 'Authorization, Cookie')
    if (isKnown(request.headers['if-none-match'], validator)) {
      await file.dispose()
      return reply.code(304).header('cache-control', OPEN_CACHE).send()
    }
  }
  try {
    await context.marks.note(plan)
    const receipt = await recordAccess(context, plan, caller, {
      action: 'file.downloaded', fields: [...plan.fields.keys()], conditions: [], rows: file.rows, bytes: file.bytes, answerHash: file.sha256, version: plan.version, delivery: file.delivery,
    })
    if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
  } catch (error) {
    await file.dispose()
    throw error
  }
  if (file.delivery !== null) reply.header(DELIVERY_HEADER, file.delivery)
  reply
    .header('content-type', file.contentType).header('content-length', file.bytes)
    .header('content-disposition', `attachment; filename="data.${format}"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
    .header('cache-control', plan.basis.kind === 'open' ? OPEN_CACHE : 'no-store').header('repr-digest', `sha-256=:${Buffer.from(file.sha256, 'base64url').toString('base64')}:`)
    .hijack()
  let sent = 0
  const unwatch = watchSpeed(() => sent, reply.raw)
  try {
    reply.raw.writeHead(200, headersOf(reply))
    await sendStretch(reply.raw, file.path, { first: 0, last: request.method === 'HEAD' ? -1 : file.bytes - 1 }, (bytes) => (sent = bytes), call.signal)
  } finally {
    unwatch()
    // Sent or broken off, the caller's own copy goes.
    await file.dispose().catch((error: unknown) => context.log.warn({ err: error }, 'a download could not be removed'))
  }
  return reply
}
