import type { Role } from '@datong/contracts'
import { systemClock, systemRandom } from '@datong/kernel'
import { migrate, openStore, startEmbeddedPostgres } from '@datong/metadata-store'
import { join } from 'node:path'
import pg from 'pg'
import { composeAccounts, migrations } from '../compose.ts'
import { readConfig } from '../config.ts'
import { prepareHome } from '../home.ts'
import { createLog } from '../http/index.ts'
import { SYSTEM_ACTOR } from '../modules/identity/index.ts'
import { readSecrets } from '../secrets.ts'
import { BUREAU, CITY, HERE, PASSWORD, THERE } from './a-server.ts'

/** Departments and accounts in an empty home folder, as an operator and the seed make them before the first start. @param people role, which is the name too, and organisation */
export async function foundCity(home: string, people: readonly (readonly [Role, string | null])[]): Promise<void> {
  const config = readConfig({ DATONG_HOME: home }, home)
  await prepareHome(config.home)
  const secrets = await readSecrets(home, systemRandom, 'test.invalid/log')
  const postgres = await startEmbeddedPostgres({ dataDir: join(home, 'postgres') })
  const store = await openStore({ connection: postgres.connection, poolSize: 2 })
  await migrate(store.db, migrations)
  const { organisations, users } = composeAccounts({ store, secrets, log: createLog('silent'), clock: systemClock, random: systemRandom })
  await organisations.add({
    regions: [{ code: CITY, name: '某市', nameEn: 'Some City', parentCode: null, level: 'city' }],
    organisations: ([[BUREAU, 'bureau'], [HERE, 'department'], [THERE, 'department']] as const).map(
      ([code, kind]) => ({ code, name: `部门${code}`, nameEn: code, shortName: code, regionCode: CITY, kind, duties: [] })),
  }, SYSTEM_ACTOR)
  for (const [role, organisation] of people) {
    await users.create({ username: role, name: role, organisation, roles: [role], password: PASSWORD }, SYSTEM_ACTOR)
  }
  await store.close()
  await postgres.stop()
}

/** Asks the database of a server that runs on `home`; each caller says what its rows are. */
export async function inTheStore<T>(home: string, query: string): Promise<T[]> {
  const joined = await startEmbeddedPostgres({ dataDir: join(home, 'postgres'), role: 'guest' })
  const client = new pg.Client({ ...joined.connection })
  await client.connect()
  try {
    return (await client.query(query)).rows as T[] // as documented
  } finally {
    await client.end()
  }
}
