import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { Readable } from 'node:stream'
import { type Caller, holds, type Reach } from '../../platform/caller.ts'
import { rawRoute, route, type Route } from '../../platform/route.ts'
import type { CollectionContext } from './context.ts'
import type { LoadRow } from './loads/load-store.ts'
import { loadEvents, type LoadWatch } from './loads/load-watch.ts'
import { rejectsCsv } from './loads/rejects-csv.ts'
import { retryLoad } from './loads/retry-load.ts'
import { uploadRoute } from './uploads/upload-route.ts'
import { useVersion } from './versions/use-version.ts'
import { viewLoad, viewVersion } from './view.ts'

export function collectionRoutes(context: CollectionContext, watch: LoadWatch): Route[] {
  const { loads, versions, catalog, organisations } = context

  /** Loads outside the caller's reach are as unknown as those that do not exist. */
  const requireLoad = async (id: string, caller: Caller, reach: Reach): Promise<LoadRow> => {
    const load = await loads.find(id)
    if (load === undefined || (reach !== 'all' && load.organisation !== caller.organisation)) throw new AppError('request/not-found')
    return load
  }
  const view = async (rows: readonly LoadRow[]) => {
    const entries = await catalog.findMany([...new Set(rows.map((row) => row.entry_code))])
    const titles = new Map(entries.map((entry) => [entry.code, entry.title]))
    return rows.map((row) => viewLoad(row, titles.get(row.entry_code), organisations))
  }
  const viewOne = async (row: LoadRow) => (await view([row]))[0]! // one in, one out

  return [
    uploadRoute(context),

    route(operations.listLoads, async ({ query, caller, reach }) => {
      if (reach !== 'all' && caller.organisation === null) return { items: [], nextCursor: null, total: 0 }
      const { rows, ...page } = await loads.list(query, reach === 'all' ? null : caller.organisation)
      return { items: await view(rows), ...page }
    }),

    route(operations.getLoad, async ({ params, caller, reach }) => viewOne(await requireLoad(params.id, caller, reach))),

    rawRoute(operations.loadEvents, async ({ params, caller, reach, signal }, _request, reply) => {
      await requireLoad(params.id, caller, reach)
      const read = async () => viewOne(await requireLoad(params.id, caller, reach))
      return reply.header('content-type', 'text/event-stream; charset=utf-8').header('cache-control', 'no-store').header('x-accel-buffering', 'no')
        .send(Readable.from(loadEvents(watch, params.id, read, signal)))
    }),

    rawRoute(operations.listRejects, async ({ params, query, caller }, request, reply) => {
      // Excerpts of rows hold what the file held: they are for the department whose file it is, whatever else a caller may see.
      const load = await requireLoad(params.id, caller, 'own')
      if (wantsCsv(request.headers.accept)) {
        return reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="rejects-${load.id}.csv"`)
          .send(Readable.from(rejectsCsv(loads, load.id)))
      }
      const { rows, nextCursor } = await loads.listRejects(load.id, query.limit ?? 20, query.cursor)
      const items = rows.map(({ line, field, reason, detail, excerpt }) => ({ line, field, reason, detail, excerpt }))
      return reply.send({ items, nextCursor, total: load.rows_rejected })
    }),

    route(operations.retryLoad, async ({ params, caller }) => viewOne(await retryLoad(context, params.id, caller))),

    route(operations.listVersions, async ({ params, caller }) => {
      const entry = await catalog.requireVisible(params.code, caller)
      const insider = caller.organisation === entry.organisation || holds(caller, 'steward') || holds(caller, 'auditor')
      const department = organisations.ref(entry.organisation).name
      const rows = await versions.list(entry.code)
      return { items: rows.filter((row) => insider || row.described).map((row) => viewVersion(row, insider, department)) }
    }),

    route(operations.useVersion, async ({ params, body, caller }) =>
      viewVersion(await useVersion(context, params.code, params.number, body.reason, caller), true, '')),
  ]
}

/** Whether CSV is asked for: named, and before JSON when both are. */
function wantsCsv(accept = ''): boolean {
  const csv = accept.indexOf('text/csv')
  const json = accept.indexOf('application/json')
  return csv >= 0 && (json < 0 || csv < json)
}
