import { ROLES, type Role } from '@datong/contracts'
import { isAppError, systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, startEmbeddedPostgres } from '@datong/metadata-store'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Logger } from 'pino'
import { composeAccounts, migrations } from './compose.ts'
import type { Config } from './config.ts'
import { SYSTEM_ACTOR } from './modules/identity/index.ts'
import type { Secrets } from './secrets.ts'
import { StartFailure } from './start-failure.ts'

const ALLOWED: readonly Role[] = ['sysadmin', 'security', 'auditor']

/**
 * Makes one of the first accounts of an installation and prints its password once. Works beside a running server (by its
 * database) and without one. People's further accounts are made in the console by the system administrator.
 */
export async function createAdministrator(
  { config, secrets, log }: { config: Config; secrets: Secrets; log: Logger }, args: readonly string[], say: (line: string) => void,
): Promise<void> {
  const { username, name, role } = readOptions(args)
  const postgres = config.databaseUrl === null ? await joinOrStart(join(config.home, 'postgres'), log) : undefined
  try {
    const store = await openStore({ connection: postgres?.connection ?? config.databaseUrl ?? '', log, poolSize: 2 })
    try {
      await migrate(store.db, migrations, log)
      const { users } = composeAccounts({ store, secrets, log, clock: systemClock, random: systemRandom })
      const { password } = await users.create({ username, name, organisation: null, roles: [role] }, SYSTEM_ACTOR)
      say(`Account ${username} (${role}) is made. Its password, shown only now: ${password}`)
    } catch (error) {
      if (isAppError(error) && error.code === 'identity/username-taken') throw new StartFailure(`The user name ${username} is taken.`)
      throw error
    } finally {
      await store.close()
    }
  } finally {
    await postgres?.stop()
  }
}

function readOptions(args: readonly string[]): { username: string; name: string; role: Role } {
  const { values } = parseArgs({
    args: [...args], strict: false, options: { username: { type: 'string' }, name: { type: 'string' }, role: { type: 'string', default: 'sysadmin' } },
  })
  const { username, name } = values
  const role = ROLES.find((known) => known === values.role)
  if (typeof username !== 'string' || !/^[a-z][a-z0-9._-]{2,63}$/.test(username)) {
    throw new StartFailure('--username must be 3 to 64 small letters, digits, dots, lines or underscores, beginning with a letter.')
  }
  if (role === undefined || !ALLOWED.includes(role)) throw new StartFailure(`--role must be one of ${ALLOWED.join(', ')}.`)
  return { username, name: typeof name === 'string' ? name : username, role }
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
