import { operations } from '@datong/contracts'
import { openAsBlob, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark, Figures } from '../benchmark.ts'
import { type Defer, temporaryFolder, withCleanup } from '../cleanup.ts'
import { memoryOf } from '../delivery/memory.ts'
import { signInAll } from '../delivery/prepare.ts'
import { startGoverned } from '../delivery/start.ts'
import { generateTable } from '../load/generate-table.ts'
import { round } from '../statistics.ts'

const SEED = 4_242
const MIB = 2 ** 20
const SAMPLE_EVERY_MS = 50
/** Sizes of the files that are sent, in MiB. */
const SMALL = 10
const LARGE = 2_048
/** About as many bytes as a row of the generated table has. */
const BYTES_A_ROW = 96

/** A small and a large file sent by HTTP until the server has them safe: seconds and memory; loading them is measured by `load`. */
export const uploadBenchmark: Benchmark = {
  name: 'upload',
  run: ({ profileFolder }, tell) => withCleanup(async (defer) => {
    const { governed, password } = await startGoverned(profileFolder, defer)
    const { provider } = await signInAll(governed.url, password)
    const folder = await temporaryFolder(defer, 'upload')
    const send = async (mib: number): Promise<Sent> => {
      const path = join(folder, `${mib}.csv`)
      await pipeline(Readable.from(generateTable(Math.ceil((mib * MIB) / BYTES_A_ROW), SEED)), createWriteStream(path))
      const form = new FormData()
      form.set('title', `${mib} MiB`)
      form.set('file', await openAsBlob(path, { type: 'text/csv' }), `${mib}.csv`)
      const { loadId, ...sent } = await watched(governed.pid, defer, async () => (await provider(operations.upload, { body: form })).loadId)
      tell(`${mib} MiB in ${round(sent.seconds, 1)} s, memory ${sent.beforeMiB} → ${sent.mostMiB} MiB`)
      // Loading has its own memory, which must be over before the next is sent.
      if (mib < LARGE) while (!['done', 'failed'].includes((await provider(operations.getLoad, { params: { id: loadId } })).state)) await sleep(200)
      return sent
    }
    // The first warms what the others use.
    await send(1)
    const [small, large] = [await send(SMALL), await send(LARGE)]
    return {
      smallMiB: SMALL, largeMiB: LARGE, smallSeconds: round(small.seconds, 2), largeSeconds: round(large.seconds, 1), largeMegabytesPerSecond: round((LARGE * MIB) / 1e6 / large.seconds),
      smallBeforeMiB: small.beforeMiB, smallMostMiB: small.mostMiB, largeBeforeMiB: large.beforeMiB, largeMostMiB: large.mostMiB,
    } satisfies Figures
  }),
}

interface Sent {
  readonly seconds: number
  readonly beforeMiB: number
  readonly mostMiB: number
}

/** Resident memory of the server while something is sent. */
async function watched(pid: number, defer: Defer, work: () => Promise<string>): Promise<Sent & { readonly loadId: string }> {
  const beforeMiB = memoryOf(pid, 0).residentMiB
  let mostMiB = beforeMiB
  const timer = setInterval(() => { mostMiB = Math.max(mostMiB, memoryOf(pid, 0).residentMiB) }, SAMPLE_EVERY_MS)
  defer(async () => clearInterval(timer))
  const begun = performance.now()
  const loadId = await work()
  clearInterval(timer)
  return { loadId, seconds: (performance.now() - begun) / 1_000, beforeMiB, mostMiB }
}
