import type { Load } from '@datong/contracts'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aServer, HERE, type TestServer } from '../../../testing/a-server.ts'
import { aPostgresql, type OtherDatabase } from '../../../testing/databases.ts'
import { aSmallDisk, canMount, type SmallDisk } from '../../../testing/small-disk.ts'
import { aSourceDesk, type SourceDesk } from '../sources/testing.ts'
import { aForm } from '../testing.ts'

const ROOM = 256 * 2 ** 20
const PLACES = ['incoming', 'scratch', 'lake'] as const

/** Each of the places that loads write to is a disk of its own that is full when a test wants it, so that writes find no space for real. */
describe.runIf(canMount())('a disk that is full (mounts a disk)', () => {
  let server: TestServer
  let desk: SourceDesk
  let headers: Record<string, string>
  let database: OtherDatabase
  const disks = new Map<string, SmallDisk>()

  beforeAll(async () => {
    server = await aServer({ settings: { DATONG_OUTBOUND_LOOPBACK: 'allow', DATONG_KEEP_FREE_MB: '0' } })
    for (const place of PLACES) disks.set(place, aSmallDisk(join(server.home, place), ROOM))
    await mkdir(join(server.home, 'lake', '.staging'))
    const officer = await server.as('provider', HERE)
    headers = officer.headers
    desk = aSourceDesk(server, officer)
    database = await aPostgresql(inject('datongTestServer').url)
    await database.query(`create table company as select i as id, repeat('企业', 50) || i as name from generate_series(1, 20000) i; alter table company add primary key (id)`)
  })
  afterAll(async () => {
    await database.stop()
    for (const disk of disks.values()) disk.stop()
    await server.stop()
  })

  const upload = async (): Promise<{ status: number; body: { loadId: string; code?: string } }> => {
    const form = aForm([{ name: 'title', value: '大表' }, { name: 'file', value: `编号,名称\n${Array.from({ length: 40_000 }, (_, at) => `${at},${'名'.repeat(30)}${at}\n`).join('')}`, fileName: '大表.csv' }])
    const answer = await server.app.inject({ method: 'POST', url: '/api/v1/collection/uploads', ...form, headers: { ...form.headers, ...headers } })
    return { status: answer.statusCode, body: answer.json() }
  }
  const left = async (...places: string[]): Promise<string[]> => (await Promise.all(places.map((place) => readdir(join(server.home, place))))).flat()
  const full = (place: string): void => disks.get(place)!.leave(64 * 1024)
  const empty = (place: string): void => disks.get(place)!.leave(ROOM)
  const FAILED = { state: 'failed', version: null, error: { code: 'store/disk-full' } }

  it('turns an upload away, with the reason, and keeps nothing of it', async () => {
    full('incoming')
    expect(await upload()).toMatchObject({ status: 503, body: { code: 'store/disk-full' } })
    expect(await left('incoming')).toEqual([])
    empty('incoming')
    const { status, body } = await upload()
    expect(status).toBe(202)
    expect(await desk.until(body.loadId, 'done', 'failed')).toMatchObject({ state: 'done', rowsStored: 40_000 })
  })

  it.each(['scratch', 'lake'] as const)('in %s fails a load with the reason; tried again with room it is done', async (place) => {
    full(place)
    const { body: { loadId } } = await upload()
    const failed: Load = await desk.until(loadId, 'done', 'failed')
    expect(failed).toMatchObject(FAILED)
    await expect.poll(() => left('scratch', 'lake/.staging')).toEqual([])
    expect(await left('incoming')).toEqual([loadId])
    empty(place)
    expect((await desk.call('POST', `loads/${loadId}/actions/retry`, {})).status).toBe(202)
    expect(await desk.until(loadId, 'done', 'failed')).toMatchObject({ state: 'done', rowsRead: 40_000, rowsStored: 40_000, rowsRejected: 0 })
    await expect.poll(() => left('incoming', 'scratch', 'lake/.staging')).toEqual([])
  })

  it.each(['incoming', 'lake'] as const)('in %s fails a load of a source, which keeps nothing of what can be read again; the next load works', async (place) => {
    const { id } = await desk.register({
      kind: 'postgresql', settings: { host: '127.0.0.1', port: database.port, database: database.database, user: database.user, tls: 'off', utcOffset: '+08:00' },
      secrets: { password: database.password }, from: { object: 'public.company' },
    })
    full(place)
    expect(await desk.run(id)).toMatchObject(FAILED)
    await expect.poll(() => left('incoming', 'scratch', 'lake/.staging')).toEqual([])
    empty(place)
    expect(await desk.run(id)).toMatchObject({ state: 'done', version: 1, rowsRead: 20_000, rowsStored: 20_000, reconciliation: { outcome: 'agrees' } })
  })
})
