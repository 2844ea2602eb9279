import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import type { VersionRef } from '@datong/data-engine'
import type { Rule } from '@datong/quality-rules'
import { RECOGNIZERS } from '@datong/recognizers'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { loadFile } from '../../../packages/adapters/data-engine-duckdb/src/testing/load-file.ts'
import type { Benchmark } from '../benchmark.ts'
import { runChild } from '../child.ts'
import { type Defer, temporaryFolder, withCleanup } from '../cleanup.ts'
import { generateTable } from '../load/generate-table.ts'
import { median, round } from '../statistics.ts'
import { citizenNumbers, fifteenAmong, wrongAmong } from './citizen-numbers.ts'
import { KEY_RULE, ROW_RULES } from './fifteen.ts'
import { rulesWithPostgres } from './postgres-side.ts'
import type { RulesAnswer, RulesInput } from './rules-with-datong.ts'

const SEED = 20_261_122
const FIFTEEN: readonly Rule[] = [...ROW_RULES.map(({ rule }) => rule), KEY_RULE]
const CITIZEN: readonly Rule[] = [{ rule: 'citizen-number', field: '公民身份号码', parameters: {} }]
/** Values that the recogniser is given one by one, to see what the engine's arithmetic saves. */
const ONE_BY_ONE = 1_000_000

/** Fifteen rules over a large version in one scan and one grouping, and citizen numbers by arithmetic in the engine. */
export const rulesBenchmark: Benchmark = {
  name: 'rules',
  run: ({ loadRows: rows, rounds }, tell) => withCleanup(async (defer) => {
    const folder = await temporaryFolder(defer, 'rules')
    const file = join(folder, 'table.csv')
    const version = await load(generateTable(rows, SEED), file, join(folder, 'table'), folder)
    tell(`${rows} rows are stored`)
    const input = (of: VersionRef, rules: readonly Rule[]): RulesInput => ({ folder, version: of, rows, rules })
    const run = (script: string, given: RulesInput): Promise<RulesAnswer> => freshChild(script, given, defer)
    const [ours, alone]: [RulesAnswer[], RulesAnswer[]] = [[], []]
    for (let round = 1; round <= rounds; round++) {
      alone.push(await run('rules-with-duckdb.ts', input(version, [])))
      ours.push(await run('rules-with-datong.ts', input(version, FIFTEEN)))
      tell(`round ${round}: ${ours.at(-1)!.seconds.toFixed(1)} s; DuckDB by hand ${alone.at(-1)!.seconds.toFixed(1)} s`)
    }
    const postgres = await rulesWithPostgres(file, folder, defer)
    tell(`PostgreSQL ${postgres.seconds.toFixed(1)} s, after ${postgres.copySeconds.toFixed(1)} s of copying`)
    for (const one of [...alone, postgres]) sameAnswers(ours[0]!, one.failed)
    const numbers = await load(citizenNumbers(rows, SEED), join(folder, 'numbers.csv'), join(folder, 'numbers'), folder)
    const citizen: RulesAnswer[] = []
    for (let round = 1; round <= rounds; round++) citizen.push(await run('rules-with-datong.ts', input(numbers, CITIZEN)))
    if (citizen.some(({ failed }) => failed[0] !== wrongAmong(rows) + fifteenAmong(rows))) throw new Error(`of ${rows} citizen numbers ${citizen[0]?.failed[0]} fail, not ${wrongAmong(rows) + fifteenAmong(rows)}`)
    const seconds = median(ours.map((one) => one.seconds))
    return {
      rows, rules: FIFTEEN.length,
      seconds: round(seconds, 2),
      cpuSeconds: round(median(ours.map((one) => one.cpuSeconds)), 2),
      peakMiB: median(ours.map(({ peakMiB }) => peakMiB)),
      duckdbSeconds: round(median(alone.map((one) => one.seconds)), 2),
      duckdbCpuSeconds: round(median(alone.map((one) => one.cpuSeconds)), 2),
      postgresSeconds: round(postgres.seconds, 2),
      timesPostgres: round(postgres.seconds / seconds, 1),
      citizenSeconds: round(median(citizen.map((one) => one.seconds)), 2),
      citizenCpuSeconds: round(median(citizen.map((one) => one.cpuSeconds)), 2),
      oneByOneSeconds: round(oneByOne() * (rows / ONE_BY_ONE), 2),
      rounds,
    }
  }),
}

async function load(text: Iterable<string>, file: string, directory: string, folder: string): Promise<VersionRef> {
  await pipeline(Readable.from(text), createWriteStream(file))
  const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'spill') })
  try {
    // What follows needs no profile, and it takes as long as all the rest.
    const { version } = await loadFile({ ...engine, profile: async () => [] }, file, directory)
    await rm(join(directory, 'normalised.csv'), { force: true })
    return { files: version.files.map(({ path }) => path), schema: version.schema }
  } finally {
    await engine.close()
  }
}

async function freshChild(script: string, input: RulesInput, defer: Defer): Promise<RulesAnswer> {
  await mkdir(join(input.folder, 'spill'), { recursive: true })
  return runChild<RulesAnswer>(new URL(script, import.meta.url), input, defer)
}

function sameAnswers({ failed }: RulesAnswer, others: readonly number[]): void {
  if (failed.join() !== others.join()) throw new Error(`rules found ${failed.join(', ')}, by hand ${others.join(', ')}`)
}

/** Seconds for the recogniser to look at so many values. */
function oneByOne(): number {
  const values = [...citizenNumbers(ONE_BY_ONE, SEED)].join('').split('\n').slice(1, -1).map((line) => line.slice(line.indexOf(',') + 1))
  const started = performance.now()
  let valid = 0
  for (const value of values) if (RECOGNIZERS['citizen-number'].validate(value) === 'valid') valid++
  if (valid === 0) throw new Error('the recogniser knows none of the numbers')
  return (performance.now() - started) / 1_000
}
