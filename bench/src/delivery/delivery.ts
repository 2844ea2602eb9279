import type { Benchmark, Figures } from '../benchmark.ts'
import { runChild } from '../child.ts'
import { type Defer, withCleanup } from '../cleanup.ts'
import type { Settings } from '../settings.ts'
import { median, round } from '../statistics.ts'
import type { PeerAnswer, PeerInput } from './bare-server.ts'
import { rowsByName } from './companies.ts'
import { CONNECTIONS, driveInTurns, type Measured, middle, type Side, tryOut } from './drive.ts'
import type { PostGraphileAnswer } from './postgraphile-server.ts'
import { companies, prepare } from './prepare.ts'
import { bareListSide, bareSide, governedListSide, governedSide, postgraphileSide, verifySide } from './sides.ts'
import { servingTable, startBeside, startGoverned } from './start.ts'

/** Connections to the database of each server; the product's own figure. */
const POOL_SIZE = 24
const TRIED_OUT = 40

/** Rows by key, lists and verification from the product, beside the least server that can do it and beside PostGraphile, on one and the same table. */
export const deliveryBenchmark: Benchmark = {
  name: 'delivery',
  run: (settings, tell) => withCleanup(async (defer) => {
    const { groups, databasePid } = await startSides(settings, tell, defer)
    const indexes = Array.from({ length: TRIED_OUT }, (_, n) => Math.floor((n * settings.deliveryRows) / TRIED_OUT))
    for (const side of groups.flat()) await tryOut(side, indexes)
    return figuresOf(await measure(groups, databasePid, settings, tell), settings)
  }),
}

async function startSides({ deliveryRows, profileFolder }: Settings, tell: (line: string) => void, defer: Defer): Promise<{ groups: Side[][]; databasePid: number }> {
  const started = await startGoverned(profileFolder, defer)
  const { governed, password, connection, databasePid } = started
  const { entry, key } = await prepare(governed.url, password, companies(deliveryRows))
  const table = await servingTable(connection, entry.code)
  tell(`${deliveryRows} rows are served from ${table}; masked: ${entry.fields.filter(({ masking }) => masking !== null).map(({ name }) => name).join(', ')}`)

  const peer: PeerInput = { connection, table, poolSize: POOL_SIZE }
  const bare = await runChild<PeerAnswer>(new URL('bare-server.ts', import.meta.url), peer, defer)
  const graph = await runChild<PostGraphileAnswer>(new URL('postgraphile-server.ts', import.meta.url), peer, defer)
  const forgetful = await startBeside(started, defer, { DATONG_ANSWER_MEMORY_MB: '0' })
  const lists = rowsByName(deliveryRows)
  return {
    groups: [
      [bareSide(bare)], [postgraphileSide(graph)], [governedSide(governed, entry, key), verifySide(governed, entry, key)],
      [{ ...governedSide(forgetful, entry, key), name: 'nothing kept' }, { ...verifySide(forgetful, entry, key), name: 'verified anew' }],
      [bareListSide(bare, lists)], [governedListSide(governed, entry, key, lists)],
    ],
    databasePid,
  }
}

/**
 * Groups take turns, so that what drifts on the machine hits all alike; sides of one and the same process do so within their group, in short
 * ones, which would charge other processes with what one still does after its turn. A first round is not counted: what a program runs is
 * compiled while it runs, and the more of it there is, the longer that takes.
 */
async function measure(groups: readonly (readonly Side[])[], databasePid: number, settings: Settings, tell: (line: string) => void): Promise<Rounds> {
  const asked = { databasePid, tableRows: settings.deliveryRows, warmUpSeconds: settings.warmUpSeconds, seconds: settings.seconds }
  const found = new Map<string, Measured[]>(groups.flat().map(({ name }) => [name, []]))
  for (let turn = 0; turn <= settings.rounds; turn++) {
    for (const sides of groups) {
      for (const [index, one] of (await driveInTurns(sides, asked)).entries()) {
        const { name } = sides[index]! // in the order of the sides
        if (turn > 0) found.get(name)?.push(one)
        tell(`round ${turn}: ${name.padEnd(13)} ${one.rps} requests a second, p50 ${one.p50Ms} ms, p99 ${one.p99Ms} ms, ${one.cpuMicros} µs of processor`)
      }
    }
  }
  return (name) => found.get(name) ?? []
}

/** What was measured of a side, round by round. */
type Rounds = (name: string) => readonly Measured[]

function figuresOf(rounds: Rounds, { deliveryRows, warmUpSeconds, seconds, rounds: count }: Settings): Figures {
  const of = (name: string): Measured => middle(rounds(name))
  // Of each round: its sides were measured within the same minute.
  const times = (one: string, other: string): number => round(median(rounds(one).map(({ rps }, index) => rps / rounds(other)[index]!.rps)), 2) // as many of each
  const [bare, postgraphile, governed] = [of('bare'), of('postgraphile'), of('governed')]
  const [verification, fresh, anew] = [of('verification'), of('nothing kept'), of('verified anew')]
  const [bareList, list] = [of('bare list'), of('governed list')]
  return {
    bareRps: bare.rps, postgraphileRps: postgraphile.rps, governedRps: governed.rps, p50Ms: governed.p50Ms, p99Ms: governed.p99Ms,
    bareP50Ms: bare.p50Ms, bareP99Ms: bare.p99Ms, postgraphileP50Ms: postgraphile.p50Ms, postgraphileP99Ms: postgraphile.p99Ms,
    verificationRps: verification.rps, verificationP99Ms: verification.p99Ms, nothingKeptRps: fresh.rps, nothingKeptP99Ms: fresh.p99Ms,
    nothingKeptVerificationRps: anew.rps, nothingKeptVerificationP99Ms: anew.p99Ms,
    bareListRps: bareList.rps, listRps: list.rps, listP99Ms: list.p99Ms,
    cpuMicros: {
      bare: bare.cpuMicros, postgraphile: postgraphile.cpuMicros, governed: governed.cpuMicros, verification: verification.cpuMicros,
      nothingKept: fresh.cpuMicros, nothingKeptVerification: anew.cpuMicros, bareList: bareList.cpuMicros, list: list.cpuMicros,
    },
    shareOfBare: times('governed', 'bare'), timesPostgraphile: times('governed', 'postgraphile'),
    nothingKeptShareOfBare: times('nothing kept', 'bare'), nothingKeptTimesPostgraphile: times('nothing kept', 'postgraphile'),
    listShareOfBare: times('governed list', 'bare list'), verificationShareOfKeyRead: times('verification', 'governed'),
    nothingKeptVerificationShareOfKeyRead: times('verified anew', 'nothing kept'),
    rows: deliveryRows, connections: CONNECTIONS, warmUpSeconds, seconds, rounds: count,
  }
}
