import { operations } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import { createReadStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, holds } from '../../platform/caller.ts'
import { rawRoute, type Route, route } from '../../platform/route.ts'
import type { DeliveryDeps } from './context.ts'
import { isOver } from './decide.ts'
import type { Downloads } from './download.ts'
import { rowFormat } from './formats/row-formats.ts'
import type { PlanCache } from './plan-cache.ts'
import type { DeliveryPlan } from './plan.ts'
import { readRows } from './read-rows.ts'
import { hashOf, recordAccess } from './record-access.ts'
import { operatorsOf, parseRowQuery } from './row-query.ts'
import type { ServingStore } from './serving-store.ts'
import type { UsageSight, UsageStore } from './usage-store.ts'

export interface DeliveryContext extends DeliveryDeps {
  readonly plans: PlanCache
  readonly serving: ServingStore
  readonly usage: UsageStore
  readonly downloads: Downloads
  meterOpen(use: { entryCode: string; organisation: string | null; rows: number; bytes: number }): void
}

const DAY_MS = 86_400_000
const EVIDENCE_HEADER = 'datong-evidence'

export function deliveryRoutes(context: DeliveryContext): Route[] {
  return [
    rawRoute(operations.readRows, async ({ caller, params, query }, request, reply) => {
      const plan = await context.plans.get(caller, params.code)
      await takeQuota(context, plan, request, reply)
      const rowQuery = parseRowQuery(query, plan)
      const page = await readRows(context, plan, rowQuery)
      const format = rowFormat(request.headers.accept)
      const answer = format.write(page)
      const receipt = await recordAccess(context, plan, caller, {
        action: 'rows.read', fields: page.fields.map((field) => field.name), conditions: rowQuery.filters.map(({ field, op }) => `${field} ${op}`),
        rows: page.rows.length, bytes: Buffer.byteLength(answer), answerHash: hashOf(answer), version: page.version,
      })
      if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
      if (page.nextCursor !== null) reply.header('datong-next-cursor', page.nextCursor)
      reply.header('content-type', format.contentType).header('cache-control', plan.basis.kind === 'open' ? 'public, max-age=60' : 'no-store')
        .header('vary', 'Accept, Authorization, Cookie')
      return reply.send(answer)
    }),

    route(operations.describeRows, async ({ caller, params }) => {
      const plan = await context.plans.get(caller, params.code)
      return describe(context, plan)
    }),

    rawRoute(operations.download, async ({ caller, params, query }, request, reply) => {
      const plan = await context.plans.get(caller, params.code)
      await takeQuota(context, plan, request, reply)
      return sendFile(context, plan, caller, query.format, reply)
    }),

    route(operations.usage, async ({ caller, query }) => {
      const now = context.clock.now()
      const today = chinaDay(now)
      const since = chinaDay(new Date(now.getTime() - ((query.days ?? 30) - 1) * DAY_MS))
      const figures = await context.usage.figures(await usageSight(context, caller), { grantId: query.grantId, entryCode: query.entryCode, since, today })
      const titles = new Map((await context.catalog.findMany(figures.byEntry.map((row) => row.entry_code))).map((entry) => [entry.code, entry.title]))
      const byDay = new Map(figures.days.map((row) => [row.day, row]))
      return {
        // Days without a call are days too: a chart must not leave them out.
        days: daysFrom(since, today).map((day) => byDay.get(day) ?? { day, calls: 0, rows: 0, bytes: 0 }),
        byEntry: figures.byEntry.map(({ entry_code, calls, rows }) => ({ entryCode: entry_code, title: titles.get(entry_code) ?? entry_code, calls, rows })),
        byConsumer: figures.byConsumer.map(({ organisation, calls, rows }) => ({
          organisation: organisation ?? 'public', name: organisation === null ? '公众' : context.organisations.ref(organisation).name, calls, rows,
        })),
        totalCalls: figures.days.reduce((sum, day) => sum + day.calls, 0),
        totalRows: figures.days.reduce((sum, day) => sum + day.rows, 0),
        callsToday: figures.callsToday,
      }
    }),
  ]
}

