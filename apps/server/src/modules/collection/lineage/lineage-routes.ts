import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { holds } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import type { CollectionContext } from '../context.ts'
import { lineageGraph } from './lineage-graph.ts'
import { runEvents, type Teller } from './openlineage.ts'

/** Most versions of which events are told, the newest ones. */
const MOST_RUNS = 500

/** Where data come from and go to, as a graph and as events of OpenLineage. */
export function lineageRoutes(context: CollectionContext): Route[] {
  const { catalog, versions, loads, views, organisations } = context
  const host = context.publicUrl === undefined || context.publicUrl === null ? null : new URL(context.publicUrl).host
  const teller: Teller = { producer: 'urn:datong:server', namespace: host === null ? 'datong' : `datong://${host}` }

  return [
    route(operations.getLineage, async ({ params, query, caller }) => {
      const entry = await catalog.requireVisible(params.code, caller)
      const inside = caller.organisation === entry.organisation || holds(caller, 'steward') || holds(caller, 'auditor')
      // As in the list of versions: outsiders know those that were described.
      const version = query.version === undefined ? await versions.findCurrent(entry.code) : (await versions.list(entry.code)).find(({ number, described }) => number === query.version && (inside || described))
      if (version === undefined && query.version !== undefined) throw new AppError('request/not-found')
      return lineageGraph(context, entry, version, caller)
    }),

    route(operations.exportLineage, async ({ params, caller, reach }) => {
      const entry = await catalog.requireVisible(params.code, caller)
      if (reach !== 'all' && entry.organisation !== caller.organisation) throw new AppError('request/not-found')
      const kept = (await versions.list(entry.code)).filter(({ ended }) => !ended).slice(0, MOST_RUNS).reverse()
      const begun = new Map((await loads.findMany(kept.map(({ load_id }) => load_id))).map((load) => [load.id, load.created_at]))
      const view = await views.ofEntry(entry.code)
      const definitions = view === undefined ? [] : await views.versionsOf([view.id])
      const organisation = organisations.ref(entry.organisation).name
      return kept.flatMap((version) => {
        const by = version.lineage?.steps.find(({ kind }) => kind === 'query')?.version
        return runEvents(teller, { entry, organisation, version, startedAt: begun.get(version.load_id) ?? version.created_at, view: definitions.find((one) => one.version === by) })
      })
    }),
  ]
}
