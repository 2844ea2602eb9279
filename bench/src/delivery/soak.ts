import autocannon from 'autocannon'
import { randomInt } from 'node:crypto'
import type { Benchmark, Figures } from '../benchmark.ts'
import { withCleanup } from '../cleanup.ts'
import type { Settings } from '../settings.ts'
import { quantile, round } from '../statistics.ts'
import { tryOut, type Side } from './drive.ts'
import { growthOf, memoryOf, type MemorySample } from './memory.ts'
import { companies, prepare } from './prepare.ts'
import { governedSide } from './sides.ts'
import { servingTable, startGoverned } from './start.ts'

const SAMPLE_EVERY_MS = 5_000
/** Memory counts from here on: before, caches fill and the compiler works. */
const SETTLED_SHARE = 0.3

/** Calls by key at a steady pace for a long time: errors, slow answers, memory. */
export const soakBenchmark: Benchmark = {
  name: 'soak',
  run: (settings, tell) => withCleanup(async (defer) => {
    const { governed, password, connection } = await startGoverned(settings.profileFolder, defer)
    const { entry, key } = await prepare(governed.url, password, companies(settings.deliveryRows))
    await servingTable(connection, entry.code)
    const side = governedSide(governed, entry, key)
    await tryOut(side, [0, 1, 2])
    return soak(side, settings, tell)
  }),
}

async function soak(side: Side, { soakMinutes, soakRate, deliveryRows }: Settings, tell: (line: string) => void): Promise<Figures> {
  // Counted in tenths of milliseconds: a list of each wait of half an hour would itself be what grows.
  const waits = new Uint32Array(600_000)
  const samples: MemorySample[] = []
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>()
  const instance = autocannon(
    {
      url: side.url, connections: 50, duration: soakMinutes * 60, overallRate: soakRate, timeout: 30,
      setupClient: (client) => client.setRequests(Array.from({ length: 400 }, () => {
        const { method, path, headers = {} } = side.ask(randomInt(deliveryRows))
        return { method, path, headers: { ...headers } }
      })),
    },
    (error: unknown, result) => (error ? reject(error as Error) : resolve(result)), // a failure comes as an Error
  )
  instance.on('response', (_client, _status, _bytes, ms) => void waits[Math.min(waits.length - 1, Math.round(ms * 10))]!++) // within its length
  const began = performance.now()
  const timer = setInterval(() => {
    const sample = memoryOf(side.pid, (performance.now() - began) / 60_000)
    samples.push(sample)
    if (samples.length % 12 === 0) tell(`minute ${round(sample.minute, 1)}: ${sample.residentMiB} MiB`)
  }, SAMPLE_EVERY_MS)
  const result = await promise.finally(() => clearInterval(timer))
  const settled = samples.filter(({ minute }) => minute > soakMinutes * SETTLED_SHARE)
  return {
    minutes: soakMinutes, asked: soakRate, rps: round(result.requests.total / (soakMinutes * 60)), calls: result.requests.total,
    errors: result.errors + result.timeouts + result.non2xx, p50Ms: shareBelow(waits, 0.5), p99Ms: shareBelow(waits, 0.99), p999Ms: shareBelow(waits, 0.999),
    residentMiB: { atFirst: samples[0]?.residentMiB ?? 0, median: quantile(settled.map(({ residentMiB }) => residentMiB), 0.5), most: Math.max(...samples.map(({ residentMiB }) => residentMiB)) },
    growthMiBPerMinute: round(growthOf(settled), 2),
  }
}

/** @returns milliseconds */
function shareBelow(counts: Uint32Array, share: number): number {
  const wanted = share * counts.reduce((sum, count) => sum + count, 0)
  let sum = 0
  const at = counts.findIndex((count) => (sum += count) >= wanted)
  return at / 10
}
