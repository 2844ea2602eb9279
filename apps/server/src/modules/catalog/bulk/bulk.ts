import type { Route } from '../../../platform/route.ts'
import type { CatalogContext } from '../context.ts'
import type { Search } from '../search/search.ts'
import { bulkJob } from './act-on-bulk.ts'
import { createBulkStore } from './bulk-store.ts'
import type { BulkContext } from './context.ts'
import { bulkRoutes } from './routes.ts'
import { runBulk } from './run-bulk.ts'
import { KEPT_MS } from './view.ts'

export interface Bulk {
  readonly routes: Route[]
  readonly context: BulkContext
  start(): Promise<void>
  /** Removes imports that are older than they are kept. @returns how many */
  sweep(): Promise<number>
}

/** Editing of many entries by sheet. */
export function createBulk(catalog: CatalogContext, search: Pick<Search, 'find' | 'live'>): Bulk {
  const context: BulkContext = { ...catalog, bulk: createBulkStore(catalog.db, catalog.cursors), find: search.find, settled: () => search.live.settled() }
  return {
    routes: bulkRoutes(context), context,
    start: () => catalog.jobs.work(bulkJob, ({ id }, { signal }) => runBulk(context, id, signal)),
    sweep: () => context.bulk.forget(new Date(catalog.clock.now().getTime() - KEPT_MS)),
  }
}
