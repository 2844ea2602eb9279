import type { ServerModule } from '../../platform/server-module.ts'
import type { ListsDeps } from './context.ts'
import { publishDemands } from './demands/act-on-demand.ts'
import { createDemandStore, type DemandRow } from './demands/demand-store.ts'
import { demandRoutes } from './demands/routes.ts'
import { listsMigration } from './migrations/20261122T0318-lists.ts'
import { followEntry } from './negative/negative-list.ts'
import { createNegativeStore } from './negative/negative-store.ts'
import { negativeRoutes } from './negative/routes.ts'
import { createResponsibilityStore } from './responsibility/responsibility-store.ts'
import { responsibilityRoutes } from './responsibility/routes.ts'
import { takeMerger } from './take-merger.ts'

export type { ListsDeps } from './context.ts'

export const listsMigrations = [listsMigration]

/** What the negative list forbids of an entry. */
export interface Forbidden {
  readonly whole: boolean
  readonly fields: readonly string[]
}

/** The three lists as other modules use them. */
export interface Lists extends ServerModule {
  /** What of an entry may not be shared. */
  forbidden(entryCode: string): Promise<Forbidden>
  findDemand(id: string): Promise<(DemandRow & { readonly supporters: readonly string[] }) | undefined>
}

export function createLists(deps: ListsDeps): Lists {
  const responsibilities = createResponsibilityStore(deps.db, deps.cursors)
  const negatives = createNegativeStore(deps.db, deps.cursors)
  const demands = createDemandStore(deps.db, deps.cursors)
  const context = { ...deps, responsibilities, negatives, demands }
  return {
    routes: [...responsibilityRoutes(context), ...negativeRoutes(context), ...demandRoutes(context)],
    async start() {
      const follow = async (entryCode: string): Promise<void> => {
        const published = (await deps.catalog.find(entryCode))?.state === 'published'
        await responsibilities.follow(entryCode, published)
        await followEntry(context, entryCode)
        if (published) await publishDemands(context, entryCode)
      }
      for (const event of ['catalog.entry-published', 'catalog.entry-changed', 'catalog.entry-withdrawn'] as const) {
        await deps.events.subscribe(event, 'lists', ({ entryCode }) => follow(entryCode))
      }
      await deps.events.subscribe('identity.organisation-merged', 'lists', (event) => takeMerger(context, event))
    },
    async forbidden(entryCode) {
      const items = (await negatives.of(entryCode)).filter(({ against }) => against !== 'opening')
      return { whole: items.some(({ fields }) => fields.length === 0), fields: items.flatMap(({ fields }) => fields) }
    },
    async findDemand(id) {
      const row = await demands.find(id, '')
      return row && { ...row, supporters: await demands.supporters(id) }
    },
  }
}
