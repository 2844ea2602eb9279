import type { Change, Grant, PushTarget } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse, type GrantedSystem, peopleTable, personRow, until } from '../forms/testing.ts'
import { aPostgresql } from '../../../testing/databases.ts'

const numbers = (from: number, to: number): string => peopleTable(Array.from({ length: to - from }, (_, index) => personRow(from + index)))

let house: DeliveryHouse
let code: string
let fixed: GrantedSystem
let current: GrantedSystem

beforeAll(async () => {
  house = await aDeliveryHouse()
  code = await house.anEntry(numbers(0, 30))
  await house.load(numbers(10, 60), code)
  fixed = await house.aSystem(code, { versionRule: { kind: 'fixed', version: 1 } })
  current = await house.aSystem(code)
  await house.load(numbers(20, 100), code)
})
afterAll(() => house.stop())

const get = async <T>(who: GrantedSystem, path: string): Promise<T> => (await house.api<T>(who, 'GET', `/data/v1/${code}${path}`)).body

describe('a grant fixed to a version', () => {
  it('says so, and gives its rows after two more versions, while another follows each', async () => {
    expect(await get(fixed, '')).toMatchObject({ version: 1, versionRule: 'fixed', rowCount: 30 })
    expect(await get(current, '')).toMatchObject({ version: 3, versionRule: 'current', rowCount: 80 })
    expect(await get(fixed, '/rows?登记号=B000003')).toMatchObject({ items: [{ 登记号: 'B000003' }], version: 1 })
    expect(await get(current, '/rows?登记号=B000003')).toMatchObject({ items: [], version: 3 })
    const { body } = await house.api<Grant>(house.consumer, 'GET', `/api/v1/sharing/grants/${fixed.grantId}`)
    expect(body.versionRule).toEqual({ kind: 'fixed', version: 1 })
    expect(JSON.stringify(await get(fixed, '/openapi.json'))).toContain('固定交付第 1 版')
  })

  it('is verified, written to files and linked in that version', async () => {
    const verify = (who: GrantedSystem) => house.api<{ match: boolean }>(who, 'POST', `/data/v1/${code}/verify`, { 登记号: 'B000003', 区域: '城东' })
    expect([(await verify(fixed)).body, (await verify(current)).body]).toEqual([{ match: true }, { match: false }])
    const file = await house.app.inject({ url: `/data/v1/${code}/download?format=csv`, headers: fixed.headers })
    expect([file.body.split('\r\n').length, file.headers['content-disposition']]).toEqual([32, expect.stringContaining('-v1')])
    const made = (await house.api<{ id: string }>(fixed, 'POST', `/data/v1/${code}/links`, { format: 'json' })).body
    await until(async () => (await get<{ state: string; version: number }>(fixed, `/links/${made.id}`)).state === 'ready')
    expect(await get(fixed, `/links/${made.id}`)).toMatchObject({ version: 1, rows: 30 })
  })

  it('has a feed of its own: one beginning with that version, and nothing after it', async () => {
    const feed = await get<{ items: Change[]; position: number; more: boolean; version: number }>(fixed, '/changes?from=0&limit=1000')
    expect([feed.items[0]?.kind, feed.items.length, feed.more, feed.version, feed.position]).toEqual(['reset', 31, false, 1, 31])
    expect(await get(fixed, '/changes?from=31&limit=10')).toMatchObject({ items: [], more: false, position: 31 })
    expect((await house.api(fixed, 'GET', `/data/v1/${code}/changes?from=32&limit=10`)).body).toMatchObject({ code: 'delivery/unknown-position' })
  })

  it('is pushed in that version, and again changes nothing', async () => {
    const database = await aPostgresql(inject('datongTestServer').url)
    try {
      const target = (await house.api<PushTarget>(fixed, 'POST', `/data/v1/${code}/push-targets`, {
        kind: 'postgresql', host: '127.0.0.1', port: database.port, database: database.database, table: 'fixed', user: database.user, password: database.password, tls: 'off',
      })).body
      const isIdle = () => until(async () => {
        const { state, version } = await get<PushTarget>(fixed, `/push-targets/${target.id}`)
        return state === 'idle' && version === 1
      })
      const rows = async () => (await database.query('select * from fixed')).map((row) => row['登记号']).sort()
      await isIdle()
      const first = await rows()
      expect([first.length, first[0], first.at(-1)]).toEqual([30, 'B000000', 'B000029'])
      await house.load(numbers(40, 90), code)
      await isIdle()
      expect(await rows()).toEqual(first)
    } finally {
      await database.stop()
    }
  })

  it('is asked through GraphQL in that version', async () => {
    const { body } = await house.api<{ data: { __schema: { queryType: { fields: { name: string }[] } } } }>(fixed, 'POST', '/graphql', { query: '{ __schema { queryType { fields { name } } } }' })
    const { name } = body.data.__schema.queryType.fields[0]! // there is one resource
    const asked = await house.api<{ data: Record<string, unknown> }>(fixed, 'POST', '/graphql', { query: `{ ${name}(limit: 100) { items { __typename } version } }` })
    expect(JSON.stringify(asked.body).split('__typename').length - 1).toBe(30)
  })

  it('answers a clear code when the version is kept no more, and never another version', async () => {
    await house.store.pool.query('alter table sharing.grant disable trigger user')
    await house.store.pool.query(`update sharing.grant set version_rule = '{"kind": "fixed", "version": 77}' where id = $1`, [fixed.grantId])
    await house.store.pool.query('alter table sharing.grant enable trigger user')
    await house.store.pool.query(`select pg_notify('datong_plans', $1)`, [JSON.stringify({ grant: fixed.grantId })])
    await until(async () => (await house.api<{ code?: string }>(fixed, 'GET', `/data/v1/${code}/rows`)).body.code === 'delivery/version-gone')
    for (const path of ['', '/changes', '/openapi.json']) expect((await house.api(fixed, 'GET', `/data/v1/${code}${path}`)).body).toMatchObject({ status: 409, code: 'delivery/version-gone' })
  })
})

