import type { PushTarget } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse, type GrantedSystem, peopleTable, personRow, until } from '../forms/testing.ts'
import { aCertificate } from '../../../testing/a-certificate.ts'
import { aMariadb, aPostgresql, type OtherDatabase, hasMariadb } from '../../../testing/databases.ts'

let house: DeliveryHouse
let code: string
beforeAll(async () => {
  house = await aDeliveryHouse()
  code = await house.anEntry(people())
})
afterAll(() => house.stop())

const ROWS = 2_500
function people(change: (number: number) => string | null = (number) => personRow(number)): string {
  return peopleTable(Array.from({ length: ROWS }, (_, number) => change(number)).filter((row) => row !== null))
}
let version = 1
const load = async (csv: string) => {
  await house.load(csv, code)
  version++
}

/** What the row interface gives, by the ids of nobody: sorted texts. */
async function rowsOf(system: GrantedSystem): Promise<string[]> {
  const rows: string[] = []
  let cursor = ''
  do {
    const { body } = await house.api<{ items: Record<string, unknown>[]; nextCursor: string | null }>(system, 'GET', `/data/v1/${code}/rows?limit=1000${cursor}`)
    rows.push(...body.items.map((row) => [row['登记号'], row['姓名'], row['区域'], Number(row['金额'])].join('|')))
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
  } while (cursor !== '')
  return rows.sort()
}

