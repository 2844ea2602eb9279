import { operations, type PushTarget } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import { isHeldBy, requireHeld, requireKnown } from '../forms/holder.ts'
import { takeQuota } from '../metering/take-quota.ts'
import { requireScope, requireSigned } from '../plan/key-limits.ts'
import { currentPlan } from '../subscriptions/deliver-changes.ts'
import { actOnTarget, endTarget } from './act-on-target.ts'
import type { PushContext } from './context.ts'
import { makeTarget } from './make-target.ts'
import type { TargetRow } from './tables.ts'

export function pushRoutes(context: PushContext): Route[] {
  const require = async ({ code, id }: { code: string; id: string }, caller: Caller): Promise<TargetRow> => {
    requireScope(caller, 'push', code)
    return requireHeld(await context.targets.find(id), code, caller, (row) => row.entry_code)
  }

  return [
    route(operations.makePushTarget, async ({ caller, params, body }, request, reply) => {
      requireScope(caller, 'push', params.code)
      const plan = await currentPlan(context, caller, params.code)
      requireKnown(caller)
      requireSigned(context, plan, caller)
      await takeQuota(context, plan, request, reply)
      return viewTarget(await makeTarget(context, plan, body, caller))
    }),
    route(operations.listPushTargets, async ({ caller, params }) => {
      requireScope(caller, 'push', params.code)
      return { items: (await context.targets.list(params.code)).filter((row) => isHeldBy(row, caller)).map(viewTarget) }
    }),
    route(operations.getPushTarget, async ({ caller, params }) => viewTarget(await require(params, caller))),
    route(operations.actOnPushTarget, async ({ caller, params }) => viewTarget(await actOnTarget(context, await require(params, caller), params.action, caller))),
    route(operations.endPushTarget, async ({ caller, params }) => viewTarget(await endTarget(context, await require(params, caller), caller))),
  ]
}

const viewTarget = (row: TargetRow): PushTarget => ({
  id: row.id, code: row.entry_code, kind: row.kind, host: row.host, port: row.port, database: row.database, table: row.table_name, user: row.username, tls: row.tls,
  schedule: row.schedule, createTable: row.create_table, replaceExisting: row.replace_existing, state: row.state, reason: row.reason, version: row.version,
  rowsDone: row.rows_done, rowsPerSecond: row.rows_per_second, tries: row.tries, nextTryAt: row.next_try_at?.toISOString() ?? null,
  startedAt: row.started_at?.toISOString() ?? null, finishedAt: row.finished_at?.toISOString() ?? null, createdAt: row.created_at.toISOString(),
})
