import type { Benchmark, Figures } from '../benchmark.ts'
import { withCleanup } from '../cleanup.ts'
import type { Settings } from '../settings.ts'
import { quantile, round } from '../statistics.ts'
import { load } from './client.ts'
import { askedOf, CONNECTIONS, tryOut, type Side } from './drive.ts'
import { growthOf, memoryOf, type MemorySample } from './memory.ts'
import { companies, prepare } from './prepare.ts'
import { governedSide, verifySide } from './sides.ts'
import { servingTable, startGoverned } from './start.ts'

const SAMPLE_EVERY_MS = 5_000
/** Memory counts from here on: before, caches fill and the compiler works. */
const SETTLED_SHARE = 0.3
/** The time is cut into so many parts, each with the least that a collection of the whole heap left in it. */
const PARTS = 6
const MIB = 2 ** 20

/** Reads by key and verifications, in equal parts, at a steady pace for a long time: errors, slow answers, memory. */
export const soakBenchmark: Benchmark = {
  name: 'soak',
  run: (settings, tell) => withCleanup(async (defer) => {
    const { governed, password, connection } = await startGoverned(settings.profileFolder, defer)
    const { entry, key } = await prepare(governed.url, password, companies(settings.deliveryRows))
    await servingTable(connection, entry.code)
    const sides = [governedSide(governed, entry, key), verifySide(governed, entry, key)] as const
    for (const side of sides) await tryOut(side, [0, 1, 2])
    return soak(sides, settings, tell)
  }),
}

/** @param sides forms of asking one and the same server */
async function soak(sides: readonly [Side, ...Side[]], { soakMinutes, soakRate, deliveryRows }: Settings, tell: (line: string) => void): Promise<Figures> {
  const [{ pid, url }] = sides
  // Counted in tenths of milliseconds: a list of each wait of half an hour would itself be what grows.
  const waits = new Uint32Array(600_000)
  const samples: MemorySample[] = []
  const left: number[][] = Array.from({ length: PARTS }, () => [])
  const began = performance.now()
  const look = async (): Promise<void> => {
    const sample = memoryOf(pid, (performance.now() - began) / 60_000)
    samples.push(sample)
    left[Math.min(PARTS - 1, Math.floor((PARTS * sample.minute) / soakMinutes))]!.push(await leftMiB(url)) // one list for each part
    if (samples.length % 12 === 0) tell(`minute ${round(sample.minute, 1)}: ${sample.residentMiB} MiB`)
  }
  const looking: Promise<void>[] = []
  const timer = setInterval(() => void looking.push(look()), SAMPLE_EVERY_MS)
  let calls = 0
  let errors = 0
  const connections = sides.flatMap((side) => askedOf(side, deliveryRows).slice(0, CONNECTIONS / sides.length))
  await load({ url, connections, seconds: soakMinutes * 60, rate: soakRate, onAnswer: (status, ms) => {
    calls++
    if (status !== 200) errors++
    waits[Math.min(waits.length - 1, Math.round(ms * 10))]!++ // within its length
  } }).finally(() => clearInterval(timer))
  await Promise.all(looking)
  const settled = samples.filter(({ minute }) => minute > soakMinutes * SETTLED_SHARE)
  return {
    minutes: soakMinutes, asked: soakRate, rps: round(calls / (soakMinutes * 60)), calls,
    errors, p50Ms: shareBelow(waits, 0.5), p99Ms: shareBelow(waits, 0.99), p999Ms: shareBelow(waits, 0.999),
    residentMiB: { atFirst: samples[0]?.residentMiB ?? 0, median: quantile(settled.map(({ residentMiB }) => residentMiB), 0.5), most: Math.max(...samples.map(({ residentMiB }) => residentMiB)) },
    growthMiBPerMinute: round(growthOf(settled), 2), leastLeftMiB: left.map((part) => round(Math.min(...part), 1)),
  }
}

/** What the last collection of the whole heap left: JavaScript's heap and buffers. */
async function leftMiB(url: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return Number(/^datong_heap_after_collection_bytes (\S+)$/m.exec(text)?.[1]) / MIB
}

/** @returns milliseconds */
function shareBelow(counts: Uint32Array, share: number): number {
  const wanted = share * counts.reduce((sum, count) => sum + count, 0)
  let sum = 0
  const at = counts.findIndex((count) => (sum += count) >= wanted)
  return at / 10
}
