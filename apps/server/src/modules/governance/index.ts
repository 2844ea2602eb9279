import type { ServerModule } from '../../platform/server-module.ts'
import type { GovernanceContext, GovernanceDeps } from './context.ts'
import { NEUTRAL_SCORE } from './credit/score.ts'
import { createGovernanceStore } from './governance-store.ts'
import { governanceMigration } from './migrations/20261122T0295-governance.ts'
import { refresh } from './refresh.ts'
import { governanceRoutes } from './routes.ts'

export const governanceMigrations = [governanceMigration]

/** Days without use after which data sleep, when no setting says otherwise. */
export const DEFAULT_SLEEPING_AFTER_DAYS = 90

export interface Governance extends ServerModule {
  /** The newest credit score of a department, 0 to 100; 80 while it has none. */
  creditOf(organisation: string): Promise<number>
  /** Does the daily work now. @returns false when another process is at it */
  refresh(): Promise<boolean>
}

const REFRESH_EVERY_MS = 3_600_000

export function createGovernance(deps: GovernanceDeps): Governance {
  const store = createGovernanceStore(deps.db, deps.cursors)
  const context: GovernanceContext = { ...deps, store }
  let timer: NodeJS.Timeout | undefined
  const work = (): void => void refresh(context).catch((error: unknown) => deps.log.warn({ err: error }, 'credit scores and sleeping data could not be worked out'))
  return {
    routes: governanceRoutes(context),
    async start() {
      work()
      timer = setInterval(work, REFRESH_EVERY_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
    },
    creditOf: async (organisation) => (await store.scoreOf(organisation)) ?? NEUTRAL_SCORE,
    refresh: () => refresh(context),
  }
}