/** What every kind of database must do. */
function contract(kind: OtherDatabase['kind'], open: () => Promise<OtherDatabase>): void {
  const quoted = (name: string): string => (kind === 'mariadb' ? `\`${name}\`` : `"${name.replaceAll('"', '""')}"`)
  let database: OtherDatabase
  let system: GrantedSystem
  beforeAll(async () => {
    database = await open()
    system = await house.aSystem(code)
  })
  afterAll(() => database.stop())

  const path = (rest = '') => `/data/v1/${code}/push-targets${rest}`
  const make = async (table: string, body: object = {}, who = system) => (await house.api<PushTarget>(who, 'POST', path(), {
    kind, host: '127.0.0.1', port: database.port, database: database.database, table, user: database.user, password: database.password, tls: 'off', ...body,
  })).body
  const stateOf = async ({ id }: PushTarget, who = system) => (await house.api<PushTarget>(who, 'GET', path(`/${id}`))).body
  const act = (target: PushTarget, action: string, who = system) => house.api<PushTarget>(who, 'POST', path(`/${target.id}/actions/${action}`), {})
  const idleAt = (target: PushTarget, at: number) => until(async () => {
    const { state, version: now } = await stateOf(target)
    return state === 'idle' && now === at
  })
  const rowsIn = async (table: string) => (await database.query(`select * from ${quoted(table)}`))
    .map((row) => [row['登记号'], row['姓名'], row['区域'], Number(row['金额'])].join('|')).sort()

  it('holds exactly what the grant gives, masked, after the first push and after each version', async () => {
    await load(people())
    const table = `征管 "人员`
    const target = await make(table)
    expect(JSON.stringify(target)).not.toContain(database.password)
    await idleAt(target, version)
    expect(await stateOf(target)).toMatchObject({ rowsDone: ROWS, tries: 0, reason: null })
    expect(await rowsIn(table)).toEqual(await rowsOf(system))
    expect((await rowsIn(table)).join()).not.toMatch(/张三[甲乙丙丁]/)

    const ids = new Map((await database.query(`select * from ${quoted(table)}`)).map((row) => [row['登记号'], row['_datong_id']]))
    await load(people((number) => (number % 100 === 0 ? null : number % 7 === 0 ? personRow(number, { district: '城北' }) : personRow(number))))
    await idleAt(target, version)
    expect(await rowsIn(table)).toEqual(await rowsOf(system))
    const pushed = (await house.evidenceOf('delivery.rows.pushed')).filter(({ body }) => JSON.stringify(body).includes(target.id))
    // The second push sent the changes alone.
    expect(pushed.map(({ body }) => body.detail['rows'])).toEqual([expect.toSatisfy((rows: number) => rows < ROWS / 2), ROWS])
    for (const row of await database.query(`select * from ${quoted(table)}`)) expect(row['_datong_id']).toBe(ids.get(row['登记号']))
    await house.api(system, 'DELETE', path(`/${target.id}`))
  })

  it('begins anew when the feed does, and when nothing tells rows apart', async () => {
    const table = 'doubles'
    const target = await make(table)
    await idleAt(target, version)
    await load(people((number) => personRow(number === 5 ? 6 : number)))
    await idleAt(target, version)
    expect(await rowsIn(table)).toEqual(await rowsOf(system))
    await load(people())
    await idleAt(target, version)
    expect(await rowsIn(table)).toEqual(await rowsOf(system))
    await house.api(system, 'DELETE', path(`/${target.id}`))
  })

  it('touches no table that holds rows of others, unless it may, and makes none unless it may', async () => {
    await database.query('create table taken (x int)')
    await database.query('insert into taken values (1)')
    const taken = await make('taken')
    await until(async () => (await stateOf(taken)).state === 'failed')
    expect(await stateOf(taken)).toMatchObject({ reason: 'table-not-empty', nextTryAt: null })
    const missing = await make('missing', { createTable: false })
    await until(async () => (await stateOf(missing)).state === 'failed')
    expect(await stateOf(missing)).toMatchObject({ reason: 'table-missing', nextTryAt: null })
    expect(await database.query('select * from taken')).toHaveLength(1)
    for (const { id } of [taken, missing]) await house.api(system, 'DELETE', path(`/${id}`))
  })

  it('waits and tries again when the database cannot be reached, and says why in its own code only', async () => {
    const target = await make('later', { password: 'wrong' })
    await until(async () => ['failed', 'idle'].includes((await stateOf(target)).state) && (await stateOf(target)).startedAt !== null)
    const failed = await stateOf(target)
    // A PostgreSQL that trusts its socket asks for no password.
    if (kind === 'mariadb') {
      expect(failed).toMatchObject({ state: 'failed', reason: 'ER_ACCESS_DENIED_ERROR', tries: 1 })
      expect(Date.parse(failed.nextTryAt!) - Date.now()).toBeGreaterThan(30_000)
    }
    await house.api(system, 'DELETE', path(`/${target.id}`))
    const closed = await make('closed', { port: 1 })
    await until(async () => (await stateOf(closed)).state === 'failed')
    expect(await stateOf(closed)).toMatchObject({ reason: 'ECONNREFUSED' })
    await house.api(system, 'DELETE', path(`/${closed.id}`))
  })

  it('goes over TLS to the database that proves to be the one, and to no other', async () => {
    const failure = async (table: string, body: object): Promise<string | null> => {
      const target = await make(table, body)
      await until(async () => (await stateOf(target)).state === 'failed')
      const { reason } = await stateOf(target)
      await house.api(system, 'DELETE', path(`/${target.id}`))
      return reason
    }
    if (kind === 'postgresql') expect(await failure('bare', { tls: 'verify' })).toBe('HANDSHAKE_NO_SSL_SUPPORT')
    const right = aCertificate('127.0.0.1')
    await database.certify(right)
    const target = await make('secured', { tls: 'verify', ca: right.cert })
    await idleAt(target, version)
    expect(await rowsIn('secured')).toHaveLength(ROWS)
    await house.api(system, 'DELETE', path(`/${target.id}`))
    const trusting = await make('trusting', { tls: 'on' })
    await idleAt(trusting, version)
    await house.api(system, 'DELETE', path(`/${trusting.id}`))
    expect(await failure('unknown', { tls: 'verify' })).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(await failure('foreign', { tls: 'verify', ca: aCertificate('127.0.0.1').cert })).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/)
    const other = aCertificate('localhost')
    await database.certify(other)
    expect(await failure('other', { tls: 'verify', ca: other.cert })).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('stops when the grant is revoked or somebody pauses it', async () => {
    const doomed = await house.aSystem(code)
    const target = await make('doomed', {}, doomed)
    await until(async () => (await stateOf(target, doomed)).state === 'idle' && (await stateOf(target, doomed)).version === version)
    expect((await act(target, 'pause', doomed)).body).toMatchObject({ state: 'paused', reason: 'by-hand' })
    expect((await act(target, 'run', doomed)).status).toBe(409)
    expect((await act(target, 'resume', doomed)).body).toMatchObject({ state: 'idle' })
    await until(async () => (await stateOf(target, doomed)).state === 'idle')
    await doomed.act('revoke')
    await load(people((number) => personRow(number, { district: `城${version}` })))
    const left = async () => (await house.store.pool.query<{ state: string; reason: string }>('select state, reason from delivery.push_target where id = $1', [target.id])).rows[0]
    await until(async () => (await left())?.state === 'paused')
    expect(await left()).toEqual({ state: 'paused', reason: 'delivery/revoked' })
    expect((await rowsIn('doomed')).some((row) => row.includes(`城${version - 1}`))).toBe(false)
    await load(people())
  })
}

describe('a push into PostgreSQL', () => contract('postgresql', () => aPostgresql(inject('datongTestServer').url)))
describe.skipIf(!hasMariadb())('a push into MariaDB', () => contract('mariadb', aMariadb))

describe('a push target', () => {
  it.each(['169.254.169.254', '0.0.0.0', '::', 'fe80::1', '100.100.100.200', 'no-such-name.invalid'])('is not made for %s', async (host) => {
    const system = await house.aSystem(code)
    const made = await house.api<object>(system, 'POST', `/data/v1/${code}/push-targets`, { kind: 'mariadb', host, port: 3306, database: 'd', table: 't', user: 'u', password: 'p' })
    expect(made.body).toMatchObject({ status: 422, code: 'delivery/address-refused' })
  })

  it('is never Datong\'s own database', async () => {
    const system = await house.aSystem(code)
    const own = await aPostgresql(inject('datongTestServer').url)
    const { rows } = await house.store.pool.query<{ name: string }>('select current_database() as name')
    const { body: target } = await house.api<PushTarget>(system, 'POST', `/data/v1/${code}/push-targets`, {
      kind: 'postgresql', host: '127.0.0.1', port: own.port, database: rows[0]!.name, table: 't', user: own.user, password: own.password, tls: 'off',
    })
    await until(async () => (await house.api<PushTarget>(system, 'GET', `/data/v1/${code}/push-targets/${target.id}`)).body.state === 'paused')
    expect((await house.api<PushTarget>(system, 'GET', `/data/v1/${code}/push-targets/${target.id}`)).body).toMatchObject({ reason: 'delivery/address-refused' })
    await own.stop()
  })

  it('keeps its password sealed', async () => {
    const { rows } = await house.store.pool.query<{ n: number }>(`select count(*)::int as n from delivery.push_target t where position('p@ss' in t::text) > 0`)
    expect(rows).toEqual([{ n: 0 }])
  })
})
