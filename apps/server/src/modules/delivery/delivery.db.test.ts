import { compileMask } from '@datong/anonymisation'
import type { FieldSchema } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { systemClock, systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer, createLog, createMetrics, type HttpServer } from '../../http/index.ts'
import { type Caller, PUBLIC_CALLER } from '../../platform/caller.ts'
import { createCursorCodec } from '../../platform/cursor.ts'
import { anOfficer, aSystem, plainOrganisations } from '../../platform/testing.ts'
import { catalogMigrations } from '../catalog/index.ts'
import { anEntry, catalogFor } from '../catalog/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { evidenceFor } from '../evidence/testing.ts'
import { type Sharing, sharingMigrations } from '../sharing/index.ts'
import { anApplication, sharingFor } from '../sharing/testing.ts'
import type { LakeVersion } from './deps.ts'
import { createDelivery, createMisses, createQuotas, type Delivery, deliveryMigrations } from './index.ts'
import { plainForms } from './testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const security = anOfficer('security', 'B', 'security')

const FIELDS: FieldSchema[] = [
  { name: '停车场名称', type: 'text', nullable: false },
  { name: '联系人', type: 'text', nullable: true },
  { name: '泊位数', type: 'integer', nullable: true },
  { name: '建成日期', type: 'date', nullable: true },
]
const ROWS = 250
const NAMES = ['张伟', '欧阳娜娜', '=cmd|calc', '李四"五', '王\t六']

