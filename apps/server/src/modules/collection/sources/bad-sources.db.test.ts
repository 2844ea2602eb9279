import type { Load, Source } from '@datong/contracts'
import type { DataEngine } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aPeer, json, type Peer } from '../../../testing/a-peer.ts'
import { aServer, HERE, type TestServer } from '../../../testing/a-server.ts'
import { aPostgresql, type OtherDatabase } from '../../../testing/databases.ts'
import { aLine, aSourceDesk, type Line, type SourceDesk } from './testing.ts'

const MOST_MB = 48

let server: TestServer
let desk: SourceDesk
let peer: Peer
let database: OtherDatabase
let line: Line
let engine: DataEngine

beforeAll(async () => {
  server = await aServer({ settings: { DATONG_OUTBOUND_LOOPBACK: 'allow', DATONG_MAX_FILE_MB: String(MOST_MB) } })
  desk = aSourceDesk(server, await server.as('provider', HERE))
  peer = await aPeer(() => undefined)
  database = await aPostgresql(inject('datongTestServer').url)
  line = await aLine(database.port)
  engine = await createDuckDbEngine({ allowedDirectories: [server.home], temporaryDirectory: join(server.home, 'reader') })
})
afterAll(async () => {
  await engine.close()
  await line.stop()
  await database.stop()
  await peer.close()
  await server.stop()
})

const interfaceOf = (settings: object = {}, change: object = {}): Promise<Source> => desk.register({ kind: 'http', settings: { url: `${peer.url}/rows`, ...settings }, from: { object: 'answer' }, ...change })
const tableOf = (name: string, change: object = {}): Promise<Source> => desk.register({
  kind: 'postgresql', settings: { host: '127.0.0.1', port: line.port, database: database.database, user: database.user, tls: 'off', utcOffset: '+08:00' },
  secrets: { password: database.password }, from: { object: `public.${name}` }, ...change,
})
const rowsOf = async (code: string, ...columns: string[]) => {
  const version = (await server.collection.lake.current(code))!
  const rows: unknown[][] = []
  for await (const batch of engine.query({ files: version.files, schema: version.fields }, { columns, sort: [{ field: columns[0]! }] })) rows.push(...(batch as unknown[][]))
  return rows
}
/** What loads have on the disk outside of versions. */
const leftovers = async (): Promise<string[]> => (await Promise.all(['incoming', 'scratch', 'lake/.staging'].map((folder) => readdir(join(server.home, folder))))).flat()

describe('a source that never ends', () => {
  const ZEROS = Buffer.alloc(1 << 20)
  const ROWS = Buffer.from('0,0,0\n'.repeat(170_000))
  const ITEMS = Buffer.from('{"a":0,"b":0},'.repeat(70_000))
  /** Packed pieces of a stream are a stream. */
  const [packedZeros, packedRows] = [gzipSync(Buffer.alloc(1 << 26)), gzipSync(ROWS)]
  let sent = 0
  const endless = (type: string, piece: Buffer, { head = '', packed = false } = {}) => (_: unknown, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': type, ...(packed ? { 'content-encoding': 'gzip' } : {}) })
    if (head !== '') response.write(packed ? gzipSync(head) : head)
    const go = (): void => {
      do sent += piece.length
      while (response.write(piece) && !response.destroyed)
    }
    response.on('drain', go).on('error', () => undefined)
    go()
  }
  let pages = 0

  it.each([
    ['of nothing but zeros', {}, endless('text/csv', ZEROS), { code: 'collection/source-unreadable', params: { reason: 'one-byte' } }],
    ['of zeros behind a header', {}, endless('text/csv', ZEROS, { head: 'a,b\n1,2\n' }), { code: 'collection/source-unreadable', params: { reason: 'one-byte' } }],
    ['of packed zeros', {}, endless('text/csv', packedZeros, { packed: true }), { code: 'collection/source-unreadable', params: { reason: 'one-byte' } }],
    ['of rows', {}, endless('text/csv', ROWS, { head: 'a,b,c\n' }), { code: 'collection/source-too-large', params: { mostMb: MOST_MB } }],
    ['of packed rows', {}, endless('text/csv', packedRows, { head: 'a,b,c\n', packed: true }), { code: 'collection/source-too-large', params: { mostMb: MOST_MB } }],
    ['of a JSON list', {}, endless('application/json', ITEMS, { head: '[' }), { code: 'collection/source-too-large', params: { mostMb: MOST_MB } }],
    ['of a JSON string', {}, endless('application/json', Buffer.alloc(1 << 20, '0'), { head: '[{"a":"' }), { code: 'collection/source-unreadable', params: { reason: 'one-byte' } }],
    ['of JSON pages', { paging: 'page' }, (_: unknown, response: ServerResponse) => json(response, [{ page: ++pages, text: '0'.repeat(12 << 20) }]), { code: 'collection/source-too-large', params: { mostMb: MOST_MB } }],
  ] as const)('%s is left at the limit, and leaves nothing', async (_, settings, answer, error) => {
    const { id } = await interfaceOf(settings)
    sent = 0
    peer.answer = answer
    const failed = await desk.run(id)
    expect(failed).toMatchObject({ state: 'failed', version: null, error })
    // It was not read further than it was written, and what was written is gone.
    expect(sent).toBeLessThan((MOST_MB + 32) << 20)
    await expect.poll(leftovers).toEqual([])

    peer.answer = ({ url = '' }, response) => (url.includes('page=') ? json(response, url.endsWith('=1') ? [{ a: 1, b: 2 }] : []) : void response.writeHead(200, { 'content-type': 'text/csv' }).end('a,b\n1,2\n'))
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: 1, rowsStored: 1 })
  })
})

