import { type Load, operations } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark, Figures } from '../benchmark.ts'
import { runChild } from '../child.ts'
import { withCleanup } from '../cleanup.ts'
import { cpuMicrosOf } from '../delivery/cpu-time.ts'
import { memoryOf } from '../delivery/memory.ts'
import { type Officers, signInAll } from '../delivery/prepare.ts'
import { startGoverned } from '../delivery/start.ts'
import { median, round } from '../statistics.ts'
import type { PlainAnswer } from './read-plainly.ts'
import { type BenchedSource, startSources } from './sources.ts'

/** All rows of a source into a version, through the product's own server, beside a script that reads the same and keeps nothing. */
export const connectorsBenchmark: Benchmark = {
  name: 'connectors',
  run: ({ connectorRows: rows, rounds, profileFolder }, tell) => withCleanup(async (defer) => {
    const sources = await startSources(rows, defer)
    const { governed, password } = await startGoverned(profileFolder, defer, { DATONG_OUTBOUND_LOOPBACK: 'allow' })
    const officers = await signInAll(governed.url, password)
    let figures: Figures = { rows, rounds }
    for (const source of sources) {
      const [ours, plain]: [Taken[], PlainAnswer[]] = [[], []]
      const { id } = await officers.provider(operations.createSource, {
        body: { name: `企业 ${source.name}`, mode: 'full', markColumn: null, keyColumns: [], drift: 'hold', schedule: null, entryTitle: `企业 ${source.name}`, ...source.registered },
      })
      for (let turn = 1; turn <= rounds; turn++) {
        plain.push(await runChild<PlainAnswer>(new URL('read-plainly.ts', import.meta.url), source.plain, defer))
        ours.push(await take(officers, id, governed.pid, rows))
        tell(`${source.name}: ${JSON.stringify(ours.at(-1))} beside ${JSON.stringify(plain.at(-1))}`)
      }
      figures = { ...figures, [source.name]: summed(source, rows, ours, plain) }
    }
    return figures
  }),
}

interface Taken {
  readonly megabytes: number
  /** Until all rows had come; of a file, until it was there and read. */
  readonly readSeconds: number
  /** Until the version was made: typed, stored, held against the source. */
  readonly versionSeconds: number
  /** Processor time of the server until then. */
  readonly cpuSeconds: number
  readonly memoryBeforeMiB: number
  readonly mostMemoryMiB: number
}

const LOOK_EVERY_MS = 20
/** Before it a load only waits for its turn. */
const WAITING: ReadonlySet<Load['state']> = new Set(['received'])
const READING: ReadonlySet<Load['state']> = new Set(['detecting', 'reading'])
const MADE: ReadonlySet<Load['state']> = new Set(['profiling', 'done'])

async function take({ provider }: Officers, sourceId: string, pid: number, rows: number): Promise<Taken> {
  const memoryBeforeMiB = memoryOf(pid, 0).residentMiB
  const { loadId } = await provider(operations.actOnSource, { params: { id: sourceId, action: 'run-fully' }, body: {} })
  const params = { id: loadId ?? '' }
  let mostMemoryMiB = memoryBeforeMiB
  let [began, read, made] = [0, 0, 0]
  let [cpuBefore, cpuAfter] = [0, 0]
  for (;;) {
    const load = await provider(operations.getLoad, { params })
    const now = performance.now()
    mostMemoryMiB = Math.max(mostMemoryMiB, memoryOf(pid, 0).residentMiB)
    if (began === 0 && !WAITING.has(load.state)) [began, cpuBefore] = [now, cpuMicrosOf([pid])]
    if (began > 0 && read === 0 && !READING.has(load.state)) read = now
    if (read > 0 && made === 0 && MADE.has(load.state)) [made, cpuAfter] = [now, cpuMicrosOf([pid])]
    if (load.state === 'failed' || load.state === 'held') throw new Error(`a load is ${load.state}: ${JSON.stringify(load.error)}`)
    if (load.state === 'done') {
      if (load.rowsStored !== rows || load.rowsRejected !== 0) throw new Error(`of ${rows} rows ${load.rowsStored} were stored`)
      return {
        megabytes: round(load.bytes / 1e6, 1), readSeconds: round((read - began) / 1_000, 2), versionSeconds: round((made - began) / 1_000, 2), cpuSeconds: round((cpuAfter - cpuBefore) / 1e6, 2),
        memoryBeforeMiB, mostMemoryMiB,
      }
    }
    await sleep(LOOK_EVERY_MS)
  }
}

function summed({ plain: { by } }: BenchedSource, rows: number, ours: readonly Taken[], plain: readonly PlainAnswer[]): Record<string, number> {
  const expected = by === 'csv' ? undefined : rows
  if (expected !== undefined && plain.some((one) => one.rows !== expected)) throw new Error('the script read other rows')
  const middle = (of: (one: Taken) => number): number => median(ours.map(of))
  const megabytes = middle((one) => one.megabytes)
  const [readSeconds, versionSeconds] = [middle((one) => one.readSeconds), middle((one) => one.versionSeconds)]
  const plainSeconds = median(plain.map(({ seconds }) => seconds))
  return {
    megabytes, readSeconds, rowsPerSecond: Math.round(rows / readSeconds), megabytesPerSecond: round(megabytes / readSeconds, 1), versionSeconds,
    versionRowsPerSecond: Math.round(rows / versionSeconds), cpuSeconds: middle((one) => one.cpuSeconds), mostMemoryMiB: Math.max(...ours.map((one) => one.mostMemoryMiB)),
    plainSeconds: round(plainSeconds, 2), plainRowsPerSecond: Math.round(rows / plainSeconds), plainMemoryMiB: median(plain.map(({ peakMiB }) => peakMiB)), timesPlain: round(readSeconds / plainSeconds, 2),
  }
}
