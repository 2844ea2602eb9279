import { type Entry, operations } from '@datong/contracts'
import type { PostgresConnection } from '@datong/metadata-store'
import { randomInt } from 'node:crypto'
import type { Benchmark, Figures } from '../benchmark.ts'
import { type Defer, withCleanup } from '../cleanup.ts'
import type { Settings } from '../settings.ts'
import { median, round } from '../statistics.ts'
import { COLUMNS, companiesCsv } from './companies.ts'
import { copyGrants } from './copy-grants.ts'
import { drive, type Measured, middle, type Side, tryOut } from './drive.ts'
import type { GovernedAnswer } from './governed-server.ts'
import { apply, companies, keyFor, offer, type Officers, prepare, signInAll } from './prepare.ts'
import { revoke } from './revoke.ts'
import { governedSide } from './sides.ts'
import { servingTable, startBeside, startGoverned } from './start.ts'

const ENTRY_ROWS = 25_000
const AT_ONCE = 16

/** What many grants and keys, a second process and a revocation under load do to calls by key. */
export const scaleBenchmark: Benchmark = {
  name: 'scale',
  run: (settings, tell) => withCleanup((defer) => measure(settings, tell, defer)),
}

async function measure(settings: Settings, tell: (line: string) => void, defer: Defer): Promise<Figures> {
  const started = await startGoverned(settings.profileFolder, defer)
  const { governed, password, connection, databasePid } = started
  const { entry, key, applicationId } = await prepare(governed.url, password, companies(ENTRY_ROWS))
  await servingTable(connection, entry.code)
  const officers = await signInAll(governed.url, password)
  const { warmUpSeconds, seconds } = settings
  const load = (side: Side): Promise<Measured> => drive(side, { databasePid, tableRows: ENTRY_ROWS, warmUpSeconds, seconds })
  const single = governedSide(governed, entry, key)
  await tryOut(single, [0, 1, ENTRY_ROWS - 1])
  const alone = await load(single)
  tell(`one grant and one key: ${alone.rps} requests a second, ${alone.cpuMicros} µs of processor`)

  const { entries, keys, seconds: preparing } = await populate(officers, connection, settings, tell)
  await touchAll(governed, entries, keys)
  tell(`each key was used once on each entry`)
  // Turns about: the machine's own drift must not look like the price of grants.
  const sides = [single, manySides(governed, entries.slice(0, 1), keys), manySides(governed, entries, keys)]
  const rounds: Measured[][] = sides.map(() => [])
  for (let turn = 0; turn < settings.rounds; turn++) {
    for (const [index, side] of sides.entries()) rounds[index]!.push(await load(side)) // one list for each side
  }
  const [before, oneEntry, after] = rounds.map(middle) as [Measured, Measured, Measured] // as many as sides
  tell(`one key: ${before.rps} requests a second, ${before.cpuMicros} µs; ${keys.length} keys on one entry: ${oneEntry.rps}, ${oneEntry.cpuMicros} µs; on ${entries.length} entries: ${after.rps}, ${after.cpuMicros} µs`)

  const beside = await startBeside(started, defer)
  const other = governedSide(beside, entry, key)
  await tryOut(other, [0, 1])
  const byOne: number[] = []
  const byTwo: number[] = []
  // The first round is not counted: the second process has done nothing yet.
  for (let turn = 0; turn <= settings.rounds; turn++) {
    const one = await load(single)
    const [left, right] = await Promise.all([load(single), load(other)])
    tell(`one process: ${one.rps} requests a second; two: ${left.rps} and ${right.rps}`)
    if (turn === 0) continue
    byOne.push(one.rps)
    byTwo.push(left.rps + right.rps)
  }

  const revocation = await revoke({ sides: [single, other], rows: ENTRY_ROWS, by: async () => {
    await officers.provider(operations.actOnApplication, { params: { id: applicationId, action: 'revoke' }, body: { reason: '用途已结束' } })
  } })
  tell(`revocation: last answer with data begun ${revocation.map(({ lastDataMs }) => lastDataMs).join(' and ')} ms after it was answered`)
  return {
    oneKeyAloneRps: alone.rps, oneKeyRps: before.rps, keysOnOneEntryRps: oneEntry.rps, keysOnAllEntriesRps: after.rps,
    amongGrantsShareOfAlone: round(before.rps / alone.rps, 2), keysShareOfOne: round(oneEntry.rps / before.rps, 2), allShareOfOne: round(after.rps / before.rps, 2),
    cpuMicros: { oneKeyAlone: alone.cpuMicros, oneKey: before.cpuMicros, keysOnOneEntry: oneEntry.cpuMicros, keysOnAllEntries: after.cpuMicros },
    databaseMicros: { oneKey: before.databaseMicros, keysOnOneEntry: oneEntry.databaseMicros, keysOnAllEntries: after.databaseMicros },
    allP99Ms: after.p99Ms, grants: keys.length * entries.length, keys: keys.length, entries: entries.length, preparingSeconds: round(preparing),
    oneProcessRps: median(byOne), twoProcessesRps: median(byTwo), twoShareOfOne: round(median(byTwo) / median(byOne), 2),
    revocationLastDataMs: revocation.map(({ lastDataMs }) => lastDataMs), revocationFirstRefusalMs: revocation.map(({ firstRefusalMs }) => firstRefusalMs),
    answersAfterRevocation: revocation.map(({ answersAfter }) => answersAfter),
    rows: ENTRY_ROWS, seconds: settings.seconds, rounds: settings.rounds,
  }
}

