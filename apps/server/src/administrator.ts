import { ROLES, type Role } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import { parseArgs } from 'node:util'
import { besideServer, type Installation } from './beside-server.ts'
import { SYSTEM_ACTOR } from './modules/identity/index.ts'
import { StartFailure } from './start-failure.ts'

const ALLOWED: readonly Role[] = ['sysadmin', 'security', 'auditor']

/**
 * Makes one of the first accounts of an installation and prints its password once. People's further accounts are made in
 * the console by the system administrator.
 */
export async function createAdministrator(installation: Installation, args: readonly string[], say: (line: string) => void): Promise<void> {
  const { username, name, role } = readOptions(args)
  await besideServer(installation, async ({ users }) => {
    try {
      const { password } = await users.create({ username, name, organisation: null, roles: [role] }, SYSTEM_ACTOR)
      say(`Account ${username} (${role}) is made. Its password, shown only now: ${password}`)
    } catch (error) {
      if (isAppError(error) && error.code === 'identity/username-taken') throw new StartFailure(`The user name ${username} is taken.`)
      throw error
    }
  })
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
