import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { temporaryFolder, withCleanup } from '../cleanup.ts'
import { round } from '../statistics.ts'
import type { Agreement } from './agreement.ts'
import { measureCity } from './city-truth.ts'
import { runPublicSets } from './public-sets.ts'

const SEED = 1

/** How much of what is wrong the rules find, and how much of what they find is wrong. */
export const truthBenchmark: Benchmark = {
  name: 'truth',
  run: ({ errorSets }, tell) => withCleanup(async (defer) => {
    const folder = await temporaryFolder(defer, 'truth')
    const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'spill') })
    defer(() => engine.close())
    const city = await measureCity(engine, folder, { seed: SEED, scale: 1 })
    tell(`${city.rows} rows of the demonstration city, ${city.rules} rules in ${city.seconds.toFixed(1)} s`)
    const figures = {
      cityRows: city.rows,
      cityRules: city.rules,
      citySeconds: round(city.seconds, 1),
      plantedFaults: sharesOf(city.byFault, ({ planted }) => planted),
      recallOfFaults: sharesOf(city.byFault, ({ recall }) => round(recall, 3)),
      precisionOfRules: sharesOf(city.byRule, ({ precision }) => round(precision, 3)),
    }
    if (errorSets === null || !existsSync(join(errorSets, 'hospital', 'dirty.csv'))) {
      tell('the public sets are left out: BENCH_ERROR_SETS names no folder with hospital, flights, beers and rayyan')
      return figures
    }
    const sets = await runPublicSets(engine, errorSets, folder)
    const f1 = (pick: (set: (typeof sets)[number]) => number) => Object.fromEntries(sets.map((one) => [one.set.name, round(pick(one), 3)]))
    return {
      ...figures,
      suggestedF1: f1(({ suggested }) => suggested.f1),
      writtenF1: f1(({ written }) => written.f1),
      writtenPrecision: f1(({ written }) => written.precision),
      writtenRecall: f1(({ written }) => written.recall),
      bothF1: f1(({ both }) => both.f1),
      rahaF1: f1(({ set }) => set.rahaF1),
      revisedAgainstTruth: sets.flatMap(({ set }) => (set.revisedAgainstTruth === true ? [set.name] : [])).join(', '),
    }
  }),
}

const sharesOf = <K extends string>(of: ReadonlyMap<K, Agreement>, pick: (one: Agreement) => number): Record<string, number> =>
  Object.fromEntries([...of].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, pick(one)]))
