import type { Source } from '@datong/contracts'
import type { DataEngine } from '@datong/data-engine'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aServer, HERE, type TestServer, THERE } from '../../../testing/a-server.ts'
import { aPostgresql, type OtherDatabase } from '../../../testing/databases.ts'
import { aLine, aSourceDesk, type Line, type SourceDesk } from './testing.ts'

type Session = Awaited<ReturnType<TestServer['as']>>

let server: TestServer
let provider: Session
let rival: Session
let steward: Session
let source: OtherDatabase
let line: Line
let desk: SourceDesk
let engine: DataEngine

beforeAll(async () => {
  server = await aServer({ settings: { DATONG_OUTBOUND_LOOPBACK: 'allow' } })
  source = await aPostgresql(inject('datongTestServer').url)
  line = await aLine(source.port)
  engine = await createDuckDbEngine({ allowedDirectories: [server.home], temporaryDirectory: join(server.home, 'reader') })
  provider = await server.as('provider', HERE)
  desk = aSourceDesk(server, provider)
  rival = await server.as('provider', THERE)
  steward = await server.as('steward', null)
})
afterAll(async () => {
  await engine.close()
  await line.stop()
  await source.stop()
  await server.stop()
})

const settings = () => ({ host: '127.0.0.1', port: line.port, database: source.database, user: source.user, tls: 'off', utcOffset: '+08:00' })
const call: SourceDesk['call'] = (...given) => desk.call(...given)
const register = (table: string, change: object = {}): Promise<Source> => desk.register({
  kind: 'postgresql', settings: settings(), secrets: { password: source.password }, from: { object: `public.${table}` }, ...change,
})
const get: SourceDesk['get'] = (id) => desk.get(id)
const load: SourceDesk['load'] = (id) => desk.load(id)
const until: SourceDesk['until'] = (...given) => desk.until(...given)
const begin: SourceDesk['begin'] = (...given) => desk.begin(...given)
const run: SourceDesk['run'] = (...given) => desk.run(...given)
const act: SourceDesk['act'] = (...given) => desk.act(...given)
const versions: SourceDesk['versions'] = (code) => desk.versions(code)
const rowsOf = async (code: string, ...columns: string[]) => {
  const version = (await server.collection.lake.current(code))!
  const rows: unknown[] = []
  for await (const batch of engine.query({ files: version.files, schema: version.fields }, { columns, sort: [{ field: columns[0]! }] })) rows.push(...batch)
  return rows
}

