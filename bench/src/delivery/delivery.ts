import { openStore, startEmbeddedPostgres, type PostgresConnection } from '@datong/metadata-store'
import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark, Figures } from '../benchmark.ts'
import { runChild } from '../child.ts'
import { type Defer, temporaryFolder, withCleanup } from '../cleanup.ts'
import type { Settings } from '../settings.ts'
import { round } from '../statistics.ts'
import type { PeerAnswer, PeerInput } from './bare-server.ts'
import { drive, type Measured, middle, type Side, tryOut } from './drive.ts'
import type { GovernedAnswer, GovernedInput } from './governed-server.ts'
import type { PostGraphileAnswer } from './postgraphile-server.ts'
import { prepare } from './prepare.ts'
import { bareSide, governedSide, postgraphileSide } from './sides.ts'

/** Connections to the database of each server; the product's own figure. */
const POOL_SIZE = 24
const TRIED_OUT = 40
const BUILD_WAIT_MS = 120_000

/** Rows by key from the product, beside the least server that can do it and beside PostGraphile, on one and the same table. */
export const deliveryBenchmark: Benchmark = {
  name: 'delivery',
  run: (settings, tell) => withCleanup(async (defer) => {
    const { sides, databasePid } = await startSides(settings, tell, defer)
    const indexes = Array.from({ length: TRIED_OUT }, (_, n) => Math.floor((n * settings.deliveryRows) / TRIED_OUT))
    for (const side of sides) await tryOut(side, indexes)
    return measure(sides, databasePid, settings, tell)
  }),
}

async function startSides({ deliveryRows, profileFolder }: Settings, tell: (line: string) => void, defer: Defer): Promise<{ sides: Side[]; databasePid: number }> {
  const home = join(await temporaryFolder(defer, 'delivery'), 'home')
  const dataDir = join(home, 'postgres')
  // The product stops its database itself, unless it was killed.
  defer(async () => existsSync(join(dataDir, 'postmaster.pid')) && (await startEmbeddedPostgres({ dataDir })).stop())
  const password = randomBytes(18).toString('base64url')
  const input: GovernedInput = { home, password }
  const profile = profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
  const governed = await runChild<GovernedAnswer>(new URL('governed-server.ts', import.meta.url), input, defer, profile)
  const { entry, key } = await prepare(governed.url, password, deliveryRows)
  const { connection, pid: databasePid } = await startEmbeddedPostgres({ dataDir, role: 'guest' })
  const table = await servingTable(connection, entry.code)
  tell(`${deliveryRows} rows are served from ${table}; masked: ${entry.fields.filter(({ masking }) => masking !== null).map(({ name }) => name).join(', ')}`)

  const peer: PeerInput = { connection, table, poolSize: POOL_SIZE }
  const bare = await runChild<PeerAnswer>(new URL('bare-server.ts', import.meta.url), peer, defer)
  const graph = await runChild<PostGraphileAnswer>(new URL('postgraphile-server.ts', import.meta.url), peer, defer)
  return { sides: [bareSide(bare), postgraphileSide(graph), governedSide(governed, entry, key)], databasePid }
}

/** The table is built after publication, in the background. */
async function servingTable(connection: PostgresConnection, entryCode: string): Promise<string> {
  const store = await openStore({ connection, poolSize: 1 })
  try {
    for (const since = performance.now(); performance.now() - since < BUILD_WAIT_MS; await sleep(200)) {
      const { rows } = await sql<{ name: string; indexed: string[] }>`
        select table_name as name, indexed from delivery.serving where entry_code = ${entryCode}`.execute(store.db)
      const [table] = rows
      if (table !== undefined && table.indexed.length > 0) return table.name
    }
  } finally {
    await store.close()
  }
  throw new Error('the serving table was not built in time')
}

/** Sides take turns, so that what drifts on the machine hits all alike. */
async function measure(sides: readonly Side[], databasePid: number, settings: Settings, tell: (line: string) => void): Promise<Figures> {
  const found = new Map<string, Measured[]>(sides.map(({ name }) => [name, []]))
  for (let turn = 1; turn <= settings.rounds; turn++) {
    for (const side of sides) {
      await drive(side, databasePid, settings.deliveryRows, settings.warmUpSeconds)
      const one = await drive(side, databasePid, settings.deliveryRows, settings.seconds)
      found.get(side.name)?.push(one)
      tell(`round ${turn}: ${side.name.padEnd(12)} ${one.rps} requests a second, p50 ${one.p50Ms} ms, p99 ${one.p99Ms} ms, ${one.cpuMicros} µs of processor`)
    }
  }
  const [bare, postgraphile, governed] = ['bare', 'postgraphile', 'governed'].map((name) => middle(found.get(name) ?? [])) as [Measured, Measured, Measured] // three names
  return {
    bareRps: bare.rps, postgraphileRps: postgraphile.rps, governedRps: governed.rps, p50Ms: governed.p50Ms, p99Ms: governed.p99Ms,
    bareP50Ms: bare.p50Ms, bareP99Ms: bare.p99Ms, postgraphileP50Ms: postgraphile.p50Ms, postgraphileP99Ms: postgraphile.p99Ms,
    cpuMicros: { bare: bare.cpuMicros, postgraphile: postgraphile.cpuMicros, governed: governed.cpuMicros },
    shareOfBare: round(governed.rps / bare.rps, 2), timesPostgraphile: round(governed.rps / postgraphile.rps, 2),
    rows: settings.deliveryRows, connections: 50, seconds: settings.seconds, rounds: settings.rounds,
  }
}
