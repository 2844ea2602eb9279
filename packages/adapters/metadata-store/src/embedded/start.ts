import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { mkdir, realpath, rm, statfs, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Log, silentLog } from '../log.ts'
import { asStoreError, sqlState, storeError } from '../store-errors.ts'
import { findBinaries, type PostgresBinaries } from './binaries.ts'
import { diagnose, isStaleLock, readLogSince } from './diagnose.ts'
import { initialise, isInitialised, STORE_NAME } from './initialise.ts'
import { keepAlive } from './keep-alive.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { isAlive, isPostmasterOf } from './process-info.ts'
import { chooseRunAs, type RunAs, serverEnvironment } from './run-as.ts'
import { serverArguments } from './settings.ts'
import { chooseSocketFolder, SOCKET_PORT } from './socket-folder.ts'
import { lockStore } from './store-lock.ts'

/** How to reach a PostgreSQL server, in the driver's words. */
export interface PostgresConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

export interface EmbeddedPostgresOptions {
  /** Folder of the data; made when missing. Its lock, password and log are kept beside it (`<dataDir>.lock` …). */
  readonly dataDir: string
  /** Folder of the socket; the data folder, or a short temporary one when that path is too long. */
  readonly socketDir?: string
  readonly log?: Log
  readonly maxConnections?: number
  /** False only for throw-away stores of tests. */
  readonly durable?: boolean
  /** `owner` (the default) starts the server and stops it; `guest` only joins one that an owner keeps running. */
  readonly role?: 'owner' | 'guest'
  /** How long to wait for another owner, which may be stopping just now, in milliseconds; 3,000 by default. */
  readonly lockWaitMs?: number
  /** Least free disk space to start with, in bytes. */
  readonly minFreeBytes?: number
  /** Longest wait for a server to become ready (recovery after a crash included), in milliseconds. */
  readonly startTimeoutMs?: number
  /** Told when the server died and could not be started again: nothing works any more. One that died once is started again by itself. */
  readonly onGivenUp?: (error: unknown) => void
}

export interface EmbeddedPostgres {
  /** For `pg` and `openStore`. */
  readonly connection: PostgresConnection
  /** The same as a URL. */
  readonly connectionString: string
  /** Process id of the server that was started or joined. */
  readonly pid: number
  /** True when a server left by an earlier process was joined instead of started. */
  readonly attached: boolean
  /** Ends all sessions, shuts the server down cleanly and gives the lock back; a guest does nothing. */
  stop(): Promise<void>
}

const DEFAULT_MIN_FREE_BYTES = 256 * 2 ** 20
const MAX_LOG_BYTES = 16 * 2 ** 20

/**
 * Starts the PostgreSQL that comes with the program on a data folder, or joins the one that an earlier process left
 * running (`kill -9` of Node does not stop it). It listens on a Unix socket only.
 * @throws AppError `store/locked`, `store/no-space`, `store/disk-full`, `store/damaged`, `store/not-permitted`,
 *   `store/wrong-version`, `store/not-running`, `store/unsupported-platform`
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const wished = resolve(options.dataDir)
  try {
    return await startOrJoin(wished, options)
  } catch (error) {
    throw fromFileSystem(error, wished)
  }
}

async function startOrJoin(wished: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(dirname(wished), { recursive: true })
  // PostgreSQL resolves links; comparing its working folder with ours needs the same spelling.
  const dataDir = join(await realpath(dirname(wished)), basename(wished))
  if (options.role === 'guest') return joinAsGuest(dataDir)
  const lock = await lockStore(`${dataDir}.lock`, dataDir, options.lockWaitMs ?? 3_000)
  try {
    let server = await startOrAttach(dataDir, options)
    const rest = keepAlive({
      isServing: () => isAlive(server.pid),
      restart: async () => {
        server = await startOrAttach(dataDir, options)
      },
      onGivenUp: (error) => options.onGivenUp?.(fromFileSystem(error, dataDir)),
      log: options.log ?? silentLog,
    })
    return {
      ...server,
      stop: async () => {
        await rest()
        await stopServer(server.pid, dataDir, options.log ?? silentLog)
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** A file system that refuses (full, read-only, closed) has a sentence of its own too. */
function fromFileSystem(error: unknown, dataDir: string): unknown {
  if (error instanceof Error && ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(sqlState(error) ?? '')) {
    return storeError('store/not-permitted', { dataDir, detail: error.message }, error)
  }
  return asStoreError(error)
}

type Running = Omit<EmbeddedPostgres, 'stop'>

async function joinAsGuest(dataDir: string): Promise<EmbeddedPostgres> {
  const running = await attach(dataDir)
  if (running === undefined) throw storeError('store/not-running', { dataDir })
  return { ...running, stop: async () => undefined }
}

async function startOrAttach(dataDir: string, options: EmbeddedPostgresOptions): Promise<Running> {
  const log = options.log ?? silentLog
  const running = await attach(dataDir)
  if (running !== undefined) {
    log.info({ pid: running.pid }, 'joined the PostgreSQL server that an earlier process left running')
    return running
  }
  await checkSpace(dataDir, options.minFreeBytes ?? DEFAULT_MIN_FREE_BYTES)
  const binaries = await findBinaries()
  const logFile = `${dataDir}.log`
  const exists = await isInitialised(dataDir, logFile)
  const runAs = chooseRunAs(dataDir, binaries.initdb, exists ? statSync(dataDir).uid : undefined, log)
  const durable = options.durable ?? true
  const password = exists ? readPassword(dataDir, logFile) : await makePassword(dataDir)
  if (!exists) await initialise(binaries, dataDir, password, runAs, durable, logFile)
  const socketDir = chooseSocketFolder(dataDir, options.socketDir, runAs)
  const settings = serverArguments({ socketDir, maxConnections: options.maxConnections ?? 100, durable })
  const deadline = Date.now() + (options.startTimeoutMs ?? 120_000)
  for (;;) {
    const outcome = await launch(binaries, dataDir, runAs, settings, logFile, deadline)
    if (outcome.ok) {
      const connection = connectionTo(socketDir, password)
      try {
        await ensureDatabase(connection)
      } catch (error) {
        await stopServer(outcome.pid, dataDir, log)
        throw asDamage(error, dataDir)
      }
      return describe(outcome.pid, connection, false)
    }
    if (!isStaleLock(outcome.output) || Date.now() > deadline) throw diagnose(outcome.output, dataDir, logFile)
    await clearStaleLock(dataDir)
    await sleep(200)
  }
}