/** Unconditional entries, granted to one app by rule, and by copies to all others; a key for each app. */
async function populate(officers: Officers, connection: PostgresConnection, { grants, keys }: Settings, tell: (line: string) => void): Promise<{ entries: Entry[]; keys: string[]; seconds: number }> {
  const began = performance.now()
  const entries: Entry[] = []
  for (let index = 0; index < Math.max(1, Math.round(grants / keys)); index++) {
    const title = `企业登记基本信息${index + 1}`
    entries.push(await offer(officers, { title, rows: ENTRY_ROWS, csv: () => companiesCsv(ENTRY_ROWS), identifier: COLUMNS[0], sharingType: 'unconditional' }))
  }
  for (const { code } of entries) await servingTable(connection, code)
  const apps: string[] = []
  const made: string[] = []
  const numbers = Array.from({ length: keys }, (_, index) => index).values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const number of numbers) {
      const app = await officers.consumer(operations.createApp, { body: { name: `业务系统${number + 1}` } })
      apps.push(app.id)
      made.push(await keyFor(officers.consumer, app.id))
    }
  }))
  const [first, ...others] = apps
  if (first === undefined) throw new Error('there are no apps')
  for (const entry of entries) await apply(officers.consumer, entry, first)
  await copyGrants(connection, first, others)
  const seconds = (performance.now() - began) / 1_000
  tell(`${entries.length} entries, ${apps.length} keys and ${apps.length * entries.length} grants made in ${round(seconds)} s`)
  return { entries, keys: made, seconds }
}

/** Any of the keys on any of the entries. */
function manySides(governed: GovernedAnswer, entries: readonly Entry[], keys: readonly string[]): Side {
  const sides = entries.map((entry) => keys.map((key) => governedSide(governed, entry, key)))
  const [first] = sides.flat()
  if (first === undefined) throw new Error('there are no keys')
  return { ...first, name: 'many keys', ask: (index) => sides[randomInt(sides.length)]![randomInt(keys.length)]!.ask(index) } // both within their lengths
}

/** Each key once on each entry, as a house that has run for a while knows them. */
async function touchAll(governed: GovernedAnswer, entries: readonly Entry[], keys: readonly string[]): Promise<void> {
  const calls = entries.flatMap((entry) => keys.map((key) => governedSide(governed, entry, key))).values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const side of calls) await tryOut(side, [0])
  }))
}
