import type { Capture, Change, Load, Source, Version } from '@datong/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aPostgresql, type OtherDatabase } from '../../../testing/databases.ts'
import { aFollowedCode, replicates } from '../../collection/capture/testing.ts'
import { aDeliveryHouse, type DeliveryHouse, type GrantedSystem, until } from '../forms/testing.ts'

interface Page {
  readonly items: Change[]
  readonly position: number
  readonly more: boolean
  readonly version: number
}
type Copy = Map<string, Record<string, unknown>>

/** Somebody who keeps a copy by what the feed tells, and takes nothing twice. */
interface Follower {
  readonly system: GrantedSystem
  readonly copy: Copy
  position: number
}

const CREATE = 'create table shops (id bigint primary key, name varchar(100), district varchar(20), amount numeric(12,2), opened_on date, changed_at timestamp)'
const nameOf = (value: string | null): string => (value === null ? 'null' : `'${value}'`)

describe('the feed of a captured entry', () => {
  let house: DeliveryHouse
  let database: OtherDatabase
  let code: string
  let captureId: string
  let followers: Follower[]
  let isMissing = false

  beforeAll(async () => {
    isMissing = !(await replicates())
    if (isMissing) return
    house = await aDeliveryHouse()
    database = await aPostgresql(inject('datongTestServer').url)
    await database.query(CREATE)
    await database.query(`insert into shops select n, '店铺' || n, (array['城东','城西'])[n % 2 + 1], n * 1.25, date '2026-01-01' + n::int, timestamp '2026-01-01 08:00' + n * interval '1 minute' from generate_series(1, 40) n`)
    const source = await house.api<Source>(house.provider, 'POST', '/api/v1/collection/sources', {
      name: '店铺库', kind: 'postgresql', settings: { host: '127.0.0.1', port: database.port, database: database.database, user: database.user, tls: 'off', utcOffset: '+08:00' },
      secrets: { password: database.password }, from: { object: 'public.shops' }, mode: 'changes', markColumn: null, keyColumns: [], drift: 'hold', schedule: null, entryTitle: '店铺',
    })
    captureId = (await house.api<Capture>(house.provider, 'POST', '/api/v1/collection/captures', { sourceId: source.body.id })).body.id
    await until(async () => (await capture()).state === 'running', 60_000)
    const { entryCode, loadId } = await capture()
    code = entryCode
    await until(async () => (await house.api<Load>(house.provider, 'GET', `/api/v1/collection/loads/${loadId}`)).body.state === 'done')
    await aFollowedCode(house, code, 'id')
    await until(async () => (await house.store.pool.query('select 1 from delivery.serving where entry_code = $1 and capture_id is not null', [code])).rowCount === 1)
    const systems = [
      await house.aSystem(code, { fields: ['id', 'name', 'district', 'amount', 'opened_on', 'changed_at'] }), await house.aSystem(code, { fields: ['name', 'district'] }),
      await house.aSystem(code, { fields: ['id', 'amount'], filter: [{ field: 'district', op: 'eq', value: '城东' }] }), await house.aSystem(code, { fields: ['name'], filter: [{ field: 'amount', op: 'gt', value: 20 }] }),
    ]
    followers = systems.map((system) => ({ system, copy: new Map(), position: 0 }))
    await until(async () => (await house.store.pool.query('select 1 from delivery.change_set where entry_code = $1', [code])).rowCount !== 0)
  })
  afterAll(async () => {
    if (isMissing) return
    await house.api(house.provider, 'POST', `/api/v1/collection/captures/${captureId}/actions/end`, {})
    await until(async () => (await house.store.pool.query(`select 1 from jobs.job where name = 'collection/forget-capture' and state <> 'completed'`)).rowCount === 0)
    await database.stop()
    await house.stop()
  })

  const capture = async (): Promise<Capture> => (await house.api<Capture>(house.provider, 'GET', `/api/v1/collection/captures/${captureId}`)).body
  const versions = async (): Promise<Version[]> => (await house.api<{ items: Version[] }>(house.provider, 'GET', `/api/v1/collection/entries/${code}/versions`)).body.items

  async function follow(follower: Follower, limit = 37): Promise<Page> {
    for (;;) {
      const { status, body } = await house.api<Page>(follower.system, 'GET', `/data/v1/${code}/changes?from=${follower.position}&limit=${limit}`)
      expect(status, JSON.stringify(body)).toBe(200)
      for (const { kind, id, row, position } of body.items) {
        expect(position).toBeGreaterThan(follower.position)
        if (kind === 'reset') follower.copy.clear()
        else if (kind === 'removed') expect(follower.copy.delete(id!)).toBe(true)
        else {
          expect(follower.copy.has(id!)).toBe(kind === 'changed')
          follower.copy.set(id!, row!)
        }
      }
      follower.position = body.position
      if (!body.more) return body
    }
  }
  const rowsOf = async (system: GrantedSystem): Promise<string[]> =>
    (await house.api<{ items: object[] }>(system, 'GET', `/data/v1/${code}/rows?limit=1000`)).body.items.map((row) => JSON.stringify(row)).sort()
  const rowsIn = (copy: Copy): string[] => [...copy.values()].map((row) => JSON.stringify(row)).sort()

  /** What was committed at the source last is seen by a call for rows. */
  async function isSeen(mark: string): Promise<void> {
    await database.query(`insert into shops values (999999, '${mark}') on conflict (id) do update set name = excluded.name`)
    await until(async () => (await house.api<{ items: { name?: string }[] }>(followers[0]!.system, 'GET', `/data/v1/${code}/rows?id=999999`)).body.items[0]?.name === mark, 30_000)
  }
  /** Everybody's copy, and one made from the beginning, are the rows of the row interface. */
  async function everybodyAgrees(): Promise<void> {
    for (const follower of followers) {
      await until(async () => {
        await follow(follower)
        return JSON.stringify(rowsIn(follower.copy)) === JSON.stringify(await rowsOf(follower.system))
      }, 30_000)
      const anew: Follower = { system: follower.system, copy: new Map(), position: 0 }
      await follow(anew, 500)
      expect(anew.copy).toEqual(follower.copy)
    }
  }

  const operation = fc.oneof(
    { weight: 4, arbitrary: fc.record({ op: fc.constant('put' as const), id: fc.integer({ min: 1, max: 60 }), name: fc.option(fc.constantFrom('张记', '李𠮷', '王家')), district: fc.constantFrom('城东', '城西'), cents: fc.integer({ min: 0, max: 5_000 }) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('delete' as const), id: fc.integer({ min: 1, max: 60 }) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('move' as const), id: fc.integer({ min: 1, max: 60 }), to: fc.integer({ min: 61, max: 90 }) }) },
  )
  type Operation = (typeof operation) extends fc.Arbitrary<infer T> ? T : never
  const statementOf = (one: Operation): string => {
    switch (one.op) {
      case 'put': return `insert into shops values (${one.id}, ${nameOf(one.name)}, '${one.district}', ${one.cents / 100}, '2026-11-22', '2026-11-22 09:30:00') on conflict (id) do update set name = excluded.name, district = excluded.district, amount = excluded.amount`
      case 'delete': return `delete from shops where id = ${one.id}`
      case 'move': return `update shops set id = ${one.to} where id = ${one.id} and not exists (select from shops where id = ${one.to})`
    }
  }
  const batches = fc.sample(fc.array(operation, { minLength: 10, maxLength: 60 }), { seed: 20261122, numRuns: 6 })

  it('leads everybody through what is committed at the source, without a new version, and tells nothing twice', async ({ skip }) => {
    if (isMissing) skip('the server does not replicate')
    await everybodyAgrees()
    for (const [index, batch] of batches.slice(0, 3).entries()) {
      for (const one of batch) await database.query(statementOf(one))
      await isSeen(`第${index}批`)
      await everybodyAgrees()
    }
    expect(await versions()).toHaveLength(1)
    expect((await follow(followers[0]!)).items).toEqual([])
  })

  it('goes on behind the version that packs what it told, also for who stood in the middle, and tells none of it again', async ({ skip }) => {
    if (isMissing) skip('the server does not replicate')
    const [, , , quarter] = await Promise.all(followers.map(async ({ system }) => (await house.api<Page>(system, 'GET', `/data/v1/${code}/changes?from=0&limit=60`)).body.position))
    for (const one of batches[3]!) await database.query(statementOf(one))
    expect((await house.api<Capture>(house.provider, 'POST', `/api/v1/collection/captures/${captureId}/actions/pack`, {})).status).toBe(200)
    // Changes come while the version is made.
    for (const one of batches[4]!) await database.query(statementOf(one))
    await until(async () => (await versions()).some(({ number, current }) => number === 2 && current), 60_000)
    await isSeen('第二版')
    await until(async () => (await follow(followers[0]!)).version === 2, 60_000)
    await everybodyAgrees()
    const late: Follower = { system: followers[3]!.system, copy: new Map(), position: 0 }
    while (late.position < (quarter ?? 0)) await followOnce(late)
    await follow(late)
    expect(late.copy).toEqual(followers[3]!.copy)
    // The table is emptied, and filled again.
    await database.query('truncate shops')
    for (const one of batches[5]!) await database.query(statementOf(one))
    await isSeen('清空后')
    await everybodyAgrees()
    const { rows } = await house.store.pool.query<{ kind: string }>('select kind from delivery.change_set where entry_code = $1 order by number', [code])
    expect(rows.map(({ kind }) => kind)).toEqual(['snapshot', 'state', 'state'])
  })

  async function followOnce(follower: Follower): Promise<void> {
    const { body } = await house.api<Page>(follower.system, 'GET', `/data/v1/${code}/changes?from=${follower.position}&limit=7`)
    for (const { kind, id, row } of body.items) {
      if (kind === 'reset') follower.copy.clear()
      else if (kind === 'removed') follower.copy.delete(id!)
      else follower.copy.set(id!, row!)
    }
    follower.position = body.position
  }

  it('sends changes down an open line while no version comes', async ({ skip }) => {
    if (isMissing) skip('the server does not replicate')
    const { system, position } = followers[0]!
    const answer = await fetch(`${house.origin}/data/v1/${code}/changes`, { headers: { ...system.headers, accept: 'text/event-stream', 'last-event-id': String(position) } })
    let text = ''
    const over = new AbortController()
    void (async () => {
      for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream(), { signal: over.signal })) text += chunk
    })().catch(() => undefined)
    await database.query(`update shops set name = '刚改的' where id = 999999`)
    await until(async () => text.includes('刚改的'), 30_000)
    over.abort()
    expect(await versions()).toHaveLength(2)
  })
})