describe('a source', () => {
  it('is tried, looked into and registered without anybody seeing its secrets', async () => {
    await source.query(`create table company (id integer primary key, name text, capital numeric(18,2), founded date, updated timestamp not null);
      insert into company select i, '企业' || i, i * 1.5, date '2020-01-01' + i, timestamp '2026-01-01' + i * interval '1 minute' from generate_series(1, 40) i`)
    const reach = { kind: 'postgresql', settings: settings(), secrets: { password: source.password } }
    expect((await call<{ items: object[] }>('POST', 'source-test', reach)).body.items).toContainEqual(expect.objectContaining({ name: 'public.company', key: ['id'] }))
    expect(await call('POST', 'source-preview', { ...reach, from: { object: 'public.company' } })).toMatchObject({
      status: 200, body: { key: ['id'], columns: [{ name: 'id', type: 'integer' }, {}, {}, {}, { name: 'updated', canMark: true }], rows: expect.arrayContaining([['1', '企业1', '1.50', '2020-01-02', '2026-01-01 00:01:00']]) },
    })
    const registered = await register('company')
    expect(registered.secrets).toEqual(['password'])
    expect(JSON.stringify(registered)).not.toContain(source.password)
    expect((await call<{ items: Source[] }>('GET', 'sources', undefined, steward)).body.items.map(({ id }) => id)).toContain(registered.id)
    expect((await call('GET', `sources/${registered.id}`, undefined, rival)).status).toBe(404)
    expect((await call('POST', `sources/${registered.id}/actions/run`, {}, rival)).status).toBe(404)
    expect((await call('POST', `sources/${registered.id}/actions/run`, {}, steward)).status).toBe(403)
  })

  it('keeps its secrets for the settings that they were given with, and for no others', async () => {
    const registered = await register('company')
    const tried = { kind: 'postgresql', settings: settings(), sourceId: registered.id }
    expect((await call('POST', 'source-test', tried)).status).toBe(200)
    expect(await call('POST', 'source-test', { ...tried, settings: { ...settings(), host: 'localhost' } })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/secrets/password' }] } })
    const change = (body: object) => call<Source>('PATCH', `sources/${registered.id}`, { ...body, revision: registered.revision })
    expect(await change({ settings: { ...settings(), user: 'somebody' } })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/secrets/password', code: 'required' }] } })
    expect(await change({ name: '改名' })).toMatchObject({ status: 200, body: { name: '改名', secrets: ['password'], revision: registered.revision + 1 } })
    expect((await change({ name: '再改' })).status).toBe(409)
  })

  it('says all at once what does not fit', async () => {
    const { status, body } = await call<{ errors: { pointer: string }[] }>('POST', 'sources', {
      name: '坏', kind: 'postgresql', settings: { ...settings(), port: 0, host: 'a b' }, secrets: {}, from: { object: 'x' }, mode: 'full', markColumn: null, keyColumns: [], drift: 'hold', schedule: null,
    })
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/settings/host', '/settings/port', '/secrets/password']])
    const one = await register('company')
    expect(await call('PATCH', `sources/${one.id}`, { schedule: '每天三点', revision: one.revision })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/schedule' }] } })
    expect(await call('PATCH', `sources/${one.id}`, { schedule: '30 3 * * *', revision: one.revision })).toMatchObject({ status: 200, body: { nextRunAt: expect.stringMatching(/T19:30:00/) } })
    expect((await call('POST', 'sources', { ...one, name: one.name, settings: settings(), secrets: { password: 'x' }, entryCode: undefined })).status).not.toBe(201)
  })
})

describe('a full load', () => {
  it('brings all rows with their types, and is held against the source by rows and content', async () => {
    const { id } = await register('company')
    const done = await run(id)
    expect(done).toMatchObject({ state: 'done', kind: 'source', sourceId: id, rowsRead: 40, rowsStored: 40, rowsRejected: 0, version: 1, error: null })
    const { source: there, received, lake, outcome } = done.reconciliation!
    expect([outcome, there, lake]).toEqual(['agrees', received, received])
    expect(there).toEqual({ rows: 40, hash: expect.stringMatching(/^\d+$/) })
    const { entryCode } = done
    expect((await versions(entryCode))[0]!.fields.map(({ type }) => type)).toEqual(['integer', 'text', 'decimal', 'date', 'datetime'])
    expect(await get(id)).toMatchObject({ entryCode, lastLoad: { id: done.id, state: 'done' }, failuresInRow: 0 })
  })

  it('of an empty table is an empty version', async () => {
    await source.query('create table nothing (id integer primary key, name text)')
    expect(await run((await register('nothing')).id)).toMatchObject({ state: 'done', rowsRead: 0, version: 1 })
  })

  it('goes on where it was when the source vanishes in the middle, without loss or duplicate', async () => {
    await source.query(`create table long_one (id integer primary key, text text); insert into long_one select i, repeat('长', 300) || i from generate_series(1, 30000) i`)
    const { id } = await register('long_one')
    line.breakAfter(14_000_000)
    const loadId = await begin(id)
    while (line.breaks() === 0) await sleep(30)
    line.breakAfter(null)
    const done = await until(loadId, 'done', 'failed')
    expect(done).toMatchObject({ state: 'done', rowsRead: 30_000, rowsStored: 30_000 })
    expect((await rowsOf(done.entryCode, 'id')).length).toBe(30_000)
    expect(done.reconciliation!.lake).toEqual(done.reconciliation!.received)
    expect(done.detection!.reasons).toContainEqual({ code: 'source/continued', params: {} })
  })

  it('fails at once when the address leads inside', async () => {
    const { id } = await register('company', { settings: { ...settings(), host: '10.0.0.1' } })
    expect(await run(id)).toMatchObject({ state: 'failed', error: { code: 'delivery/address-refused' } })
  })

  it('fails with a reason when the source stays away, and starts again when it is back', async () => {
    const { id } = await register('company')
    line.breakAfter(0)
    const failed = await run(id)
    line.breakAfter(null)
    expect(failed).toMatchObject({ state: 'failed', version: null, error: { code: expect.stringMatching(/^collection\/source-(lost|unreachable)$/) } })
    expect(await get(id)).toMatchObject({ failuresInRow: 1, lastLoad: { errorCode: failed.error!.code } })
    expect((await call('POST', `loads/${failed.id}/actions/retry`, {})).status).toBe(202)
    expect(await until(failed.id, 'done', 'failed')).toMatchObject({ state: 'done', rowsStored: 40 })
  }, 30_000)
})

describe('an incremental load', () => {
  it('takes what is new and what changed, and makes no version of nothing new', async () => {
    await source.query(`create table permit (no text primary key, holder text, updated timestamp); insert into permit select 'P' || i, '持有人' || i, timestamp '2026-01-01' + i * interval '1 hour' from generate_series(1, 20) i`)
    const { id } = await register('permit', { mode: 'incremental', markColumn: 'updated', keyColumns: ['no'] })
    const first = await run(id)
    expect(first).toMatchObject({ state: 'done', rowsRead: 20, version: 1 })
    expect(await get(id)).toMatchObject({ mark: '2026-01-01 20:00:00', fullBecause: null })

    // All of the source is counted once a day, also when nothing is new.
    expect(await run(id)).toMatchObject({ state: 'done', version: null, rowsRead: 1, reconciliation: { outcome: 'agrees', source: { rows: 20 }, lake: { rows: 20 } } })
    expect(await run(id)).toMatchObject({ state: 'done', version: null, rowsRead: 1, reconciliation: null })
    await source.query(`update permit set holder = '改', updated = '2026-02-01' where no = 'P3'; insert into permit values ('P21', '新', '2026-02-02')`)
    const second = await run(id)
    expect(second).toMatchObject({ state: 'done', rowsRead: 3, rowsStored: 3, version: 2, reconciliation: { outcome: 'counts', source: null, lake: { rows: 21 } } })
    const rows = await rowsOf(first.entryCode, 'no', 'holder')
    expect(rows).toHaveLength(21)
    expect(rows).toContainEqual(['P3', '改'])
    expect((await versions(first.entryCode)).map(({ rowCount, current }) => [rowCount, current])).toEqual([[21, true], [20, false]])
  })

  it('that does not see a deletion notices by the count, and the next one reads everything', async () => {
    await source.query(`create table pruned (no integer primary key, updated timestamp); insert into pruned select i, timestamp '2026-01-01' + i * interval '1 hour' from generate_series(1, 10) i`)
    const { id } = await register('pruned', { mode: 'incremental', markColumn: 'updated' })
    await run(id)
    await source.query(`delete from pruned where no = 4; insert into pruned values (11, '2026-03-01')`)
    expect(await run(id)).toMatchObject({ state: 'done', version: 2, reconciliation: { outcome: 'moved', source: { rows: 10 }, lake: { rows: 11 } } })
    expect(await get(id)).toMatchObject({ fullBecause: 'moved' })
    const mended = await run(id)
    expect(mended).toMatchObject({ state: 'done', version: 3, rowsRead: 10, reconciliation: { outcome: 'agrees' } })
    expect((await rowsOf(mended.entryCode, 'no')).length).toBe(10)
  })

  it('reads everything when somebody put another version there meanwhile', async () => {
    await source.query(`create table shared_one (no integer primary key, updated timestamp); insert into shared_one select i, timestamp '2026-01-01' from generate_series(1, 5) i`)
    const { id } = await register('shared_one', { mode: 'incremental', markColumn: 'updated' })
    const { entryCode } = await run(id)
    const { loadId } = await server.collection.upload((async function* () { yield Buffer.from('no,updated\n7,2026-01-01 00:00:00\n') })(), { fileName: '手工.csv', entryCode }, {
      actor: { kind: 'user', id: provider.user.id, name: 'p', organisation: HERE }, roles: ['provider'], organisation: HERE, keyId: null,
    })
    await until(loadId, 'done')
    expect(await run(id)).toMatchObject({ state: 'done', version: 3, rowsRead: 5 })
    expect((await rowsOf(entryCode, 'no')).length).toBe(5)
  })
})

describe('a changed schema', () => {
  const changed = async (drift: string, table: string, change: object = {}) => {
    await source.query(`create table ${table} (id integer primary key, name text, size integer, updated timestamp); insert into ${table} select i, '名' || i, i, timestamp '2026-01-01' + i * interval '1 hour' from generate_series(1, 6) i`)
    const { id } = await register(table, { drift, ...change })
    const first = await run(id)
    expect(first).toMatchObject({ state: 'done', drift: null })
    await source.query(`alter table ${table} add column phone text, drop column name, alter column size type text using size || ' 平米'; update ${table} set phone = '1', updated = updated + interval '1 day'`)
    return { id, first, second: await run(id) }
  }

  it('waits for a person, who accepts it', async () => {
    const { second, first, id } = await changed('hold', 'drift_hold')
    expect(second).toMatchObject({
      state: 'held', version: null,
      drift: { policy: 'hold', added: [{ name: 'phone' }], lost: [{ name: 'name', type: 'text' }], retyped: [{ name: 'size', from: 'integer', to: 'text' }], settled: null },
    })
    expect((await call('POST', `sources/${id}/actions/run`, {})).body).toMatchObject({ code: 'collection/load-under-way' })
    expect((await act(second.id, 'resume')).status).toBe(409)
    expect(await act(second.id, 'accept')).toMatchObject({ status: 200 })
    expect(await until(second.id, 'done', 'failed', 'held')).toMatchObject({ state: 'done', version: 2, drift: { settled: 'accepted' } })
    expect((await versions(first.entryCode))[0]!.fields.map(({ name }) => name)).toEqual(['id', 'size', 'updated', 'phone'])
  })

  it('is followed at once, and new rows go beside the older ones', async () => {
    const { second } = await changed('adapt', 'drift_adapt', { mode: 'incremental', markColumn: 'updated' })
    expect(second).toMatchObject({ state: 'done', version: 2, drift: { settled: 'adapted' } })
    expect(await rowsOf(second.entryCode, 'id', 'name', 'size', 'phone')).toContainEqual([1, null, '1 平米', 1])
  })

  it('goes on in an entry of its own, with all rows', async () => {
    const { id, first, second } = await changed('split', 'drift_split', { mode: 'incremental', markColumn: 'updated' })
    expect(second).toMatchObject({ state: 'done', version: 1, rowsRead: 6, drift: { settled: 'split', entryCode: second.entryCode } })
    expect(second.entryCode).not.toBe(first.entryCode)
    expect((await get(id)).entryCode).toBe(second.entryCode)
    expect((await versions(first.entryCode)).map(({ number }) => number)).toEqual([1])
  })
})

describe('a load under way', () => {
  it('is paused, refuses another one beside it, and goes on to the end', async () => {
    await source.query(`create table slow_one (id integer primary key, text text); insert into slow_one select i, repeat('慢', 200) || i from generate_series(1, 20000) i`)
    const { id } = await register('slow_one')
    const loadId = await begin(id)
    expect(await act(loadId, 'pause')).toMatchObject({ status: 200, body: { state: 'paused' } })
    expect(await call('POST', `sources/${id}/actions/run`, {})).toMatchObject({ status: 409, body: { code: 'collection/load-under-way' } })
    await sleep(700)
    expect(await load(loadId)).toMatchObject({ state: 'paused', version: null })
    expect(await act(loadId, 'resume')).toMatchObject({ status: 200 })
    expect(await until(loadId, 'done', 'failed')).toMatchObject({ state: 'done', rowsStored: 20_000 })
    expect((await act(loadId, 'pause')).status).toBe(409)
  })

  it('is given up and leaves nothing', async () => {
    const { id } = await register('slow_one')
    const loadId = await begin(id)
    expect(await act(loadId, 'give-up')).toMatchObject({ status: 200, body: { state: 'failed' } })
    expect(await load(loadId)).toMatchObject({ state: 'failed', version: null, error: { code: 'collection/given-up' } })
    expect((await call('POST', `loads/${loadId}/actions/give-up`, {}, rival)).status).toBe(404)
  })
})
