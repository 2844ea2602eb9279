import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { join } from 'node:path'
import { loadFile } from '../../../packages/adapters/data-engine-duckdb/src/testing/load-file.ts'
import { baselineRules, evaluateRules } from '../../../packages/quality-rules/src/index.ts'
import { serveParent } from '../child.ts'
import { peakMemoryMiB } from './peak-memory.ts'

export interface LoadInput {
  readonly file: string
  readonly folder: string
}

export interface DatongLoad {
  /** By stage: detect, normalise, infer, write, profile, check. */
  readonly seconds: Readonly<Record<string, number>>
  readonly peakMiB: number
  readonly rowsStored: number
  readonly rowsRejected: number
  /** `name type` of each field, to see that the types were found. */
  readonly fields: readonly string[]
  readonly profiled: number
  /** Rules that the version was held against. */
  readonly rules: number
}

/** The way of a file through the product's libraries: detect, normalise, infer, write an immutable version, profile it, hold it against the rules of every version. */
await serveParent(async ({ file, folder }: LoadInput) => {
  const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'spill') })
  const { seconds, version, normalised, profile } = await loadFile(engine, file, join(folder, 'load'))
  const [now, begun] = [new Date(), performance.now()]
  const rules = baselineRules({ schema: version.schema, rows: version.rowsStored, profile, recognised: new Map(), elements: new Map(), keys: [], history: [] })
  const outcomes = await evaluateRules(rules, {
    version: { files: version.files.map(({ path }) => path), schema: version.schema }, rowsStored: version.rowsStored, rowsRejected: version.rowsRejected + normalised.rowsRejected,
    loadedAt: now, now, today: now.toISOString().slice(0, 10), profile, updateCycleDays: 1, history: [], entry: null, entries: new Map(), codeLists: new Map(), elements: new Map(),
  }, engine)
  const answer: DatongLoad = {
    seconds: { ...seconds, check: (performance.now() - begun) / 1_000 },
    rules: outcomes.filter(({ score }) => score !== null).length,
    peakMiB: peakMemoryMiB(),
    rowsStored: version.rowsStored,
    rowsRejected: version.rowsRejected + normalised.rowsRejected,
    fields: version.schema.map(({ name, type }) => `${name} ${type}`),
    profiled: profile.filter(({ rows }) => rows === version.rowsStored).length,
  }
  await engine.close()
  return { answer }
})
