import { type FileLink, operations } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import { rawRoute, type Route, route } from '../../../platform/route.ts'
import { isHeldBy, requireHeld, requireKnown } from '../forms/holder.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import type { LinkContext } from './context.ts'
import { endLink } from './end-link.ts'
import { followLink } from './follow-link.ts'
import { makeLink } from './make-link.ts'
import type { LinkRow } from './tables.ts'

const MOST_LISTED = 100

export function linkRoutes(context: LinkContext): Route[] {
  const require = async ({ code, id }: { code: string; id: string }, caller: Caller): Promise<LinkRow> => {
    requireScope(caller, 'files', code)
    return requireHeld(await context.links.find(id), code, caller, (link) => link.entry_code)
  }

  return [
    route(operations.makeLink, async ({ caller, params, body }, request, reply) => {
      requireScope(caller, 'files', params.code)
      const plan = await context.plans.get(caller, params.code)
      requireKnown(caller)
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      const { link, token } = await makeLink(context, plan, body, caller)
      return { ...viewLink(link), url: `/data/v1/links/${token}` }
    }),
    route(operations.listLinks, async ({ caller, params }) => {
      requireScope(caller, 'files', params.code)
      const rows = await context.links.list(params.code)
      return { items: rows.filter((row) => isHeldBy(row, caller)).slice(0, MOST_LISTED).map(viewLink) }
    }),
    route(operations.getLink, async ({ caller, params }) => viewLink(await require(params, caller))),
    route(operations.endLink, async ({ caller, params }) => {
      const link = await require(params, caller)
      return viewLink((await endLink(context, link.id, 'withdrawn', caller.actor)) ?? link)
    }),
    rawRoute(operations.followLink, ({ params }, request, reply) => followLink(context, params.token, request, reply)),
  ]
}

const viewLink = (row: LinkRow): FileLink => ({
  id: row.id, code: row.entry_code, format: row.format, state: row.state, reason: row.reason, version: row.version, rowsSoFar: row.rows_so_far,
  rows: row.rows, bytes: row.bytes, sha256: row.sha256, downloads: row.downloads, downloadsUsed: row.downloads_used,
  createdAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString(),
})
