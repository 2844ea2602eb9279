import type { Capture, Change, Load, Source, Version } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aMariadb, aPostgresql, hasMariadb, type OtherDatabase } from '../../../testing/databases.ts'
import { aDeliveryHouse, type DeliveryHouse, type GrantedSystem, until } from '../../delivery/forms/testing.ts'
import { aFollowedCode, replicates } from './testing.ts'

let house: DeliveryHouse
beforeAll(async () => {
  house = await aDeliveryHouse()
})
afterAll(() => house.stop())

const CREATE = 'create table shops (id int primary key, name varchar(100), district varchar(20), amount decimal(12,2), changed_on date)'
const row = (id: number, name = `店铺${id}`): string => `(${id}, '${name}', '${['城东', '城西'][id % 2] ?? ''}', ${(id * 1.25).toFixed(2)}, '2026-11-22')`

const KINDS = [
  { name: 'PostgreSQL', kind: 'postgresql', object: 'public.shops', isThere: replicates, make: () => aPostgresql(inject('datongTestServer').url) },
  { name: 'MariaDB', kind: 'mysql', object: 'shops', isThere: async () => hasMariadb(), make: async () => {
    const database = await aMariadb(['--log-bin=log', '--binlog-format=ROW', '--server-id=1'])
    await database.query(`grant replication slave on *.* to pusher@'%'`)
    return database
  } },
] as const

