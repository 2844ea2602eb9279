import { type Client, createClient, type Entry, operations } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import { COLUMNS, companiesCsv } from './companies.ts'

/** The entry under measurement, and the key by which a system of another department reads it. */
export interface Prepared {
  readonly entry: Entry
  readonly key: string
}

const QUOTA = { perSecond: 100_000, perDay: 1_000_000_000 }
const LOAD_WAIT_MS = 300_000

/** The whole way through HTTP, as officers go it: upload, confirm, publish, apply, approve, key. */
export async function prepare(url: string, password: string, rows: number): Promise<Prepared> {
  const anonymous = clientWith(url, {})
  const as = async (username: string): Promise<Client> =>
    clientWith(url, { authorization: `Bearer ${(await anonymous(operations.signIn, { body: { username, password } })).token}` })
  const [provider, steward, consumer] = [await as('provider'), await as('steward'), await as('consumer')]

  const code = await upload(provider, rows)
  const entry = await publish(provider, steward, code)
  const app = await consumer(operations.createApp, { body: { name: '涉税企业核验系统' } })
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const application = await consumer(operations.apply, {
    body: { entryCode: code, fields: [...COLUMNS], purpose: '核验纳税人登记信息', use: '涉税企业核验系统', delivery: 'api', until, appId: app.id },
  })
  const granted = await provider(operations.actOnApplication, { params: { id: application.id, action: 'approve' }, body: { quota: QUOTA } })
  if (granted.state !== 'approved') throw new Error(`the application is ${granted.state}, not approved`)
  const { key } = await consumer(operations.createKey, { params: { id: app.id }, body: { name: '生产环境' } })
  return { entry, key }
}

const clientWith = (baseUrl: string, headers: Readonly<Record<string, string>>): Client => createClient({ baseUrl, fetch, headers: () => headers })

async function upload(provider: Client, rows: number): Promise<string> {
  const form = new FormData()
  form.set('title', '企业登记基本信息')
  form.set('file', new Blob([...companiesCsv(rows)], { type: 'text/csv' }), '企业登记.csv')
  const { loadId, entryCode } = await provider(operations.upload, { body: form })
  for (const since = performance.now(); performance.now() - since < LOAD_WAIT_MS; await sleep(200)) {
    const load = await provider(operations.getLoad, { params: { id: loadId } })
    if (load.state === 'failed') throw new Error(`the load failed: ${load.error?.detail ?? ''}`)
    if (load.state !== 'done') continue
    if (load.rowsStored !== rows) throw new Error(`${load.rowsStored} of ${rows} rows were stored, ${load.rowsRejected} rejected`)
    return entryCode
  }
  throw new Error('the load did not end in time')
}

/** Confirms what the platform suggests (grades, masks), says by what rows are looked up, and publishes. */
async function publish(provider: Client, steward: Client, code: string): Promise<Entry> {
  const params = { code }
  let entry = await provider(operations.updateEntry, {
    params,
    body: {
      summary: '企业登记基本信息', sharingType: 'conditional', sharingCondition: '用于履行职责', openingType: 'closed',
      fields: [{ name: COLUMNS[0], identifier: true }],
    },
  })
  for (const [who, action] of [[provider, 'submit'], [steward, 'approve'], [steward, 'publish']] as const) {
    if (entry.state === 'published') break
    entry = await who(operations.actOnEntry, { params: { ...params, action }, body: {} })
  }
  if (entry.state !== 'published') throw new Error(`the entry is ${entry.state}, not published`)
  return entry
}
