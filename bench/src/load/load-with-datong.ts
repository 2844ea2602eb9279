import { createDuckDbEngine } from '@datong/data-engine-duckdb'
import { join } from 'node:path'
import { loadFile } from '../../../packages/adapters/data-engine-duckdb/src/testing/load-file.ts'
import { serveParent } from '../child.ts'
import { peakMemoryMiB } from './peak-memory.ts'

export interface LoadInput {
  readonly file: string
  readonly folder: string
}

export interface DatongLoad {
  /** By stage: detect, normalise, infer, write, profile. */
  readonly seconds: Readonly<Record<string, number>>
  readonly peakMiB: number
  readonly rowsStored: number
  readonly rowsRejected: number
  /** `name type` of each field, to see that the types were found. */
  readonly fields: readonly string[]
  readonly profiled: number
}

/** The way of a file through the product's libraries: detect, normalise, infer, write an immutable version, profile it. */
await serveParent(async ({ file, folder }: LoadInput) => {
  const engine = await createDuckDbEngine({ allowedDirectories: [folder], temporaryDirectory: join(folder, 'spill') })
  const { seconds, version, normalised, profile } = await loadFile(engine, file, join(folder, 'load'))
  const answer: DatongLoad = {
    seconds,
    peakMiB: peakMemoryMiB(),
    rowsStored: version.rowsStored,
    rowsRejected: version.rowsRejected + normalised.rowsRejected,
    fields: version.schema.map(({ name, type }) => `${name} ${type}`),
    profiled: profile.filter(({ rows }) => rows === version.rowsStored).length,
  }
  await engine.close()
  return { answer }
})
