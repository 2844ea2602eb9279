import type { ServerModule } from '../../platform/server-module.ts'
import type { LedgerDeps } from './deps.ts'
import { createLedgerStore } from './ledger-store.ts'
import { ledgerMigration } from './migrations/20261122T0361-ledger.ts'
import { ledgerRoutes } from './routes.ts'

export const ledgerMigrations = [ledgerMigration]

/** The ledger of digital resources. */
export function createLedger(deps: LedgerDeps): ServerModule {
  return { routes: ledgerRoutes({ ...deps, store: createLedgerStore(deps.db, deps.cursors) }) }
}
