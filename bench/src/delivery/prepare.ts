import { type Client, createClient, type Entry, operations } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import { COLUMNS, companiesCsv } from './companies.ts'

/** The entry under measurement, and the key by which a system of another department reads it. */
export interface Prepared {
  readonly entry: Entry
  readonly key: string
  /** Application behind the grant. */
  readonly applicationId: string
}

export interface Officers {
  readonly provider: Client
  readonly steward: Client
  readonly consumer: Client
}

/** A table to be put on offer. */
export interface Offer {
  readonly title: string
  readonly rows: number
  readonly csv: () => Iterable<string>
  /** Column by which rows are looked up. */
  readonly identifier: string
  /** Unconditional ones are granted at once. */
  readonly sharingType: 'conditional' | 'unconditional'
}

const QUOTA = { perSecond: 100_000, perDay: 1_000_000_000 }
const LOAD_WAIT_MS = 900_000

export const companies = (rows: number): Offer => ({
  title: '企业登记基本信息', rows, csv: () => companiesCsv(rows), identifier: COLUMNS[0], sharingType: 'conditional',
})

export async function signInAll(url: string, password: string): Promise<Officers> {
  const anonymous = clientWith(url, {})
  const as = async (username: string): Promise<Client> =>
    clientWith(url, { authorization: `Bearer ${(await anonymous(operations.signIn, { body: { username, password } })).token}` })
  return { provider: await as('provider'), steward: await as('steward'), consumer: await as('consumer') }
}

/** The whole way through HTTP, as officers go it: upload, confirm, publish, apply, approve, key. */
export async function prepare(url: string, password: string, offered: Offer): Promise<Prepared> {
  const officers = await signInAll(url, password)
  return grant(officers, await offer(officers, offered))
}

/** Applies for all fields of an entry, has it approved, and makes a key. */
export async function grant({ provider, consumer }: Officers, entry: Entry): Promise<Prepared> {
  const app = await consumer(operations.createApp, { body: { name: '涉税企业核验系统' } })
  const application = await apply(consumer, entry, app.id)
  const granted = await provider(operations.actOnApplication, { params: { id: application.id, action: 'approve' }, body: { quota: QUOTA } })
  if (granted.state !== 'approved') throw new Error(`the application is ${granted.state}, not approved`)
  return { entry, key: await keyFor(consumer, app.id), applicationId: application.id }
}

/** Uploads and publishes a table. */
export async function offer(officers: Officers, offered: Offer): Promise<Entry> {
  return publish(officers, await upload(officers.provider, offered), offered)
}

export const apply = (consumer: Client, entry: Entry, appId: string) => consumer(operations.apply, {
  body: {
    entryCode: entry.code, fields: entry.fields.map(({ name }) => name), purpose: '核验纳税人登记信息', use: '涉税企业核验系统', delivery: 'api',
    until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10), appId,
  },
})

export async function keyFor(consumer: Client, appId: string): Promise<string> {
  return (await consumer(operations.createKey, { params: { id: appId }, body: { name: '生产环境' } })).key
}

const clientWith = (baseUrl: string, headers: Readonly<Record<string, string>>): Client => createClient({ baseUrl, fetch, headers: () => headers })

async function upload(provider: Client, { title, rows, csv }: Offer): Promise<string> {
  const form = new FormData()
  form.set('title', title)
  // A Blob for each piece: one text of gigabytes would not fit a string.
  form.set('file', new Blob(Array.from(csv(), (piece) => new Blob([piece])), { type: 'text/csv' }), `${title}.csv`)
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
export async function publish({ provider, steward }: Officers, code: string, { title, identifier, sharingType }: Pick<Offer, 'title' | 'identifier' | 'sharingType'>): Promise<Entry> {
  const params = { code }
  let entry = await provider(operations.updateEntry, {
    params,
    body: {
      summary: title, sharingType, openingType: 'closed', fields: [{ name: identifier, identifier: true }],
      ...(sharingType === 'conditional' ? { sharingCondition: '用于履行职责' } : {}),
    },
  })
  for (const [who, action] of [[provider, 'submit'], [steward, 'approve'], [steward, 'publish']] as const) {
    if (entry.state === 'published') break
    entry = await who(operations.actOnEntry, { params: { ...params, action }, body: {} })
  }
  if (entry.state !== 'published') throw new Error(`the entry is ${entry.state}, not published`)
  return entry
}