let database: TestDatabase
let folder: string
let house: Awaited<ReturnType<typeof catalogFor>>
let evidence: ReturnType<typeof evidenceFor>
let sharing: Sharing
let delivery: Delivery
let http: HttpServer
let conditional: string
let open: string
let callers: Map<string, Caller>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datong-delivery-'))
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations, ...deliveryMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house)
  evidence = evidenceFor(database.store)
  const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'tmp') })
  const csv = join(folder, 'rows.csv')
  const lines = Array.from({ length: ROWS }, (_, row) =>
    [row + 2, `停车场${row}`, `"${NAMES[row % NAMES.length]!.replaceAll('"', '""')}"`, row % 7 === 0 ? '' : row % 50, `2020-01-${String((row % 28) + 1).padStart(2, '0')}`].join(','))
  await writeFile(csv, `${lines.join('\n')}\n`)
  const staged = await engine.stage({ path: csv, names: FIELDS.map(({ name }) => name), rows: ROWS, maxRecordBytes: 200, innerLineBreaks: false, firstLine: 2 })
  const readings = ['text', 'text', 'integer', 'date-ymd'] as const
  const written = await engine.writeVersion(staged, FIELDS.map((field, index) => ({ ...field, reading: readings[index]! })), { directory: join(folder, 'v1'), reject: () => undefined })
  const version: LakeVersion = { number: 1, files: written.files.map(({ path }) => path), fields: FIELDS, rowCount: ROWS }
  delivery = createDelivery({
    store: database.store, evidence, events: house.events, catalog: house.catalog, sharing, engine,
    lake: { current: async () => version, version: async (_, number) => (number === 1 ? version : undefined) },
    maskOf: (method, field) => compileMask({ method }, field.type, {}), organisations: plainOrganisations,
    quotas: createQuotas({ clock: systemClock }), misses: createMisses({ clock: house.clock }), publicQuota: { perSecond: 1_000, perDay: 100_000 }, cursors: createCursorCodec(new Uint8Array(32)), clock: house.clock,
    workFolder: join(folder, 'downloads'), linkFolder: join(folder, 'links'), ...plainForms(database.store), log: { info: () => undefined, warn: () => undefined },
  })
  await delivery.start?.()
  const fixtures = { store: database.store, fields: FIELDS, publishBy: steward }
  conditional = await anEntry(house, provider, { ...fixtures, sharingType: 'conditional', openingType: 'closed' })
  open = await anEntry(house, provider, { ...fixtures, openingType: 'open' })
  callers = new Map([['provider', provider], ['consumer', consumer]])
  http = await createHttpServer({
    routes: delivery.routes, plainRoutes: [], probes: {}, metrics: createMetrics(), log: createLog('silent'), clock: systemClock, random: systemRandom,
    version: 'test', webRoot: null, checkAnswers: true, maxEventLoopDelayMs: 0,
    authenticate: async ({ headers }) => ({ caller: callers.get(headers.authorization ?? '') ?? PUBLIC_CALLER, csrfToken: null }),
  })
})
afterAll(async () => {
  await http.close()
  await delivery.stop?.()
  await evidence.stop?.()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const get = (path: string, who = '', accept = 'application/json') =>
  http.app.inject({ method: 'GET', url: encodeURI(path), headers: { ...(who === '' ? {} : { authorization: who }), accept } })

/** A system with a grant for two fields of the conditional entry. */
async function aGrantedSystem(quota = { perSecond: 1_000, perDay: 100_000 }, filter: Parameters<typeof anApplication>[1] = {}, masking: Record<string, string> = {}) {
  const { id } = await sharing.apply(anApplication(conditional, filter), consumer)
  const { grantId } = await sharing.act(id, 'approve', { quota, masking }, provider)
  const grant = (await sharing.findGrant(grantId!))!
  const name = `key-${grant.number}`
  callers.set(name, aSystem(grant.app_id, 'C1'))
  return { name, applicationId: id, grant }
}

describe('rows by grant', () => {
  it('come masked, with a receipt, and only with the granted fields', async () => {
    const { name } = await aGrantedSystem()
    const answer = await get(`/data/v1/${conditional}/rows?limit=2`, name)
    expect(answer.json()).toMatchObject({ items: [{ 停车场名称: '停车场0', 联系人: '张*' }, { 停车场名称: '停车场1', 联系人: '欧阳**' }], version: 1 })
    expect(answer.headers['datong-evidence']).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('know no field outside the grant, in any place', async () => {
    const { name } = await aGrantedSystem()
    for (const query of ['泊位数=3', 'select=泊位数', 'sort=泊位数', '泊位数.gte=1']) {
      const [outside, invented] = await Promise.all([get(`/data/v1/${conditional}/rows?${query}`, name), get(`/data/v1/${conditional}/rows?${query.replace('泊位数', '无此列')}`, name)])
      expect(outside.statusCode).toBe(422)
      expect(outside.body.replaceAll('泊位数', '无此列')).toBe(invented.body)
    }
  })

  it('cannot be found or ordered by a masked field, which would tell what the mask hides', async () => {
    const { name } = await aGrantedSystem()
    for (const question of ['联系人=欧阳娜娜', '联系人.in=欧阳娜娜', '联系人.like=欧%25', 'sort=联系人']) {
      expect((await get(`/data/v1/${conditional}/rows?${question}`, name)).statusCode).toBe(422)
    }
  })

  it('can be found by the whole value of a masked identifier, until too many are not there', async () => {
    const { name } = await aGrantedSystem(undefined, {}, { 停车场名称: 'redact' })
    expect((await get(`/data/v1/${conditional}/rows?停车场名称=停车场1`, name)).json().items).toEqual([{ 停车场名称: expect.not.stringContaining('1') as string, 联系人: '欧阳**' }])
    const answers: number[] = []
    for (let guess = 0; guess < 6; guess++) answers.push((await get(`/data/v1/${conditional}/rows?停车场名称=没有的停车场`, name)).statusCode)
    expect(answers).toEqual([200, 200, 200, 200, 200, 429])
    expect((await get(`/data/v1/${conditional}/rows?停车场名称.gte=停车场1`, name)).statusCode).toBe(422)
  })

  it('stay within the grant\'s own row filter, whatever is asked', async () => {
    const { name } = await aGrantedSystem(undefined, { filter: [{ field: '泊位数', op: 'lt', value: 3 }] })
    const { items } = (await get(`/data/v1/${conditional}/rows?limit=1000`, name)).json()
    expect(items).toHaveLength(Array.from({ length: ROWS }, (_, row) => row).filter((row) => row % 7 !== 0 && row % 50 < 3).length)
  })

  it('stop with 429 and the time to wait when the quota is used up', async () => {
    const { name } = await aGrantedSystem({ perSecond: 2, perDay: 100_000 })
    const answers = await Promise.all(Array.from({ length: 3 }, () => get(`/data/v1/${conditional}/rows`, name)))
    const refused = answers.find(({ statusCode }) => statusCode === 429)
    expect(refused?.headers['retry-after']).toBe('1')
    expect(refused?.json()).toMatchObject({ code: 'delivery/quota-exceeded', params: { window: 'second', limit: 2 } })
  })

  it('tell with every answer what is left of the quotas, and when they are whole again', async () => {
    const { name } = await aGrantedSystem({ perSecond: 2, perDay: 100_000 })
    const answer = await get(`/data/v1/${conditional}/rows`, name)
    expect(answer.headers['ratelimit-policy']).toBe('"day";q=100000;w=86400, "second";q=2;w=1')
    expect(answer.headers['ratelimit']).toMatch(/^"day";r=99999;t=\d+, "second";r=1;t=1$/)
    await get(`/data/v1/${conditional}/rows`, name)
    expect((await get(`/data/v1/${conditional}/rows`, name)).headers['ratelimit']).toBe('"second";r=0;t=1')
  })

  it('come to each of many who ask at once for rows of their own', async () => {
    const { name } = await aGrantedSystem()
    const wanted = Array.from({ length: 60 }, (_, row) => `停车场${row * 4}`)
    const answers = await Promise.all(wanted.map((lot) => get(`/data/v1/${conditional}/rows?停车场名称=${lot}`, name)))
    expect(answers.map((answer) => answer.json().items.map((row: { 停车场名称: string }) => row.停车场名称))).toEqual(wanted.map((lot) => [lot]))
    expect(new Set(answers.map(({ headers }) => headers['datong-evidence'])).size).toBe(wanted.length)
  })

  it('stop with 403 at once when the grant is revoked or suspended', async () => {
    const { name, applicationId } = await aGrantedSystem()
    expect((await get(`/data/v1/${conditional}/rows`, name)).statusCode).toBe(200)
    await sharing.act(applicationId, 'suspend', { reason: '异常' }, security)
    await expect.poll(async () => (await get(`/data/v1/${conditional}/rows`, name)).json().code, { timeout: 20_000, interval: 20 }).toBe('delivery/suspended')
    await sharing.act(applicationId, 'revoke', { reason: '结束' }, provider)
    await expect.poll(async () => (await get(`/data/v1/${conditional}/rows`, name)).json().code, { timeout: 20_000, interval: 20 }).toBe('delivery/revoked')
  })

  it('are refused to a key without a grant and unknown to the public', async () => {
    callers.set('strange-key', aSystem('00000000-0000-7000-8000-00000000ffff', 'C2'))
    expect((await get(`/data/v1/${conditional}/rows`, 'strange-key')).json()).toMatchObject({ status: 403, code: 'delivery/no-grant' })
    const [hidden, unknown] = await Promise.all([get(`/data/v1/${conditional}/rows`), get('/data/v1/301001-999999/rows')])
    expect([hidden.statusCode, hidden.body.replaceAll(conditional, 'x')]).toEqual([404, unknown.body.replaceAll('301001-999999', 'x')])
  })

  it('are metered with their evidence', async () => {
    const { name, grant } = await aGrantedSystem()
    for (let call = 0; call < 3; call++) await get(`/data/v1/${conditional}/rows?limit=5`, name)
    await evidence.sequenceNow()
    expect((await delivery.useOf([grant.id])).get(grant.id)).toMatchObject({ callsTotal: 3, rowsTotal: 15 })
  })
})

describe('a grant whose last day is past', () => {
  it('gives nothing more, though its plan is still kept', async () => {
    const { name } = await aGrantedSystem(undefined, { until: '2026-11-30' })
    expect((await get(`/data/v1/${conditional}/rows`, name)).statusCode).toBe(200)
    house.clock.set('2026-11-30T15:59:59Z')
    expect((await get(`/data/v1/${conditional}/rows`, name)).statusCode).toBe(200)
    house.clock.set('2026-11-30T16:00:00Z') // midnight in China
    expect((await get(`/data/v1/${conditional}/rows`, name)).json()).toMatchObject({ status: 403, code: 'delivery/expired' })
    house.clock.set('2026-11-20T02:00:00Z')
  })
})

describe('open rows', () => {
  it.each([
    ['泊位数=3', (row: number) => row % 7 !== 0 && row % 50 === 3],
    ['泊位数.gte=48', (row: number) => row % 7 !== 0 && row % 50 >= 48],
    ['泊位数.in=1,2', (row: number) => row % 7 !== 0 && [1, 2].includes(row % 50)],
    ['停车场名称.like=停车场1%25', (row: number) => String(row).startsWith('1')],
    ['建成日期.lt=2020-01-03', (row: number) => row % 28 < 2],
    ['停车场名称.ne=停车场0', (row: number) => row !== 0],
  ])('are filtered by %s', async (query, expected) => {
    const answer = await http.app.inject(`/data/v1/${open}/rows?limit=1000&${query.split('=').map((part, index) => (index === 0 ? encodeURIComponent(part) : part.includes('%25') ? encodeURI(part).replaceAll('%2525', '%25') : encodeURIComponent(part))).join('=')}`)
    expect(answer.json().items).toHaveLength(Array.from({ length: ROWS }, (_, row) => row).filter(expected).length)
  })

  it('answer a pattern of many signs at once, whatever it is tried on, and refuse one that nobody writes', async () => {
    for (const pattern of ['%'.repeat(1_000), `${'%_'.repeat(4)}%`]) expect((await get(`/data/v1/${open}/rows?limit=1000&停车场名称.like=${pattern}`)).json().items).toHaveLength(ROWS)
    for (const pattern of [`${'%_'.repeat(30)}%x`, `${'%停'.repeat(300)}_`]) expect((await get(`/data/v1/${open}/rows?停车场名称.like=${pattern}`)).json().items).toEqual([])
    for (const pattern of ['%'.repeat(1_001), 'a\\']) expect((await get(`/data/v1/${open}/rows?停车场名称.like=${pattern}`)).json()).toMatchObject({ status: 422, errors: [{ code: 'invalid-pattern' }] })
  })

  it('page to the end in any order, nulls last, without repeats', async () => {
    for (const sort of ['泊位数', '-泊位数', '-泊位数,建成日期', '停车场名称']) {
      const seen: { 停车场名称: string; 泊位数: number | null }[] = []
      let cursor = ''
      do {
        const page = (await get(`/data/v1/${open}/rows?limit=60&sort=${sort}${cursor}`)).json()
        seen.push(...page.items)
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
      } while (cursor !== '')
      expect(new Set(seen.map((row) => row.停车场名称)).size).toBe(ROWS)
      if (sort.includes('泊位数')) {
        const numbers = seen.map((row) => row.泊位数)
        expect(numbers.slice(-Math.ceil(ROWS / 7)).every((value) => value === null)).toBe(true)
      }
    }
  })

  it('refuse a cursor from another query', async () => {
    const { nextCursor } = (await get(`/data/v1/${open}/rows?limit=1`)).json()
    expect((await get(`/data/v1/${open}/rows?limit=1&cursor=${nextCursor}`)).statusCode).toBe(200)
    for (const other of ['sort=泊位数&', '泊位数=3&', 'select=停车场名称&']) {
      expect((await get(`/data/v1/${open}/rows?${other}cursor=${nextCursor}`)).json().code).toBe('request/invalid-cursor')
    }
  })

  it('take SQL in filters as text', async () => {
    for (const text of ["' or 1=1 --", "'; drop schema delivery cascade; --", '$1', '\\']) {
      expect((await get(`/data/v1/${open}/rows?停车场名称=${encodeURIComponent(text)}`.replace(encodeURIComponent(text), text))).json().items).toEqual([])
    }
    expect((await get(`/data/v1/${open}/rows?limit=1`)).statusCode).toBe(200)
  })

  it('leave in CSV without anything that a spreadsheet would run', async () => {
    const { body } = await get(`/data/v1/${open}/rows?select=停车场名称,泊位数&limit=2`, '', 'text/csv')
    expect(body).toBe('停车场名称,泊位数\r\n停车场0,\r\n停车场1,1\r\n')
    const owner = await get(`/data/v1/${conditional}/download?format=csv`, 'provider')
    expect(owner.statusCode).toBe(200)
    expect(owner.body).not.toMatch(/(^|,|")=/m)
  })

  it('carry a validator by version, form and question, and are not sent again to who has them', async () => {
    const url = `/data/v1/${open}/rows?limit=3`
    const first = await get(url)
    const again = (tag: string, path = url, accept = 'application/json') => http.app.inject({ url: path, headers: { accept, 'if-none-match': tag } })
    const tag = String(first.headers.etag)
    const known = await again(`"other", ${tag}`)
    expect([known.statusCode, known.body, known.headers.etag]).toEqual([304, '', tag])
    expect((await again(tag, `${url}&sort=-%E6%B3%8A%E4%BD%8D%E6%95%B0`)).statusCode).toBe(200)
    expect((await again(tag, url, 'text/csv')).statusCode).toBe(200)
    const { name } = await aGrantedSystem()
    expect((await get(`/data/v1/${conditional}/rows?limit=3`, name)).headers.etag).toBeUndefined()
  })

  it('leave compressed when they are long and the client takes that', async () => {
    const ask = (limit: number, encodings: string) => http.app.inject({ url: `/data/v1/${open}/rows?limit=${limit}`, headers: { 'accept-encoding': encodings } })
    const [long, longer, short, refused] = await Promise.all([ask(100, 'br, gzip'), ask(250, 'gzip;q=0.5'), ask(1, 'gzip'), ask(100, 'gzip;q=0')])
    expect([long, longer, short, refused].map(({ headers }) => headers['content-encoding'])).toEqual(['gzip', 'gzip', undefined, undefined])
    expect(gunzipSync(long.rawPayload).toString()).toBe(refused.body)
    expect(JSON.parse(gunzipSync(longer.rawPayload).toString()).items).toHaveLength(ROWS)
    expect(long.headers['vary']).toContain('Accept-Encoding')
  })

  it('are the same from the serving table and from the lake', async () => {
    const fromTable = (await get(`/data/v1/${open}/rows?limit=100&sort=-泊位数,停车场名称`)).json().items
    await database.store.db.deleteFrom('delivery.serving' as never).execute()
    await delivery.stop?.()
    const fromLake = (await get(`/data/v1/${open}/rows?limit=100&sort=-泊位数,停车场名称`)).json().items
    expect(fromLake).toEqual(fromTable)
  })
})

describe('downloads', () => {
  it.each(['csv', 'json', 'xlsx', 'parquet'])('give the whole of open data as %s', async (format) => {
    const answer = await get(`/data/v1/${open}/download?format=${format}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-disposition']).toContain(`data.${format}`)
    if (format === 'csv') expect(answer.body.trim().split('\r\n')).toHaveLength(ROWS + 1)
    if (format === 'json') expect(answer.json()).toHaveLength(ROWS)
    if (format === 'xlsx') expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK')
    if (format === 'parquet') expect(answer.rawPayload.subarray(0, 4).toString()).toBe('PAR1')
  })

  it('of open data are not sent again to who has them; others are kept by nobody', async () => {
    const url = `/data/v1/${open}/download?format=csv`
    const { headers } = await get(url)
    const known = await http.app.inject({ url, headers: { 'if-none-match': String(headers.etag) } })
    expect([known.statusCode, known.body, known.headers.etag, known.headers['cache-control']]).toEqual([304, '', headers.etag, 'public, no-cache'])
    expect((await http.app.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200)
    const own = await get(`/data/v1/${conditional}/download?format=csv`, 'provider')
    expect([own.headers.etag, own.headers['cache-control']]).toEqual([undefined, 'no-store'])
  })
})