it('an age band is that of the day on which the version was made', async () => {
  const born = await house.anEntry('登记号,出生日期,区域\nB1,2001-05-01,城东\nB2,1950-01-31,城西\nB3,2999-01-01,城南\n')
  const asked = await house.api<{ id: string }>(house.consumer, 'POST', '/api/v1/sharing/applications', {
    entryCode: born, fields: ['登记号', '出生日期'], masking: { 出生日期: 'age-band' }, purpose: '履职核查', use: '征管系统', delivery: 'api', until: '2027-06-30',
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(201)
  const { body } = await house.api<{ grantId: string }>(house.provider, 'POST', `/api/v1/sharing/applications/${asked.body.id}/actions/approve`, {})
  const grant = await house.api<Grant>(house.consumer, 'GET', `/api/v1/sharing/grants/${body.grantId}`)
  const { key } = (await house.api<{ key: string }>(house.consumer, 'POST', `/api/v1/apps/${grant.body.appId}/keys`, { name: '系统' })).body
  const rows = await house.api<{ items: { 出生日期: string }[] }>({ headers: { authorization: `Bearer ${key}` } }, 'GET', `/data/v1/${born}/rows`)
  expect(rows.body.items.map(({ 出生日期 }) => 出生日期)).toEqual(['18-59', '60+', '****'])
})

it('a version that is not there, or not described, cannot be asked for', async () => {
  const asked = await house.api(house.consumer, 'POST', '/api/v1/sharing/applications', {
    entryCode: code, fields: ['登记号'], purpose: '履职核查', use: '征管系统', delivery: 'api', until: '2027-06-30', versionRule: { kind: 'fixed', version: 9 },
  })
  expect(asked.body).toMatchObject({ code: 'sharing/invalid-application', errors: [{ pointer: '/versionRule/version', code: 'unknown-version' }] })
})
