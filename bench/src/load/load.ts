import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Benchmark, Figures } from '../benchmark.ts'
import { runChild } from '../child.ts'
import { temporaryFolder, withCleanup } from '../cleanup.ts'
import { median, round } from '../statistics.ts'
import { encodeGb18030 } from '../../../packages/demo-city/src/gb18030.ts'
import { generateTable } from './generate-table.ts'
import type { DatongLoad } from './load-with-datong.ts'
import type { DuckDbLoad } from './load-with-duckdb.ts'

const SEED = 20_261_122
const TYPES = ['编号 integer', '姓名 text', '证照编号 text', '登记日期 date', '金额 decimal', '数量 integer', '说明 text', '是否有效 boolean']
const STAGES = ['detect', 'normalise', 'infer', 'write', 'profile', 'check'] as const

/** A large CSV to a profiled and checked version, beside DuckDB alone; the two take turns, each time in a fresh process. */
export const loadBenchmark: Benchmark = {
  name: 'load',
  run: ({ loadRows: rows, rounds }, tell) => withCleanup(async (defer) => {
    const folder = await temporaryFolder(defer, 'load')
    const file = join(folder, 'table.csv')
    await pipeline(Readable.from(generateTable(rows, SEED)), createWriteStream(file))
    const national = join(folder, 'table-gb18030.csv')
    await pipeline(Readable.from(generateTable(rows, SEED)), async function* (pieces: AsyncIterable<string>) {
      for await (const piece of pieces) yield encodeGb18030(piece)
    }, createWriteStream(national))
    const { size } = await stat(file)
    tell(`generated ${rows} rows, ${Math.round(size / 2 ** 20)} MiB`)
    const ours: DatongLoad[] = []
    const inGb18030: DatongLoad[] = []
    const theirs: DuckDbLoad[] = []
    for (let round = 1; round <= rounds; round++) {
      const alone = await inFreshFolder<DuckDbLoad>('load-with-duckdb.ts', file, folder)
      const whole = await inFreshFolder<DatongLoad>('load-with-datong.ts', file, folder)
      const other = await inFreshFolder<DatongLoad>('load-with-datong.ts', national, folder)
      check(whole, alone, rows)
      check(other, alone, rows)
      inGb18030.push(other)
      theirs.push(alone)
      ours.push(whole)
      tell(`round ${round}: ${total(whole).toFixed(1)} s, ${whole.peakMiB} MiB; in GB18030 ${total(other).toFixed(1)} s, ${other.peakMiB} MiB; DuckDB alone ${alone.seconds.toFixed(1)} s, ${alone.peakMiB} MiB`)
    }
    return figures(rows, size, { ours, inGb18030, theirs })
  }),
}

const total = ({ seconds }: DatongLoad): number => Object.values(seconds).reduce((sum, one) => sum + one, 0)

/** What one wrote is gone before the next begins: no disk fills, no dirty pages of one slow the other down. */
async function inFreshFolder<T>(script: string, file: string, parent: string): Promise<T> {
  return withCleanup(async (defer) => {
    const folder = join(parent, 'round')
    await mkdir(folder)
    defer(() => rm(folder, { recursive: true, force: true }))
    // The engine may read only inside its folder; the source is read by us.
    return runChild<T>(new URL(script, import.meta.url), { file, folder }, defer)
  })
}

function check({ rowsStored, rowsRejected, fields, profiled }: DatongLoad, alone: DuckDbLoad, rows: number): void {
  if (rowsStored !== rows || rowsRejected !== 0 || alone.rows !== rows) {
    throw new Error(`of ${rows} rows ${rowsStored} were stored, ${rowsRejected} rejected, ${alone.rows} written by DuckDB alone`)
  }
  if (profiled !== TYPES.length || fields.join() !== TYPES.join()) throw new Error(`the fields came out as ${fields.join(', ')}, ${profiled} of them profiled`)
}

interface Rounds {
  readonly ours: readonly DatongLoad[]
  readonly inGb18030: readonly DatongLoad[]
  readonly theirs: readonly DuckDbLoad[]
}

function figures(rows: number, bytes: number, { ours, inGb18030, theirs }: Rounds): Figures {
  const seconds = median(ours.map(total))
  const duckdbSeconds = median(theirs.map((one) => one.seconds))
  return {
    rows,
    sourceMiB: Math.round(bytes / 2 ** 20),
    seconds: round(seconds, 2),
    peakMiB: median(ours.map(({ peakMiB }) => peakMiB)),
    gb18030Seconds: round(median(inGb18030.map(total)), 2),
    gb18030PeakMiB: median(inGb18030.map(({ peakMiB }) => peakMiB)),
    duckdbSeconds: round(duckdbSeconds, 2),
    duckdbPeakMiB: median(theirs.map(({ peakMiB }) => peakMiB)),
    timesDuckdb: round(seconds / duckdbSeconds, 2),
    rowsPerSecond: Math.round(rows / seconds),
    stageSeconds: Object.fromEntries(STAGES.map((stage) => [stage, round(median(ours.map((one) => one.seconds[stage] ?? 0)), 2)])),
    rules: ours[0]?.rules ?? 0, rounds: ours.length,
  }
}
