import { type HarvestRun, type HarvestSource, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { holds } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import type { HarvestContext } from './deps.ts'
import type { SourceWithUse } from './harvest-store.ts'
import { actOnSource } from './sources/act-on-source.ts'
import { allowedActions } from './sources/allowed-actions.ts'
import { changeSource } from './sources/change-source.ts'
import { makeSource } from './sources/make-source.ts'
import { previewSource } from './sources/preview-source.ts'
import type { RunRow, SourceRow } from './tables.ts'

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

export function harvestRoutes(context: HarvestContext): Route[] {
  const { store, organisations } = context
  const view = ({ source, entries, lastRun }: SourceWithUse, mayAct: boolean): HarvestSource => ({
    id: source.id, name: source.name, kind: source.kind, url: source.url, organisation: organisations.ref(source.organisation), schedule: source.schedule,
    publishes: source.publishes, state: source.state, entries, nextRunAt: instant(source.next_run_at), lastRun: lastRun === undefined ? null : runView(lastRun),
    revision: source.revision, allowedActions: mayAct ? ['edit', ...allowedActions(source, lastRun)] : [],
  })
  const one = async (id: string): Promise<SourceRow> => {
    const source = await store.findSource(id)
    if (source === undefined) throw new AppError('request/not-found')
    return source
  }
  return [
    route(operations.listHarvestSources, async ({ caller, query }) => {
      const page = await store.listSources(query)
      return { ...page, items: page.items.map((source) => view(source, holds(caller, 'steward'))) }
    }),
    route(operations.createHarvestSource, async ({ caller, body }) => view(await store.useOf(await makeSource(context, body, caller)), true)),
    route(operations.previewHarvestSource, async ({ body, signal }) => previewSource(context, body, signal)),
    route(operations.getHarvestSource, async ({ caller, params }) => view(await store.useOf(await one(params.id)), holds(caller, 'steward'))),
    route(operations.changeHarvestSource, async ({ caller, params, body }) => view(await store.useOf(await changeSource(context, params.id, body, caller)), true)),
    route(operations.actOnHarvestSource, async ({ caller, params, body }) =>
      view(await store.useOf(await actOnSource(context, params.id, params.action, body.reason ?? '', caller)), true)),
    route(operations.listHarvestRuns, async ({ params, query }) => {
      const page = await store.listRuns((await one(params.id)).id, query)
      return { ...page, items: page.items.map(runView) }
    }),
    route(operations.listHarvestProblems, async ({ params, query }) => {
      const source = await one(params.id)
      const run = await store.findRun(params.run)
      if (run?.source_id !== source.id) throw new AppError('request/not-found')
      return store.listProblems(run.id, query)
    }),
  ]
}

const runView = (run: RunRow): HarvestRun => ({
  id: run.id, state: run.state, mode: run.mode, queuedAt: run.queued_at.toISOString(), startedAt: instant(run.started_at), endedAt: instant(run.ended_at), total: run.total,
  seen: run.seen, created: run.created, changed: run.changed, same: run.same, withdrawn: run.withdrawn, rejected: run.rejected, vanished: run.vanished,
  failure: run.failure, receiptId: run.receipt_id,
})
