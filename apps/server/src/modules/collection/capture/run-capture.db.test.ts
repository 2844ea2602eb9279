import { systemClock } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { openStore } from '@datong/metadata-store'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../../compose.ts'
import { createCursorCodec } from '../../../platform/cursor.ts'
import { until } from '../../delivery/forms/testing.ts'
import { createCaptureStore } from './capture-store.ts'
import type { CapturedSource, TableShape } from './captured-source.ts'
import type { StreamEvent } from './change-stream.ts'
import type { CaptureContext } from './context.ts'
import { createEventQueue } from './event-queue.ts'
import { createProcessLocks } from './locks.ts'
import { Reshaped, runCapture } from './run-capture.ts'
import type { CaptureRow } from './tables.ts'

const ID = '01a20000-0000-7000-8000-000000000001'
const SHAPE: TableShape = { tableId: '1', key: ['id'], columns: [{ name: 'id', sourceType: 'integer', reading: 'integer' }, { name: 'name', sourceType: 'text', reading: null }] }
/** Enough that one transaction does not fit what is written at a time. */
const LONG = 4_500

let database: TestDatabase
let context: CaptureContext
beforeAll(async () => {
  database = await createTestDatabase(migrations, 12)
  const { store } = database
  const log = { warn: () => undefined, info: () => undefined, error: () => undefined }
  // What running a capture uses of the module.
  context = { store, clock: systemClock, log, captures: createCaptureStore(store.db, createCursorCodec(new Uint8Array(32))) } as unknown as CaptureContext
  await store.pool.query(`set session_replication_role = replica; insert into collection.capture (id, source_id, entry_code, organisation, object, state, shape, epoch, position, pack_minutes, created_at, created_by)
    values ('${ID}', '${ID}', '301001-000001', 'P', 'public.things', 'running', '${JSON.stringify(SHAPE)}', 1, '0', 60, now(), '{}')`)
})
afterAll(() => database.drop())

/** Transactions of a source, each with its changes; its position is its number. */
const transactions = (count: number): StreamEvent[][] => Array.from({ length: count }, (_, index) => {
  const size = index % 40 === 13 ? LONG : (index * 7) % 5 + 1
  return Array.from({ length: size }, (_, at): StreamEvent => ({ kind: 'change', op: 'upsert', row: [`${index}.${at}`, 'x'], formerKey: null }))
})

/** Tells the transactions behind a position, a few at a time, as a line does; ends in the middle when `dies` says so. */
const sourceOf = (log: readonly StreamEvent[][], dies: () => boolean): CapturedSource => ({
  inspect: async () => SHAPE, reread: async () => [], forget: async () => undefined,
  snapshot: () => Promise.reject(new Error('not asked for')),
  stream: async (_, position) => {
    const queue = createEventQueue<StreamEvent>(() => undefined)
    void (async () => {
      for (let index = Number(position); index < log.length; index++) {
        for (const event of log[index]!) queue.push(event) // within its length
        queue.push({ kind: 'commit', position: String(index + 1), committedAt: new Date() })
        if (dies()) return queue.fail(new Error('the line broke'))
        if (index % 3 === 0) await sleep(1)
      }
    })()
    return { [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](), acknowledge: () => undefined, close: async () => queue.end() }
  },
})

const captureNow = async (): Promise<CaptureRow> => (await context.captures.find(ID))!
const keysKept = async (): Promise<string[]> => (await database.store.pool.query<{ key: [string] }>('select key from collection.change where capture_id = $1 order by seq', [ID])).rows.map(({ key: [first] }) => first)
const keysOf = (log: readonly StreamEvent[][]): string[] => log.flat().flatMap((event) => (event.kind === 'change' && event.op === 'upsert' ? [event.row[0] ?? ''] : []))

describe('a capture', () => {
  it('keeps each change once and in order, however often its line breaks, and although a second process thinks that it is the one', async () => {
    const log = transactions(120)
    let luck = 7
    const dies = (): boolean => (luck = (luck * 16_807) % 2_147_483_647) % 17 === 0
    const follow = async (): Promise<void> => {
      while ((await captureNow()).position !== String(log.length)) {
        const stop = new AbortController()
        const timer = setTimeout(() => stop.abort(), 300)
        await runCapture(context, await captureNow(), sourceOf(log, dies), stop.signal).catch(() => undefined)
        clearTimeout(timer)
      }
    }
    await Promise.all([follow(), follow()])
    expect(await keysKept()).toEqual(keysOf(log))
    expect(await captureNow()).toMatchObject({ seq: keysOf(log).length, position: '120' })
  })

  it('lets go of changes that are in the version before the last one, and of no others', async () => {
    const later = new Date(Date.now() + 60_000)
    const kept = async (): Promise<number> => (await keysKept()).length
    const all = await kept()
    await context.captures.forgetChanges(later)
    expect(await kept()).toBe(all)
    for (const [version, seq] of [[1, 0], [2, 100], [3, 250]]) await database.store.pool.query('insert into collection.capture_version values ($1, $2, 1, $3)', [ID, version, seq])
    await context.captures.forgetChanges(new Date(0))
    expect(await kept()).toBe(all)
    await context.captures.forgetChanges(later)
    expect(await kept()).toBe(all - 100)
  })

  it('stops when its table is not what it was', async () => {
    const changed: CapturedSource = { ...sourceOf([], () => false), inspect: async () => ({ ...SHAPE, tableId: '2' }) }
    await expect(runCapture(context, await captureNow(), changed, new AbortController().signal)).rejects.toBeInstanceOf(Reshaped)
  })
})

describe('locks of processes', () => {
  it('are held by one at a time, and by another as soon as a line breaks', async () => {
    const other = await openStore({ connection: database.connectionString, applicationName: 'datong-other' })
    const [mine, theirs] = [createProcessLocks(database.store), createProcessLocks(other)]
    let lost = false
    expect(await theirs.take('a', () => (lost = true))).toBe(true)
    expect([await mine.take('a', () => undefined), await mine.take('b', () => undefined)]).toEqual([false, true])
    await database.store.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'datong-other' and datname = current_database()`)
    await until(() => lost)
    await until(() => mine.take('a', () => undefined))
    expect(await theirs.take('b', () => undefined)).toBe(false)
    await Promise.all([mine.close(), theirs.close()])
    await other.close()
  })
})