describe('a source whose clock stands in 1970', () => {
  const all = async (code: string) => rowsOf(code, 'no', 'holder')

  it('loses no row that it writes with an old time, and brings none twice', async () => {
    await database.query(`create table late_clock (no integer primary key, holder text, updated timestamp); insert into late_clock select i, '旧' || i, timestamp '2026-01-01' + i * interval '1 hour' from generate_series(1, 10) i`)
    const { id } = await tableOf('late_clock', { mode: 'incremental', markColumn: 'updated' })
    const { entryCode } = await desk.run(id)
    await database.query(`insert into late_clock values (11, '新', '1970-01-01 00:00:01'); update late_clock set holder = '改', updated = '1970-01-01 00:00:02' where no = 3`)
    // What the mark does not show the count and the hash do, and it is said.
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: null, reconciliation: { outcome: 'moved', source: { rows: 11 }, lake: { rows: 10 } } })
    expect((await desk.get(id)).fullBecause).toBe('moved')
    const whole = await desk.run(id)
    expect(whole).toMatchObject({ state: 'done', rowsRead: 11, rowsStored: 11, reconciliation: { outcome: 'agrees' } })
    expect((await all(entryCode)).map(([no]) => no)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1))
    expect(await all(entryCode)).toContainEqual([3, '改'])
  })

  it('goes on from the time to which all of its rows went back', async () => {
    await database.query(`create table set_back (no integer primary key, holder text, updated timestamp); insert into set_back select i, '甲', timestamp '2026-01-01' from generate_series(1, 5) i`)
    const { id } = await tableOf('set_back', { mode: 'incremental', markColumn: 'updated' })
    const { entryCode } = await desk.run(id)
    await database.query(`update set_back set updated = '1970-01-01', holder = '乙'`)
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: null, rowsRead: 0, reconciliation: { outcome: 'moved' } })
    expect((await desk.get(id)).fullBecause).toBe('moved')
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: 2, rowsRead: 5 })
    expect((await desk.get(id)).mark).toBe('1970-01-01 00:00:00')
    await database.query(`insert into set_back values (6, '丙', '1970-01-02')`)
    await desk.run(id)
    expect(await all(entryCode)).toEqual([...[1, 2, 3, 4, 5].map((no) => [no, '乙']), [6, '丙']])
  })
})

