import { type Role } from '@datong/contracts'
import { systemRandom } from '@datong/kernel'
import { compose, type Datong } from '../../../apps/server/src/compose.ts'
import { readConfig } from '../../../apps/server/src/config.ts'
import { prepareHome } from '../../../apps/server/src/home.ts'
import { createLog } from '../../../apps/server/src/http/index.ts'
import { SYSTEM_ACTOR } from '../../../apps/server/src/modules/identity/index.ts'
import { readSecrets } from '../../../apps/server/src/secrets.ts'
import { serveParent } from '../child.ts'

export interface GovernedInput {
  readonly home: string
  readonly password: string
  /** Set for a second process, which joins the installation of the first. */
  readonly join: { readonly databaseUrl: string; readonly lake: string } | null
  /** Further settings by their names in the environment. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface GovernedAnswer {
  readonly url: string
  readonly pid: number
}

const CITY = '990100'
const PROVIDER = '11990100MB0000002B'
const CONSUMER = '11990100MB0000003C'
const OFFICERS: readonly (readonly [Role, string | null])[] = [['provider', PROVIDER], ['steward', null], ['consumer', CONSUMER]]

/** The product's own server, whole: its wiring, its database, its defaults; two departments and an officer for each step. */
await serveParent(async ({ home, password, join, settings = {} }: GovernedInput) => {
  const joined = join === null ? {} : { DATABASE_URL: join.databaseUrl, LAKE_URL: join.lake, DATONG_ROLE: 'api' }
  const config = readConfig({ ...settings, DATONG_HOME: home, PORT: '0', ...joined }, home)
  await prepareHome(config.home)
  const log = createLog('warn')
  const datong = await compose(config, await readSecrets(config.home, systemRandom, config.logOrigin), log)
  try {
    if (join === null) await addPeople(datong, password)
    const answer: GovernedAnswer = { url: await datong.listen(), pid: process.pid }
    return { answer, stop: datong.stop }
  } catch (error) {
    await datong.stop()
    throw error
  }
})

async function addPeople({ identity: { organisations, users } }: Datong, password: string): Promise<void> {
  await organisations.add({
    regions: [{ code: CITY, name: '澜海市', nameEn: 'Lanhai', parentCode: null, level: 'city' }],
    organisations: [[PROVIDER, '市场监督管理局'], [CONSUMER, '税务局']].map(([code = '', name = '']) => (
      { code, name, nameEn: name, shortName: name, regionCode: CITY, kind: 'department' as const, duties: [] })),
  }, SYSTEM_ACTOR)
  for (const [role, organisation] of OFFICERS) {
    await users.create({ username: role, name: role, organisation, roles: [role], password }, SYSTEM_ACTOR)
  }
}