describe.each(KINDS)('a captured table of $name', ({ kind, object, isThere, make }) => {
  let database: OtherDatabase
  let code: string
  let captureId: string
  let consumer: GrantedSystem
  let isMissing = false

  beforeAll(async () => {
    isMissing = !(await isThere())
    if (isMissing) return
    database = await make()
    await database.query(CREATE)
    await database.query(`insert into shops values ${Array.from({ length: 50 }, (_, index) => row(index + 1)).join(', ')}`)
    const source = await house.api<Source>(house.provider, 'POST', '/api/v1/collection/sources', {
      name: `店铺库 ${kind}`, kind, settings: { host: '127.0.0.1', port: database.port, database: database.database, user: database.user, tls: 'off', utcOffset: '+08:00' },
      secrets: { password: database.password }, from: { object }, mode: 'changes', markColumn: null, keyColumns: [], drift: 'hold', schedule: null, entryTitle: `店铺 ${kind}`,
    })
    expect(source.status, JSON.stringify(source.body)).toBe(201)
    const made = await house.api<Capture>(house.provider, 'POST', '/api/v1/collection/captures', { sourceId: source.body.id })
    expect(made.status, JSON.stringify(made.body)).toBeLessThan(300)
    captureId = made.body.id
    await isIn('running')
    const captured = await capture()
    code = captured.entryCode
    await until(async () => (await house.api<Load>(house.provider, 'GET', `/api/v1/collection/loads/${captured.loadId}`)).body.state === 'done')
    await aFollowedCode(house, code, 'id')
    consumer = await house.aSystem(code, { fields: ['id', 'name', 'district', 'amount'] })
    await until(async () => (await house.store.pool.query('select 1 from delivery.serving where entry_code = $1 and capture_id is not null', [code])).rowCount === 1)
  })
  afterAll(async () => {
    if (isMissing) return
    await house.api(house.provider, 'POST', `/api/v1/collection/captures/${captureId}/actions/end`, {})
    await until(async () => (await house.store.pool.query(`select 1 from jobs.job where name = 'collection/forget-capture' and state <> 'completed'`)).rowCount === 0)
    await database.stop()
  })

  const capture = async (): Promise<Capture> => (await house.api<Capture>(house.provider, 'GET', `/api/v1/collection/captures/${captureId}`)).body
  const isIn = (state: Capture['state']): Promise<void> => until(async () => (await capture()).state === state, 60_000)
  const act = (action: string) => house.api<Capture>(house.provider, 'POST', `/api/v1/collection/captures/${captureId}/actions/${action}`, {})
  interface Rows { readonly items: Record<string, unknown>[]; readonly nextCursor: string | null; readonly version: number }
  const ask = async (query: string): Promise<Rows> => {
    const { status, body } = await house.api<Rows>(consumer, 'GET', `/data/v1/${code}/rows${query}`)
    if (status !== 200) throw new Error(JSON.stringify(body))
    return body
  }
  const nameOf = async (id: number): Promise<unknown> => (await ask(`?id=${id}`)).items[0]?.['name']
  const versions = async (): Promise<Version[]> => (await house.api<{ items: Version[] }>(house.provider, 'GET', `/api/v1/collection/entries/${code}/versions`)).body.items

  it('is seen by a consumer as it is changed: new, changed and deleted rows, without a new version', async ({ skip }) => {
    if (isMissing) skip('the server is not there, or does not replicate')
    expect(await nameOf(7)).toBe('店铺7')
    await database.query(`insert into shops values ${row(51)}`)
    await database.query(`update shops set name = '新名' where id = 7`)
    await database.query('delete from shops where id = 8')
    await database.query('update shops set id = 900 where id = 9')
    await until(async () => (await nameOf(900)) === '店铺9')
    expect([await nameOf(51), await nameOf(7), await nameOf(8), await nameOf(9)]).toEqual(['店铺51', '新名', undefined, undefined])
    expect((await ask('?district=城东&limit=100')).items).toHaveLength(24)
    expect(await versions()).toHaveLength(1)
    const verified = (name: string) => house.api<{ match: boolean }>(consumer, 'POST', `/data/v1/${code}/verify`, { id: '7', name })
    expect([(await verified('新名')).body, (await verified('店铺7')).body]).toEqual([{ match: true }, { match: false }])
  })

  it('is paged as it was when the paging began, whatever comes meanwhile', async ({ skip }) => {
    if (isMissing) skip('the server is not there, or does not replicate')
    const first = await ask('?sort=-id&limit=20')
    await database.query(`update shops set name = '晚' where id <= 20`)
    await database.query(`insert into shops values ${row(1000)}`)
    await until(async () => (await nameOf(1000)) !== undefined)
    const rest: Record<string, unknown>[] = []
    for (let cursor = first.nextCursor; cursor !== null;) {
      const page = await ask(`?sort=-id&limit=20&cursor=${cursor}`)
      rest.push(...page.items)
      cursor = page.nextCursor
    }
    const all = [...first.items, ...rest]
    expect(all).toHaveLength(50)
    expect(all.filter(({ name }) => name === '晚')).toHaveLength(0)
    expect(new Set(all.map(({ id }) => id)).size).toBe(50)
    expect((await ask('?name=晚&limit=100')).items).toHaveLength(18)
  })

  it('is made a version of now and then, in which nothing is other than what was seen', async ({ skip }) => {
    if (isMissing) skip('the server is not there, or does not replicate')
    const before = await ask('?sort=id&limit=100')
    const began = await ask('?sort=-id&limit=20')
    expect((await act('pack')).status).toBe(200)
    await until(async () => (await versions()).some(({ number, current }) => number === 2 && current), 60_000)
    await until(async () => (await ask('?id=1')).version === 2, 60_000)
    const after = await ask('?sort=id&limit=100')
    expect(after.items).toEqual(before.items)
    expect(await capture()).toMatchObject({ unpacked: 0, version: 2, state: 'running' })
    await database.query(`update shops set name = '再改' where id = 30`)
    await until(async () => (await nameOf(30)) === '再改')
    // Paging that began before the version was made goes on in what it began with.
    const page = await ask(`?sort=-id&limit=100&cursor=${began.nextCursor}`)
    expect([page.version, page.items.length, page.items.find(({ id }) => id === 30)?.['name']]).toEqual([1, 31, '店铺30'])
    const feed = () => house.api<{ items: Change[]; version: number; more: boolean }>(consumer, 'GET', `/data/v1/${code}/changes?from=0&limit=1000`)
    await until(async () => (await feed()).body.version === 2)
    // What was told before the version is not told again behind it: each row that is there was added once.
    const { items } = (await feed()).body
    expect(items.filter(({ kind }) => kind === 'reset')).toHaveLength(1)
    expect(items.filter(({ kind }) => kind === 'added').length - items.filter(({ kind }) => kind === 'removed').length).toBe(after.items.length)
  })

  it('shows a value that does not fit the version as soon as there is one that it fits', async ({ skip }) => {
    if (isMissing) skip('the server is not there, or does not replicate')
    await database.query('alter table shops modify column district varchar(20)'.replace('modify column district', kind === 'mysql' ? 'modify column district' : 'alter column district type'))
    await database.query(`insert into shops values (2000, 'a', 'b', 9999999999.99, null)`)
    await until(async () => (await nameOf(2000)) === 'a', 60_000)
    expect((await ask('?id=2000')).items[0]).toEqual({ id: 2000, name: 'a', district: 'b', amount: 9999999999.99 })
  })

  it('is held when its columns change, and goes on when all rows were taken anew', async ({ skip }) => {
    if (isMissing) skip('the server is not there, or does not replicate')
    await database.query('alter table shops add column phone varchar(20)')
    await database.query(`update shops set phone = '13800000001' where id = 1`)
    await isIn('held')
    expect(await capture()).toMatchObject({ failure: { code: 'collection/capture-reshaped' }, allowedActions: ['restart', 'end'] })
    expect((await act('resume')).status).toBe(409)
    // The version of what came before may still be under way.
    await until(async () => (await act('restart')).status === 200, 60_000)
    await isIn('running')
    await database.query(`update shops set name = '之后' where id = 2`)
    await until(async () => (await nameOf(2)) === '之后', 60_000)
    expect((await versions())[0]?.fields.map(({ name }) => name)).toContain('phone')
  })

  it('is empty when the table is emptied, and so is the version of it', async ({ skip }) => {
    if (isMissing) skip('the server is not there, or does not replicate')
    await database.query('truncate table shops')
    await until(async () => (await ask('?limit=100')).items.length === 0)
    await database.query(`insert into shops (id, name) values (5, '新店')`)
    await until(async () => (await nameOf(5)) === '新店')
    await until(async () => (await act('pack')).status === 200, 60_000)
    await until(async () => (await versions())[0]?.rowCount === 1, 60_000)
    expect((await ask('?limit=100')).items.map(({ id }) => id)).toEqual([5])
  })

  it('is nobody else\'s to see or to stop', async ({ skip }) => {
    if (isMissing) skip('the server is not there, or does not replicate')
    const stranger = await house.as('provider', '11990100MB0000003C')
    const foreign = await house.api(stranger, 'GET', `/api/v1/collection/captures/${captureId}`)
    const unknown = await house.api(stranger, 'GET', '/api/v1/collection/captures/00000000-0000-7000-8000-000000000000')
    expect([foreign.status, (foreign.body as { code: string }).code]).toEqual([unknown.status, (unknown.body as { code: string }).code])
    expect((await house.api(stranger, 'POST', `/api/v1/collection/captures/${captureId}/actions/end`, {})).status).toBe(404)
    expect((await house.api<{ items: unknown[] }>(stranger, 'GET', '/api/v1/collection/captures')).body.items).toEqual([])
  })
})