describe('a source that is changed or lost in the middle', () => {
  it('is begun anew when its columns change while the line is down', async () => {
    await database.query(`create table in_the_middle (id integer primary key, text text); insert into in_the_middle select i, repeat('长', 300) || i from generate_series(1, 14000) i`)
    const { id } = await tableOf('in_the_middle')
    line.breakAfter(7_000_000)
    const loadId = await desk.begin(id)
    while (line.breaks() === 0) await new Promise((later) => setTimeout(later, 20))
    await database.query('alter table in_the_middle add column more integer default 7')
    line.breakAfter(null)
    const done = await desk.until(loadId, 'done', 'failed', 'held')
    expect(done).toMatchObject({ state: 'done', version: 1, rowsRead: 14_000, rowsStored: 14_000, reconciliation: { outcome: 'agrees' } })
    const [version] = await desk.versions(done.entryCode)
    expect(version!.fields.map(({ name }) => name)).toEqual(['id', 'text', 'more'])
    expect(new Set((await rowsOf(done.entryCode, 'id', 'more')).map((row) => JSON.stringify(row))).size).toBe(14_000)
  })

  it('is asked again when an answer breaks off', async () => {
    const content = `a,b\n${'1,2\n'.repeat(50_000)}`
    let asked = 0
    peer.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', 'content-length': content.length })
      if (++asked > 1) return void response.end(content)
      response.write(content.slice(0, 70_000), () => response.destroy())
    }
    const { id } = await interfaceOf()
    expect(await desk.run(id)).toMatchObject({ state: 'done', rowsRead: 50_000 })
    expect(asked).toBe(2)
  })
})

describe('two loads of one resource', () => {
  it('asked for at once are one', async () => {
    await database.query('create table asked_twice as select generate_series(1, 1000) as id')
    const { id } = await tableOf('asked_twice')
    const answers = await Promise.all([1, 2, 3].map(() => desk.call<{ loadId?: string; code?: string }>('POST', `sources/${id}/actions/run`, {})))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(answers.flatMap(({ body }) => body.code ?? [])).toEqual(['collection/load-under-way', 'collection/load-under-way'])
    const { entryCode } = await desk.until(answers.find(({ status }) => status === 200)!.body.loadId!, 'done', 'failed')
    expect((await desk.versions(entryCode)).map(({ rowCount }) => rowCount)).toEqual([1_000])
  })

  it('of which a file comes between: new rows are not put into a version that they were not read for', async () => {
    await database.query(`create table come_between (no integer primary key, name text, updated timestamp); insert into come_between select i, '名', timestamp '2026-01-01' from generate_series(1, 5) i`)
    const { id } = await tableOf('come_between', { mode: 'incremental', markColumn: 'updated' })
    const { entryCode } = await desk.run(id)
    await database.query(`alter table come_between add column more integer; insert into come_between values (6, '新', '2026-02-01', 1)`)
    const held = await desk.run(id)
    expect(held.state).toBe('held')
    const officer = { actor: { kind: 'user', id: '01990000-0000-7000-8000-000000000001', name: 'p', organisation: HERE }, roles: ['provider'], organisation: HERE, keyId: null } as const
    const upload = await server.collection.upload((async function* () { yield Buffer.from('no,name,updated\n9,手工,2026-03-01 00:00:00\n') })(), { fileName: '手工.csv', entryCode }, officer)
    await desk.until(upload.loadId, 'done')
    await desk.act(held.id, 'accept')
    // All of the source is read, and stands alone.
    const done: Load = await desk.until(held.id, 'done', 'failed')
    expect(done).toMatchObject({ state: 'done', version: 3, rowsRead: 6 })
    expect((await rowsOf(entryCode, 'no')).flat()).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('a drop folder', () => {
  it('gives a file when it is finished and not before, whatever its clock says', async () => {
    const drop = join(server.home, 'drop', HERE, 'daily')
    await mkdir(drop, { recursive: true })
    const { id } = await desk.register({ kind: 'folder', settings: { folder: 'daily', pattern: '*.csv', quietSeconds: 60 }, from: { object: 'files' } })
    await writeFile(join(drop, 'a.csv'), 'a,b\n1,2\n3,')
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: null, rowsRead: 0 })
    await writeFile(join(drop, 'a.csv'), 'a,b\n1,2\n3,4\n')
    await utimes(join(drop, 'a.csv'), new Date(0), new Date(0))
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: 1, rowsRead: 2 })
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: null, rowsRead: 0 })
  })
})
