import { DuckDBInstance } from '@duckdb/node-api'
import { join } from 'node:path'
import { serveParent } from '../child.ts'
import type { LoadInput } from './load-with-datong.ts'
import { peakMemoryMiB } from './peak-memory.ts'

export interface DuckDbLoad {
  readonly seconds: number
  readonly peakMiB: number
  readonly rows: number
}

/** DuckDB alone, with its own defaults: sniffs the CSV and writes Parquet. */
await serveParent(async ({ file, folder }: LoadInput) => {
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: join(folder, 'spill') })
  const connection = await instance.connect()
  const quoted = (path: string): string => `'${path.replaceAll(`'`, `''`)}'`
  const started = performance.now()
  const result = await connection.run(`COPY (SELECT * FROM read_csv(${quoted(file)})) TO ${quoted(join(folder, 'alone.parquet'))} (FORMAT parquet, COMPRESSION zstd)`)
  const answer: DuckDbLoad = { seconds: (performance.now() - started) / 1_000, peakMiB: peakMemoryMiB(), rows: result.rowsChanged }
  connection.closeSync()
  instance.closeSync()
  return { answer }
})