/** Calendar days from the first to the last, both included. */
function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** @throws AppError `delivery/quota-exceeded`, `delivery/expired` */
async function takeQuota(context: DeliveryContext, { basis, entryCode }: DeliveryPlan, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (basis.kind === 'owner') return
  if (basis.kind === 'open') {
    await context.quotas.take(`ip ${request.ip}`, context.publicQuota, async () => 0)
    return
  }
  // A kept plan may have outlived its grant's last day.
  if (isOver(basis.until, context.clock)) throw new AppError('delivery/expired', { code: entryCode })
  const { remainingToday } = await context.quotas.take(basis.grantId, basis.quota, () => context.usage.callsOfGrant(basis.grantId, chinaDay(context.clock.now())))
  reply.header('ratelimit', `"day";r=${remainingToday}`).header('ratelimit-policy', `"day";q=${basis.quota.perDay};w=86400, "second";q=${basis.quota.perSecond};w=1`)
}

async function sendFile(context: DeliveryContext, plan: DeliveryPlan, caller: Caller, format: 'csv' | 'json' | 'xlsx' | 'parquet', reply: FastifyReply): Promise<unknown> {
  const file = await context.downloads.prepare(plan, format)
  try {
    const receipt = await recordAccess(context, plan, caller, {
      action: 'file.downloaded', fields: [...plan.fields.keys()], conditions: [], rows: file.rows, bytes: file.bytes, answerHash: file.sha256, version: plan.version,
    })
    if (receipt !== null) reply.header(EVIDENCE_HEADER, receipt)
  } catch (error) {
    await file.dispose()
    throw error
  }
  const stream = createReadStream(file.path)
  // Sent or broken off, the caller's own copy goes.
  finished(stream).catch(() => undefined).finally(() => file.dispose()).catch((error: unknown) => context.log.warn({ err: error }, 'a download could not be removed'))
  return reply
    .header('content-type', file.contentType).header('content-length', file.bytes)
    .header('content-disposition', `attachment; filename="data.${format}"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
    .header('cache-control', 'no-store').header('repr-digest', `sha-256=:${Buffer.from(file.sha256, 'base64url').toString('base64')}:`)
    .send(stream)
}

async function describe(context: DeliveryContext, plan: DeliveryPlan) {
  const { basis } = plan
  const used = basis.kind === 'grant' ? await context.usage.callsOfGrant(basis.grantId, chinaDay(context.clock.now())) : 0
  return {
    code: plan.entryCode,
    title: plan.title,
    version: plan.version,
    rowCount: plan.rowCount,
    basis: basis.kind,
    grantNumber: basis.kind === 'grant' ? basis.number : null,
    fields: [...plan.fields.values()].map((field) => ({
      name: field.name, description: field.description, type: field.schema.type, grade: field.grade, masking: field.masking,
      identifier: field.identifier, filters: [...operatorsOf(field)], sortable: field.mask === null,
    })),
    quota: basis.kind === 'grant' ? { ...basis.quota, remainingToday: Math.max(0, basis.quota.perDay - used) } : null,
  }
}

async function usageSight(context: DeliveryContext, caller: Caller): Promise<UsageSight> {
  const all = (['steward', 'security', 'auditor', 'leader'] as const).some((role) => holds(caller, role))
  if (all) return { kind: 'all' }
  if (caller.organisation !== null && (holds(caller, 'provider') || holds(caller, 'consumer'))) {
    const entries = holds(caller, 'provider') ? await context.catalog.codesOf(caller.organisation) : []
    return { kind: 'organisation', organisation: caller.organisation, entries }
  }
  return { kind: 'grants', ids: await context.sharing.grantIdsOfApplicant(caller.actor.id) }
}
