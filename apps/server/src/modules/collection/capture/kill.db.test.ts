import { type Capture, type Load, operations, type Source } from '@datong/contracts'
import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { migrations, type Modules } from '../../../compose.ts'
import { anOfficer } from '../../../platform/testing.ts'
import { composeOn } from '../../../testing/compose-on.ts'
import { aMariadb, aPostgresql, hasMariadb, type OtherDatabase } from '../../../testing/databases.ts'
import { until } from '../../delivery/forms/testing.ts'
import { replicates } from './testing.ts'

const LOOPBACK = { DATONG_OUTBOUND_LOOPBACK: 'allow' }
const WORKER = join(import.meta.dirname, '../../../testing/hold-worker.ts')
const ROUNDS = 2
const officer = anOfficer('provider', '11990100MB0000002B', 'provider')

let database: TestDatabase
let home: string
let api: Modules & { stop(): Promise<void> }
const processes = new Set<ChildProcess>()

/** A table that is changed all the time, and whose changes are taken. */
interface Followed {
  readonly source: OtherDatabase
  readonly captureId: string
  readonly writer: Writer
}
const followed: Followed[] = []

beforeAll(async () => {
  database = await createTestDatabase(migrations, 12)
  home = await mkdtemp(join(tmpdir(), 'datong-capture-kill-'))
  // One that takes no changes itself.
  api = await composeOn(database.connectionString, home, 'api', { ...LOOPBACK, DATONG_ROLE: 'api' })
  await startProcess()
  if (await replicates()) await follow(await aPostgresql(inject('datongTestServer').url), 'postgresql', 'public.counted')
  if (!hasMariadb()) return
  const mariadb = await aMariadb(['--log-bin=log', '--binlog-format=ROW', '--server-id=1'])
  await mariadb.query(`grant replication slave on *.* to pusher@'%'`)
  await follow(mariadb, 'mysql', 'counted')
})
afterAll(async () => {
  for (const { writer } of followed) await writer.stop()
  for (const child of processes) await kill(child)
  await api.stop()
  for (const { source } of followed) {
    if (source.kind === 'postgresql') await dropSlots(source)
    await source.stop()
  }
  await database.drop()
  await rm(home, { recursive: true, force: true })
})

const SLOTS = `from pg_replication_slots where slot_name like 'datong%' and database = current_database()`
/** Whoever reads them is ended: a server learns late that a process was killed. */
async function dropSlots({ query }: OtherDatabase): Promise<void> {
  await query(`select pg_terminate_backend(active_pid) ${SLOTS} and active_pid is not null`)
  await until(() => query(`select pg_drop_replication_slot(slot_name) ${SLOTS}`).then(() => true, () => false))
}

