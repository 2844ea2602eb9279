import type { ServerModule } from '../../platform/server-module.ts'
import type { HarvestContext, HarvestDeps } from './deps.ts'
import { createHarvestStore } from './harvest-store.ts'
import { harvestMigration } from './migrations/20261122T0350-harvest.ts'
import { harvestRoutes } from './routes.ts'
import { createSchedule } from './running/watch-schedule.ts'
import { takeMerger } from './sources/take-merger.ts'

export const harvestMigrations = [harvestMigration]

/** Takes entries over from other catalogues. */
export function createHarvest(deps: HarvestDeps): ServerModule {
  const context: HarvestContext = { ...deps, store: createHarvestStore(deps.db, deps.cursors) }
  const schedule = createSchedule(context)
  return {
    routes: harvestRoutes(context),
    async start() {
      await deps.events.subscribe('identity.organisation-merged', 'harvest', (event) => takeMerger(context, event))
      await schedule.start()
    },
    stop: () => schedule.stop(),
  }
}