async function attach(dataDir: string): Promise<Running | undefined> {
  const found = readPostmasterFile(dataDir)
  if (found === undefined || !isPostmasterOf(found.pid, dataDir)) return undefined
  const password = readPassword(dataDir, `${dataDir}.log`)
  const connection = connectionTo(found.socketDir, password)
  // It may be starting (recovery) or stopping: wait until it answers or is gone.
  for (let waitedMs = 0; waitedMs < 60_000 && isPostmasterOf(found.pid, dataDir); waitedMs += 100) {
    try {
      await ensureDatabase(connection)
      return describe(found.pid, connection, true)
    } catch (error) {
      const damage = asDamage(error, dataDir)
      if (damage !== error) throw damage
      await sleep(100)
    }
  }
  return undefined
}

/** What a server says that runs but cannot be used: SQLSTATE classes 28 (not let in), 58 (system error), XX (corrupted). */
function asDamage(error: unknown, dataDir: string): unknown {
  const state = sqlState(error) ?? ''
  if (!/^(28|58|XX)...$/.test(state) || !(error instanceof Error)) return error
  const detail = state.startsWith('28') ? `its password file ${dataDir}.password is not the right one` : error.message
  return storeError('store/damaged', { dataDir, detail, logFile: `${dataDir}.log` }, error)
}

type Launch = { readonly ok: true; readonly pid: number } | { readonly ok: false; readonly output: string }

/** Starts the server in a session of its own, so that Ctrl-C in a terminal reaches Node only, and waits for `ready`. */
async function launch(
  binaries: PostgresBinaries, dataDir: string, runAs: RunAs, settings: readonly string[], logFile: string, deadline: number,
): Promise<Launch> {
  if (existsSync(logFile) && statSync(logFile).size > MAX_LOG_BYTES) truncateSync(logFile)
  const file = openSync(logFile, 'a', 0o600)
  const from = statSync(logFile).size
  const [command = binaries.postgres, ...args] = [...runAs.prefix, binaries.postgres, '-D', dataDir, ...settings]
  const child = spawn(command, args, {
    ...runAs.ids, cwd: '/', env: serverEnvironment(), detached: true, stdio: ['ignore', file, file],
  })
  closeSync(file)
  let ended = false
  child.on('error', () => (ended = true))
  child.on('exit', () => (ended = true))
  child.unref()
  while (!ended && Date.now() < deadline) {
    const state = readPostmasterFile(dataDir)
    if (state !== undefined && state.pid === child.pid && state.status === 'ready') return { ok: true, pid: state.pid }
    await sleep(20)
  }
  if (!ended) child.kill('SIGQUIT')
  return { ok: false, output: readLogSince(logFile, from) }
}

/** Removes the lock file of a dead server whose number another process has by now; PostgreSQL itself would refuse. */
async function clearStaleLock(dataDir: string): Promise<void> {
  const found = readPostmasterFile(dataDir)
  if (found !== undefined && !isPostmasterOf(found.pid, dataDir)) await rm(join(dataDir, 'postmaster.pid'), { force: true })
}

async function stopServer(pid: number, dataDir: string, log: Log): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown: sessions are ended, transactions rolled back, a checkpoint written.
  for (const [signal, waitMs] of [['SIGINT', 60_000], ['SIGQUIT', 10_000]] as const) {
    if (!isPostmasterOf(pid, dataDir)) return
    process.kill(pid, signal)
    for (let waited = 0; waited < waitMs && isAlive(pid); waited += 20) await sleep(20)
    if (!isAlive(pid)) return
    log.warn({ pid, signal }, 'PostgreSQL did not stop in time')
  }
}

async function checkSpace(dataDir: string, minFreeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(dataDir))
  const free = bavail * bsize
  if (free >= minFreeBytes) return
  const toMiB = (bytes: number): number => Math.floor(bytes / 2 ** 20)
  throw storeError('store/no-space', { dataDir, freeMiB: toMiB(free), neededMiB: toMiB(minFreeBytes) })
}

async function makePassword(dataDir: string): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  await writeFile(`${dataDir}.password`, password, { mode: 0o600 })
  return password
}

function readPassword(dataDir: string, logFile: string): string {
  try {
    return readFileSync(`${dataDir}.password`, 'utf8').trim()
  } catch {
    throw storeError('store/damaged', { dataDir, detail: `its password file ${dataDir}.password cannot be read`, logFile })
  }
}

function connectionTo(host: string, password: string): PostgresConnection {
  return { host, port: SOCKET_PORT, user: STORE_NAME, password, database: STORE_NAME }
}

function describe(pid: number, connection: PostgresConnection, attached: boolean): Running {
  const { user, password, database, host, port } = connection
  const connectionString = `postgresql://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
  return { connection, connectionString, pid, attached }
}

async function ensureDatabase(connection: PostgresConnection): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [STORE_NAME])
    if (rowCount === 0) await client.query(`create database ${STORE_NAME}`)
  } finally {
    await client.end()
  }
}
