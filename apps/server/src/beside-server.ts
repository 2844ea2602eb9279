import { isAppError, systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, startEmbeddedPostgres } from '@datong/metadata-store'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { composeAccounts, migrations } from './compose.ts'
import type { Config } from './config.ts'
import type { Identity } from './modules/identity/index.ts'
import type { Secrets } from './secrets.ts'

export interface Installation {
  readonly config: Config
  readonly secrets: Secrets
  readonly log: Logger
}

/** Runs a command on the installation's identity, beside a running server (by its database) or without one. */
export async function besideServer({ config, secrets, log }: Installation, work: (identity: Identity) => Promise<void>): Promise<void> {
  const postgres = config.databaseUrl === null ? await joinOrStart(join(config.home, 'postgres'), log) : undefined
  try {
    const store = await openStore({ connection: postgres?.connection ?? config.databaseUrl ?? '', log, poolSize: 2 })
    try {
      await migrate(store.db, migrations, log)
      await work(composeAccounts({ store, secrets, log, clock: systemClock, random: systemRandom }))
    } finally {
      await store.close()
    }
  } finally {
    await postgres?.stop()
  }
}

/** A running server keeps its database open; then this only joins. */
async function joinOrStart(dataDir: string, log: Logger) {
  try {
    return await startEmbeddedPostgres({ dataDir, log, role: 'guest' })
  } catch (error) {
    if (!isAppError(error) || error.code !== 'store/not-running') throw error
    return startEmbeddedPostgres({ dataDir, log })
  }
}
