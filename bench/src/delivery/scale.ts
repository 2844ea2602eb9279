import { type Entry, operations } from '@datong/contracts'
import { randomInt } from 'node:crypto'
import type { Benchmark, Figures } from '../benchmark.ts'
import { type Defer, withCleanup } from '../cleanup.ts'
import type { Settings } from '../settings.ts'
import { round } from '../statistics.ts'
import { COLUMNS, companiesCsv } from './companies.ts'
import { drive, middle, type Side, tryOut } from './drive.ts'
import type { GovernedAnswer } from './governed-server.ts'
import { apply, companies, keyFor, offer, type Officers, prepare, signInAll } from './prepare.ts'
import { revoke } from './revoke.ts'
import { governedSide } from './sides.ts'
import { servingTable, startBeside, startGoverned } from './start.ts'

/** Every app has a grant for each of these. */
const ENTRIES = 10
const ENTRY_ROWS = 25_000
const AT_ONCE = 16

/** What many grants and keys, a second process and a revocation under load do to calls by key. */
export const scaleBenchmark: Benchmark = {
  name: 'scale',
  run: (settings, tell) => withCleanup((defer) => measure(settings, tell, defer)),
}

async function measure(settings: Settings, tell: (line: string) => void, defer: Defer): Promise<Figures> {
  const started = await startGoverned(null, defer)
  const { governed, password, connection, databasePid } = started
  const { entry, key, applicationId } = await prepare(governed.url, password, companies(ENTRY_ROWS))
  await servingTable(connection, entry.code)
  const officers = await signInAll(governed.url, password)
  const run = async (side: Side, servers = [databasePid]): Promise<Awaited<ReturnType<typeof drive>>[]> => {
    await tryOut(side, [0, 1, ENTRY_ROWS - 1])
    await drive(side, databasePid, ENTRY_ROWS, settings.warmUpSeconds)
    const rounds = []
    for (let turn = 0; turn < settings.rounds; turn++) rounds.push(await drive(side, servers[0] ?? databasePid, ENTRY_ROWS, settings.seconds))
    return rounds
  }
  const one = middle(await run(governedSide(governed, entry, key)))
  tell(`one grant and one key: ${one.rps} requests a second, ${one.cpuMicros} µs of processor`)

  const { entries, keys } = await populate(officers, settings, tell)
  for (const { code } of entries) await servingTable(connection, code)
  const many = manySides(governed, entries, keys)
  await touchAll(governed, entries, keys)
  // Turns about: the machine's own drift must not look like the price of grants.
  const [few, all] = [[] as Awaited<ReturnType<typeof drive>>[], [] as Awaited<ReturnType<typeof drive>>[]]
  for (let turn = 0; turn < settings.rounds; turn++) {
    few.push(...await run(governedSide(governed, entry, key)))
    all.push(...await run(many))
  }
  const [before, after] = [middle(few), middle(all)]
  tell(`${settings.grants} grants, ${keys.length} keys: ${after.rps} requests a second, ${after.cpuMicros} µs; one key beside them: ${before.rps}, ${before.cpuMicros} µs`)

  const beside = await startBeside(started, defer)
  const side = governedSide(governed, entry, key)
  const other = governedSide(beside, entry, key)
  await tryOut(other, [0, 1])
  await drive(other, databasePid, ENTRY_ROWS, settings.warmUpSeconds)
  const [left, right] = await Promise.all([drive(side, databasePid, ENTRY_ROWS, settings.seconds), drive(other, databasePid, ENTRY_ROWS, settings.seconds)])
  tell(`two processes: ${left.rps} and ${right.rps} requests a second`)

  const revocation = await revoke({ sides: [side, other], rows: ENTRY_ROWS, by: async () => {
    await officers.provider(operations.actOnApplication, { params: { id: applicationId, action: 'revoke' }, body: { reason: '用途已结束' } })
  } })
  tell(`revocation: last answer with data begun ${revocation.map(({ lastDataMs }) => lastDataMs).join(' and ')} ms after it was answered`)
  return {
    oneKeyRps: before.rps, manyKeysRps: after.rps, manyShareOfOne: round(after.rps / before.rps, 2),
    cpuMicros: { oneKey: before.cpuMicros, manyKeys: after.cpuMicros, oneKeyAlone: one.cpuMicros },
    manyP99Ms: after.p99Ms, grants: settings.grants, keys: keys.length, entries: entries.length,
    twoProcessesRps: left.rps + right.rps, twoShareOfOne: round((left.rps + right.rps) / before.rps, 2),
    revocationLastDataMs: revocation.map(({ lastDataMs }) => lastDataMs), revocationFirstRefusalMs: revocation.map(({ firstRefusalMs }) => firstRefusalMs),
    answersAfterRevocation: revocation.map(({ answersAfter }) => answersAfter),
    rows: ENTRY_ROWS, seconds: settings.seconds, rounds: settings.rounds,
  }
}

/** Unconditional entries, each granted to every app at once by rule. */
async function populate(officers: Officers, { grants, keys }: Settings, tell: (line: string) => void): Promise<{ entries: Entry[]; keys: string[] }> {
  const entries: Entry[] = []
  for (let index = 0; index < ENTRIES; index++) {
    const title = `企业登记基本信息${index + 1}`
    entries.push(await offer(officers, { title, rows: ENTRY_ROWS, csv: () => companiesCsv(ENTRY_ROWS), identifier: COLUMNS[0], sharingType: 'unconditional' }))
  }
  const made: string[] = []
  let granted = 0
  const each = Math.ceil(grants / keys)
  const numbers = Array.from({ length: keys }, (_, index) => index).values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const number of numbers) {
      const app = await officers.consumer(operations.createApp, { body: { name: `业务系统${number + 1}` } })
      for (let index = 0; index < each; index++) {
        await apply(officers.consumer, entries[index % ENTRIES]!, app.id) // ten of them
        if (++granted % 1_000 === 0) tell(`${granted} grants made`)
      }
      made.push(await keyFor(officers.consumer, app.id))
    }
  }))
  return { entries, keys: made }
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