async function startProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [WORKER, database.connectionString, home], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...process.env, ...LOOPBACK } })
  processes.add(child)
  if (child.stdout === null) throw new Error('no output to listen to')
  await once(child.stdout, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  processes.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** What http hands over after its checks; these handlers look at nothing else. */
async function call<T>(operation: { id: string }, params: Record<string, string>, body: object): Promise<T> {
  const route = api.collection.routes.find((one) => one.operation.id === operation.id)!
  return await route.handle({ caller: officer, reach: 'own', params, query: {}, body, signal: new AbortController().signal }, undefined as never, undefined as never) as T // the operation's answer
}
const capture = (id: string): Promise<Capture> => call(operations.getCapture, { id }, {})
const act = (id: string, action: string): Promise<Capture> => call(operations.actOnCapture, { id, action }, {})
const isIn = (id: string, state: Capture['state']): Promise<void> => until(async () => (await capture(id)).state === state, 120_000)

async function follow(source: OtherDatabase, kind: string, object: string): Promise<void> {
  await source.query('create table counted (id int primary key, serial int, word varchar(50))')
  await source.query(`insert into counted values ${Array.from({ length: 50 }, (_, id) => `(${id}, 0, '起')`).join(', ')}`)
  const { id: sourceId } = await call<Source>(operations.createSource, {}, {
    name: kind, kind, settings: { host: '127.0.0.1', port: source.port, database: source.database, user: source.user, tls: 'off', utcOffset: '+08:00' },
    secrets: { password: source.password }, from: { object }, mode: 'changes', markColumn: null, keyColumns: [], drift: 'hold', schedule: null,
  })
  const { id } = await call<Capture>(operations.createCapture, {}, { sourceId })
  await isIn(id, 'running')
  followed.push({ source, captureId: id, writer: beginWriting(source) })
}

interface Writer {
  /** What was committed, change by change. */
  readonly written: string[]
  stop(): Promise<void>
}

/** Writes transactions of one to four changes, now and then one that is taken back. */
function beginWriting({ query }: OtherDatabase): Writer {
  const written: string[] = []
  const there = Array.from({ length: 50 }, (_, id) => id)
  let serial = 0
  let isOver = false
  const change = async (): Promise<string> => {
    serial++
    if (serial % 5 === 0) {
      const id = 1_000 + serial
      there.push(id)
      await query(`insert into counted values (${id}, ${serial}, '新${serial}')`)
      return `u ${id} ${serial}`
    }
    if (serial % 5 === 1 && there.length > 50) {
      const id = there.shift()!
      await query(`delete from counted where id = ${id}`)
      return `d ${id} `
    }
    const id = there[(serial * 7_919) % there.length]!
    await query(`update counted set serial = ${serial} where id = ${id}`)
    return `u ${id} ${serial}`
  }
  const done = (async () => {
    for (let turn = 1; !isOver; turn++) {
      await query('begin')
      if (turn % 7 === 0) {
        await query(`update counted set serial = -1 where id = ${there[0]!}`)
        await query('rollback')
      } else {
        const told: string[] = []
        for (let count = 0; count <= turn % 4; count++) told.push(await change())
        await query('commit')
        written.push(...told)
      }
      await sleep(4)
    }
  })()
  done.catch(() => undefined)
  return {
    written,
    async stop() {
      isOver = true
      await done
    },
  }
}

/** Changes that were taken, in their order. */
async function taken(captureId: string): Promise<string[]> {
  const { rows } = await database.store.pool.query<{ op: string; key: string[]; row: (string | null)[] | null }>('select op::text, key, row from collection.change where capture_id = $1 order by seq', [captureId])
  return rows.map(({ op, key, row }) => `${op} ${key[0]} ${row?.[1] ?? ''}`)
}
/** Each table has changes that were written from now on. */
async function goesOn(): Promise<void> {
  for (const { captureId, writer } of followed) {
    const { length } = writer.written
    await until(async () => (await capture(captureId)).changes > length, 120_000)
  }
}
/** As many changes were taken as were written, each once, in the order of the commits. */
async function expectAll(): Promise<void> {
  for (const { captureId, writer } of followed) {
    await until(async () => (await capture(captureId)).changes >= writer.written.length, 120_000)
    expect(await taken(captureId)).toEqual(writer.written)
  }
}

/** A version of all that came holds the rows that the source has. */
async function expectSameRows(): Promise<void> {
  const engine = await createDuckDbEngine({ allowedDirectories: [home], temporaryDirectory: join(home, 'reader') })
  for (const { captureId, source } of followed) {
    const { loadId } = await act(captureId, 'pack')
    await until(async () => (await call<Load>(operations.getLoad, { id: loadId! }, {})).state === 'done', 120_000)
    const { files, fields } = (await api.collection.lake.current((await capture(captureId)).entryCode))!
    const rows: unknown[] = []
    for await (const batch of engine.query({ files, schema: fields }, { columns: ['id', 'serial', 'word'], sort: [{ field: 'id' }] })) rows.push(...batch)
    expect(rows).toEqual((await source.query('select id, serial, word from counted order by id')).map(({ id, serial, word }) => [id, serial, word]))
  }
  await engine.close()
}

describe('changes of tables that never rest', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))('are taken on when the process is killed, round %i', async (round) => {
    if (processes.size === 0) await startProcess()
    await goesOn()
    // A version that is being made dies with the process, and is made by the next.
    if (round === 2) for (const { captureId } of followed) await act(captureId, 'pack')
    await sleep(Math.random() * 400)
    for (const child of processes) await kill(child)
  })

  it('are taken over by another process when the one that had them dies', async () => {
    const first = await startProcess()
    await goesOn()
    const second = await startProcess()
    await kill(first)
    await goesOn()
    expect(second.exitCode).toBeNull()
  })

  it('are taken over from one that hangs, and not taken twice when it wakes', async () => {
    const [hanging] = [...processes]
    await startProcess()
    hanging!.kill('SIGSTOP')
    await goesOn()
    hanging!.kill('SIGCONT')
    await goesOn()
    await kill(hanging!)
    await goesOn()
  })

  it('are all there after that, once each, in the order of their commits', async () => {
    for (const { writer } of followed) await writer.stop()
    await expectAll()
    await expectSameRows()
  })

  it('that the source threw away while nobody listened are missed, said to be, and taken with all rows when begun anew', async () => {
    for (const child of processes) await kill(child)
    for (const { source } of followed) {
      await source.query(`update counted set word = '没人听'`)
      if (source.kind === 'postgresql') await dropSlots(source)
      else {
        await source.query('flush binary logs')
        await until(async () => {
          const [last] = (await source.query('show binary logs')).slice(-1)
          await source.query(`purge binary logs to '${String(last?.['Log_name'])}'`)
          return (await source.query('show binary logs')).length === 1
        })
      }
    }
    await startProcess()
    for (const { captureId, source } of followed) {
      await isIn(captureId, 'held')
      expect(await capture(captureId)).toMatchObject({ failure: { code: 'collection/capture-lost' }, allowedActions: ['restart', 'end'] })
      await act(captureId, 'restart')
      await isIn(captureId, 'running')
      await source.query(`insert into counted values (9999, 1, '再来')`)
      await expect.poll(() => capture(captureId), { timeout: 60_000 }).toMatchObject({ unpacked: 1, failure: null })
    }
    await expectSameRows()
  })
})
