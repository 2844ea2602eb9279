import type { operations, Quality, ResponseOf } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { sql } from 'kysely'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../../platform/testing.ts'
import { aServer, BUREAU, HERE, type TestServer } from '../../../testing/a-server.ts'

type Endpoints = ResponseOf<typeof operations.listEndpoints>['items']

let server: TestServer
let provider: Awaited<ReturnType<TestServer['as']>>
let steward: typeof provider
let elsewhere: Server
let port = 0

/** What the other server answers; it listens or does not. */
let status = 200
const listen = (): Promise<void> => new Promise((resolve) => {
  elsewhere = createServer((_, response) => response.writeHead(status, { 'content-type': 'text/csv' }).end('a,b\n'.repeat(1_000)))
  elsewhere.listen(port, '127.0.0.1', () => {
    port = (elsewhere.address() as AddressInfo).port // it listens on a port
    resolve()
  })
})
const goDown = (): Promise<void> => new Promise((resolve) => {
  elsewhere.close(() => resolve())
  elsewhere.closeAllConnections()
})

beforeAll(async () => {
  server = await aServer({ settings: { DATONG_OUTBOUND_LOOPBACK: 'allow' } })
  provider = await server.as('provider', HERE)
  steward = await server.as('steward', BUREAU)
  await listen()
})
afterAll(async () => {
  await goDown()
  await server.stop()
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds());) {
    if (Date.now() > end) throw new Error('it does not come')
    await sleep(25)
  }
}
async function call<T>(who: typeof provider, method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object): Promise<T> {
  const answer = await server.app.inject({ method, url: `/api/v1/${url}`, headers: who.headers, ...(payload === undefined ? {} : { payload }) })
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`)
  return answer.json<T>()
}

/** A published entry with a version in use, and links. */
async function published(links: readonly string[]): Promise<string> {
  async function* bytes() {
    yield Buffer.from(['编号,名称,泊位数', ...Array.from({ length: 20 }, (_, i) => `P${i},停车场${i}号,${i + 10}`), ''].join('\n'))
  }
  const { loadId, entryCode } = await server.collection.upload(bytes(), { fileName: '停车场.csv' }, anOfficer('provider', HERE, 'provider'))
  await until(async () => (await server.collection.findLoad(loadId))?.finishedAt !== null)
  await call(provider, 'PATCH', `catalog/entries/${entryCode}`, {
    summary: '停车场', sharingType: 'unconditional', openingType: 'closed', fields: [{ name: '编号', identifier: true }], links: links.map((url) => ({ title: '', url, format: 'CSV', mediaType: '' })),
  })
  await call(provider, 'POST', `catalog/entries/${entryCode}/actions/submit`, {})
  const { code } = await call<{ code: string }>(steward, 'POST', `catalog/entries/${entryCode}/actions/publish`, {})
  return code
}
const endpointsOf = async (code: string): Promise<Endpoints> => (await call<{ items: Endpoints }>(provider, 'GET', `quality/entries/${code}/endpoints`)).items
const accessibility = async (code: string): Promise<number | null> =>
  (await call<Quality>(provider, 'GET', `quality/entries/${code}`)).dimensions.find(({ dimension }) => dimension === 'accessibility')?.score ?? null
const reachable = async (code: string) => (await call<Quality>(provider, 'GET', `quality/entries/${code}`)).results.find(({ rule }) => rule === 'reachable')?.params

describe('endpoints of an entry', () => {
  it('are asked, when rules run and by rounds, and what does not answer costs points until it answers again', async () => {
    const code = await published([`http://127.0.0.1:${port}/lots.csv`])
    await server.quality.askEndpoints()
    const [own, link] = await endpointsOf(code)
    expect(own).toMatchObject({ kind: 'rows', address: `/data/v1/${code}/rows`, up: true, status: 200, milliseconds: expect.any(Number), askedAt: expect.any(String) })
    expect(link).toMatchObject({ kind: 'link', up: true, status: 200, reason: null })
    await until(async () => (await reachable(code))?.['up'] === 1)
    const before = await accessibility(code)

    await goDown()
    await server.quality.askEndpoints()
    expect((await endpointsOf(code)).map(({ up, status: told, reason }) => [up, told, reason])).toEqual([[true, 200, null], [false, null, 'ECONNREFUSED']])
    await until(async () => (await reachable(code))?.['down'] === 1)
    expect(await accessibility(code)).toBeCloseTo(before! - 0.25)

    await listen()
    status = 404
    await server.quality.askEndpoints()
    expect((await endpointsOf(code))[1]).toMatchObject({ up: false, status: 404 })
    status = 200
    await server.quality.askEndpoints()
    await until(async () => (await reachable(code))?.['down'] === 0)
    expect(await accessibility(code)).toBeCloseTo(before!)
    const seen = (await endpointsOf(code))[1]!.seen.map(({ up }) => up)
    expect(seen.slice(0, 3)).toEqual([true, false, false])
  })

  it('are found down where the own interface fails, with the status that a call would get', async () => {
    const code = await published([])
    await server.quality.askEndpoints()
    await until(async () => (await sql`select from delivery.serving where entry_code = ${code}`.execute(server.store.db)).rows.length === 1)
    const { rows: [table] } = await sql<{ name: string }>`select table_name as name from delivery.serving where entry_code = ${code}`.execute(server.store.db)
    const name = table!.name
    await sql`alter table serving.${sql.id(name)} rename to lost`.execute(server.store.db)
    await server.quality.askEndpoints()
    expect(await endpointsOf(code)).toMatchObject([{ kind: 'rows', up: false, status: 500 }])
    await until(async () => (await reachable(code))?.['up'] === 0)
    await sql`alter table serving.lost rename to ${sql.id(name)}`.execute(server.store.db)
    await server.quality.askEndpoints()
    expect(await endpointsOf(code)).toMatchObject([{ up: true, status: 200 }])
  })

  it('are not asked where the platform does not go, nor once the entry is withdrawn', async () => {
    const code = await published(['http://192.168.7.7/inner.csv', 'ftp://127.0.0.1/file.csv'])
    await server.quality.askEndpoints()
    expect(await endpointsOf(code)).toMatchObject([{ kind: 'rows', up: true }, { kind: 'link', up: null, status: null, reason: 'not-allowed' }])
    await call(steward, 'POST', `catalog/entries/${code}/actions/withdraw`, { reason: '不再提供', endsOn: chinaDay(new Date()) })
    await until(async () => (await endpointsOf(code)).length === 0)
  })
})
