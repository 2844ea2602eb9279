import { DuckDBInstance } from '@duckdb/node-api'
import { join } from 'node:path'
import { serveParent } from '../child.ts'
import { peakMemoryMiB } from '../load/peak-memory.ts'
import { keyByHand, ROW_RULES, rowsByHand } from './fifteen.ts'
import type { RulesAnswer, RulesInput } from './rules-with-datong.ts'

/** DuckDB alone, with its own defaults and the same rules written by hand. */
await serveParent(async ({ folder, version }: RulesInput) => {
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: join(folder, 'spill') })
  const connection = await instance.connect()
  const source = `read_parquet([${version.files.map((path) => `'${path.replaceAll(`'`, `''`)}'`).join(', ')}])`
  const [started, before] = [performance.now(), process.cpuUsage()]
  const [row = []] = (await connection.runAndReadAll(rowsByHand({ finds: (column, pattern) => `regexp_matches(${column}, '${pattern}')` }, source))).getRows()
  const [[key] = []] = (await connection.runAndReadAll(keyByHand(source))).getRows()
  const { user, system } = process.cpuUsage(before)
  const answer: RulesAnswer = {
    seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1e6, peakMiB: peakMemoryMiB(),
    checked: ROW_RULES.map((_, i) => Number(row[2 * i])), failed: [...ROW_RULES.map((_, i) => Number(row[2 * i + 1])), Number(key)],
  }
  connection.closeSync()
  instance.closeSync()
  return { answer }
})
