import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { rawRoute, type Route } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import { EVIDENCE_HEADER } from '../metering/record-access.ts'
import { requireScope } from '../plan/key-limits.ts'
import { recordObject } from './record-object.ts'

/** Documents and images: to their own department, and what is graded public to whoever sees the published entry. */
export const objectRoutes = (context: DeliveryContext): Route[] => [
  rawRoute(operations.readObject, async ({ caller, params }, _request, reply) => {
    requireScope(caller, 'files', params.code)
    const entry = await context.catalog.find(params.code)
    const object = entry === undefined ? undefined : await context.findObject?.(entry.code, params.id)
    if (entry === undefined || object === undefined || !context.catalog.isVisible(entry, caller)) throw new AppError('request/not-found')
    const isOwn = caller.organisation === entry.organisation && caller.actor.kind === 'user'
    if (!isOwn && (object.row.grade !== 'public' || entry.state !== 'published')) throw new AppError('request/not-found')
    await access(object.path)
    const receipt = await recordObject(context, entry, object.row, caller)
    // Never shown in the page: a document from outside may hold scripts.
    reply.header(EVIDENCE_HEADER, receipt).header('content-type', object.mediaType).header('x-content-type-options', 'nosniff').header('content-length', object.row.bytes)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(object.row.file_name)}`).header('content-security-policy', 'sandbox')
    return reply.send(createReadStream(object.path))
  }),
]
