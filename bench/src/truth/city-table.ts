import type { DataEngine, FieldProfile, VersionRef } from '@datong/data-engine'
import { type DemoTable, factsOfTable, type InjectedFault, serialise } from '@datong/demo-city'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { loadFile } from '../../../packages/adapters/data-engine-duckdb/src/testing/load-file.ts'

/** A table of the demonstration city as the platform stores it, with what its truth file says of each stored row. */
export interface CityTable {
  readonly key: string
  readonly version: VersionRef
  readonly profile: readonly FieldProfile[]
  readonly rowsStored: number
  /** Data rows, counted from 1 as the truth counts them, that went to the reject table. */
  readonly rejected: ReadonlySet<number>
  /** What those rows say, as the reject table keeps it. */
  readonly rejectedLines: readonly string[]
  readonly faults: readonly InjectedFault[]
  /** Row of the truth for each `_row`. */
  readonly truthRow: (row: number) => number
}

/** Writes a table with its truth file, loads it the way an upload goes, and brings both together. */
export async function loadCityTable(engine: DataEngine, table: DemoTable, folder: string): Promise<CityTable> {
  const path = join(folder, table.file.name)
  await pipeline(Readable.from(serialise(table)), createWriteStream(path))
  const { injected: faults, rows } = factsOfTable(table)
  await pipeline(Readable.from(truthLines(faults)), createWriteStream(`${path}.truth.ndjson`))
  const { version, profile, rejects } = await loadFile(engine, path, join(folder, table.key))
  // The header is line 1; cells of these tables have no line breaks.
  const rejected = new Set(rejects.map(({ line }) => line - 1))
  const stored = Array.from({ length: rows }, (_, i) => i + 1).filter((row) => !rejected.has(row))
  if (stored.length !== version.rowsStored) throw new Error(`${table.key}: ${version.rowsStored} rows were stored, ${stored.length} expected`)
  return { key: table.key, version: { files: version.files.map((file) => file.path), schema: version.schema }, profile, rowsStored: version.rowsStored, rejected, rejectedLines: rejects.map(({ excerpt }) => excerpt), faults, truthRow: (row) => stored[row]! }
}

function* truthLines(faults: readonly InjectedFault[]): Generator<string> {
  for (const fault of faults) yield `${JSON.stringify(fault)}\n`
}
