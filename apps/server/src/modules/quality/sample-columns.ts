import type { DataEngine, Value } from '@datong/data-engine'
import type { LakeVersion } from '../collection/index.ts'

const MOST_CELLS = 1_000_000
const LEAST_ROWS = 200
/** Rows come from this many places of the version, for tables are often sorted. */
const PLACES = 8

/**
 * Some rows of a version, evenly spread, as columns.
 * @param rows how many are wanted; wide tables give fewer
 */
export async function sampleColumns(engine: DataEngine, version: LakeVersion, rows = 2_000): Promise<ReadonlyMap<string, readonly Value[]>> {
  const columns = version.fields.map(({ name }) => name)
  const wanted = Math.min(rows, version.rowCount, Math.max(LEAST_ROWS, Math.floor(MOST_CELLS / columns.length)))
  const places = wanted === version.rowCount ? 1 : Math.min(PLACES, wanted)
  const values = columns.map((): Value[] => [])
  for (let place = 0; place < places; place++) {
    const first = Math.floor((version.rowCount / places) * place)
    const from = first === 0 ? {} : { after: { values: [], row: first - 1 } }
    const plan = { columns, limit: Math.ceil(wanted / places), ...from }
    for await (const batch of engine.query({ files: version.files, schema: version.fields }, plan)) {
      for (const row of batch) row.forEach((value, index) => values[index]?.push(value))
    }
  }
  return new Map(columns.map((name, index) => [name, values[index] ?? []]))
}
