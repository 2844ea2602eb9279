import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storeSentence } from '../store-errors.ts'
import { isAlive } from './process-info.ts'
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './start.ts'

const holdServer = fileURLToPath(new URL('../testing/hold-server.ts', import.meta.url))

describe('the embedded PostgreSQL', () => {
  let folder: string
  let dataDir: string
  let servers: EmbeddedPostgres[]
  let serverPids: number[]

  const start = async (options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir, minFreeBytes: 0, durable: false, ...options })
    servers.push(server)
    serverPids.push(server.pid)
    return server
  }
  const run = async <T extends pg.QueryResultRow>(server: EmbeddedPostgres, statement: string): Promise<T[]> => {
    const client = new pg.Client({ ...server.connection })
    await client.connect()
    try {
      return (await client.query<T>(statement)).rows
    } finally {
      await client.end()
    }
  }
  /** Another Node process that starts the server; `kill` ends Node as kill -9 does. */
  const holder = async (): Promise<{ child: ChildProcess; serverPid: number; kill: () => Promise<void> }> => {
    const child = spawn(process.execPath, [holdServer, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const serverPid = Number(line.toString())
    serverPids.push(serverPid)
    return {
      child, serverPid,
      kill: async () => {
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      },
    }
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datong-embedded-'))
    await chmod(folder, 0o755)
    dataDir = join(folder, 'pg')
    servers = []
    serverPids = []
  })
  afterEach(async () => {
    for (const server of servers) await server.stop()
    for (const pid of serverPids) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  it('keeps its data over a stop and a start, and listens on no network address', async () => {
    const first = await start({ durable: true })
    expect(first.attached).toBe(false)
    await run(first, 'create table kept as select 1 as one')
    expect(await run(first, `select setting from pg_settings where name in ('listen_addresses', 'fsync') order by name`))
      .toEqual([{ setting: 'on' }, { setting: '' }])
    await first.stop()
    expect(isAlive(first.pid)).toBe(false)
    const second = await start()
    expect(await run(second, 'select one from kept')).toEqual([{ one: 1 }])
    expect((await stat(`${dataDir}.password`)).mode & 0o777).toBe(0o600)
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
  })

  it('refuses a second program on the same folder and lets a guest join', async () => {
    const owner = await start()
    const refusal: unknown = await start({ lockWaitMs: 0 }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'store/locked', params: { pid: process.pid } })
    expect(storeSentence(refusal)).toContain('Another Datong')
    const guest = await start({ role: 'guest' })
    expect(await run(guest, 'select 1 as one')).toEqual([{ one: 1 }])
    await guest.stop()
    expect(isAlive(owner.pid)).toBe(true)
  })

  it('waits for an owner that is stopping just now', async () => {
    const first = await start()
    const [second] = await Promise.all([start({ lockWaitMs: 30_000 }), first.stop()])
    expect(await run(second, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('tells a guest when nobody keeps the store running', async () => {
    await expect(start({ role: 'guest' })).rejects.toMatchObject({ code: 'store/not-running' })
  })

  it('joins the server that a killed program left running', async () => {
    const { serverPid, kill } = await holder()
    await kill()
    expect(isAlive(serverPid)).toBe(true)
    const server = await start()
    expect(server.attached).toBe(true)
    expect(server.pid).toBe(serverPid)
    await server.stop()
    expect(isAlive(serverPid)).toBe(false)
  })

  it('starts again after program and server were killed together, with all that was committed', async () => {
    for (let round = 1; round <= 3; round++) {
      const { serverPid, kill } = await holder()
      const guest = await start({ role: 'guest' })
      await run(guest, round === 1 ? 'create table kept as select 1 as round' : `insert into kept values (${round})`)
      process.kill(serverPid, 'SIGKILL')
      await kill()
    }
    const server = await start()
    expect(await run(server, 'select round from kept order by round')).toEqual([{ round: 1 }, { round: 2 }, { round: 3 }])
  })

  it('is started again when it dies by itself', async () => {
    const server = await start({ durable: true })
    await run(server, 'create table kept as select 1 as one')
    process.kill(server.pid, 'SIGKILL')
    await expect.poll(() => run(server, 'select one from kept').catch(() => []), { timeout: 20_000 }).toEqual([{ one: 1 }])
    serverPids.push(Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0]))
    await server.stop()
    expect(serverPids.map(isAlive)).toEqual([false, false])
  })

  it('tells when it died and cannot be started again', async () => {
    const told: unknown[] = []
    const server = await start({ onGivenUp: (error) => told.push(error) })
    await truncate(join(dataDir, 'global', 'pg_control'), 100)
    process.kill(server.pid, 'SIGKILL')
    await expect.poll(() => told.map(storeSentence), { timeout: 20_000 }).toEqual([expect.stringContaining('is damaged and cannot be started')])
  })

  it('is not held up by a lock file whose process number belongs to another program now', async () => {
    const first = await start()
    await first.stop()
    const { uid, gid } = await stat(dataDir)
    const other = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
    const lockFile = join(dataDir, 'postmaster.pid')
    await writeFile(lockFile, [other.pid, dataDir, 1, 5432, dataDir, '', '  1  1', 'ready'].join('\n'), { mode: 0o600 })
    await chown(lockFile, uid, gid)
    const second = await start()
    expect(second.attached).toBe(false)
    other.kill()
  })

  it('takes over the lock of a process that is dead', async () => {
    await writeFile(`${dataDir}.lock`, JSON.stringify({ pid: process.pid, mark: 'an earlier process of this number' }))
    const server = await start()
    expect(JSON.parse(await readFile(`${dataDir}.lock`, 'utf8'))).toMatchObject({ pid: process.pid })
    await server.stop()
    await expect(stat(`${dataDir}.lock`)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.each([
    ['a cut control file', (dir: string) => truncate(join(dir, 'global', 'pg_control'), 100)],
    ['no control file', (dir: string) => rm(join(dir, 'global', 'pg_control'))],
    ['no write-ahead log', (dir: string) => rm(join(dir, 'pg_wal'), { recursive: true })],
  ])('says in one sentence that a folder with %s is damaged', async (_, damage) => {
    await (await start()).stop()
    await damage(dataDir)
    const failure: unknown = await start().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'store/damaged' })
    expect(storeSentence(failure)).toMatch(/^The store in .* is damaged .*\.$/)
  })

  it('says when its password or its tables are damaged, and leaves no server running', async () => {
    const server = await start({ durable: true })
    await run(server, 'checkpoint')
    const [relation] = await run<{ path: string }>(server, `select pg_relation_filepath('pg_class') as path`)
    await server.stop()
    const password = await readFile(`${dataDir}.password`)
    await writeFile(`${dataDir}.password`, 'x')
    await expect(start()).rejects.toMatchObject({ code: 'store/damaged', params: { detail: expect.stringContaining('password') } })
    await writeFile(`${dataDir}.password`, password)
    const base = relation!.path.replace(/[^/]*$/, '')
    for (const name of await readdir(join(dataDir, 'base'))) await truncate(join(dataDir, 'base', name, relation!.path.slice(base.length)), 4_000).catch(() => undefined)
    await expect(start()).rejects.toMatchObject({ code: 'store/damaged' })
    await expect(readFile(join(dataDir, 'postmaster.pid'))).rejects.toThrow('ENOENT')
  })

  it('does not touch a folder that holds something else', async () => {
    await start().then((server) => server.stop())
    await rm(dataDir, { recursive: true })
    await mkdir(dataDir)
    await writeFile(join(dataDir, 'letter.txt'), 'dear reader')
    await expect(start()).rejects.toMatchObject({ code: 'store/damaged' })
    expect(await readFile(join(dataDir, 'letter.txt'), 'utf8')).toBe('dear reader')
  })

  it('begins anew when the very first start was cut off', async () => {
    await mkdir(join(folder, 'pg.unfinished', 'base'), { recursive: true })
    const server = await start()
    expect(await run(server, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('refuses to start when the disk is nearly full', async () => {
    const failure: unknown = await start({ minFreeBytes: 2 ** 60 }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'store/no-space' })
    expect(storeSentence(failure)).toMatch(/too little disk space/)
  })

  it('works in a folder whose path is too long for a socket', async () => {
    dataDir = join(folder, 'a'.repeat(60), 'b'.repeat(60), 'pg')
    const server = await start()
    expect(server.connection.host.length).toBeLessThan(100)
    expect(await run(server, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
    await rm(server.connection.host, { recursive: true, force: true })
  })

  it('works below a folder that only its owner may pass, be it root', async () => {
    await chmod(folder, 0o700)
    const server = await start()
    expect(await run(server, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})
