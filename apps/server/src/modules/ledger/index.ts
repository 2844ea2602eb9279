import type { ServerModule } from '../../platform/server-module.ts'
import type { LedgerContext, LedgerDeps } from './deps.ts'
import { createLedgerStore } from './ledger-store.ts'
import { ledgerMigration } from './migrations/20261122T0361-ledger.ts'
import { ledgerRoutes } from './routes.ts'
import { takeMerger } from './take-merger.ts'

export const ledgerMigrations = [ledgerMigration]

/** The ledger of digital resources. */
export function createLedger(deps: LedgerDeps): ServerModule {
  const context: LedgerContext = { ...deps, store: createLedgerStore(deps.db, deps.cursors) }
  return {
    routes: ledgerRoutes(context),
    start: () => deps.events.subscribe('identity.organisation-merged', 'ledger', (event) => takeMerger(context, event)),
  }
}
