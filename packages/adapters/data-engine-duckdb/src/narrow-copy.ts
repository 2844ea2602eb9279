import { ROW_COLUMN, type VersionRef } from '@datong/data-engine'
import type { DuckDBConnection } from '@duckdb/node-api'
import { versionSource } from './read-rows.ts'
import { rowsOf } from './session.ts'
import { identifier } from './sql.ts'

/** Versions of more fields are looked at in parts of as many. */
const WIDE = 100
/** Parts of fewer fields are not worth a copy. */
const LEAST = 20
/** Cells that a copy holds at most. */
const MOST_CELLS = 20_000_000
const COPY = 'narrow'

/**
 * Gives work its relation, the fields that it reads in parts. Planning a statement takes time for each column of a file, 0.2 ms of it, so of wide
 * versions a narrow copy is made first, in the engine's own memory, as long as that holds it; the relation is the version itself otherwise.
 * @param items pieces of work in an order in which those of the same fields stand near each other
 * @param fieldsOf what a piece reads
 * @param work called for each part with its pieces; its answers are put together in the order of the items
 */
export async function* inNarrowParts<T, A>(
  connection: DuckDBConnection, version: VersionRef, items: readonly T[], fieldsOf: (item: T) => readonly string[], work: (source: string, part: readonly T[], from: number) => AsyncIterable<A>,
): AsyncGenerator<A> {
  const most = version.schema.length <= WIDE ? 0 : await fieldsOfCopy(connection, version)
  if (most < LEAST) return yield* work(versionSource(version), items, 0)
  for (const { from, to, fields } of partsOf(items, fieldsOf, most)) {
    yield* work(fields.size > most ? versionSource(version) : await copyOf(connection, version, [...fields]), items.slice(from, to), from)
  }
  // The connection would take it along, but may have more to do.
  await connection.run(`DROP TABLE IF EXISTS ${COPY}`)
}

/** A copy of some fields with `_row`, in place of the one before. @returns its name */
export async function copyOf(connection: DuckDBConnection, version: VersionRef, fields: readonly string[]): Promise<string> {
  const columns = [ROW_COLUMN, ...fields.filter((name) => name !== ROW_COLUMN)].map(identifier)
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${COPY} AS SELECT ${columns.join(', ')} FROM ${versionSource(version)}`)
  return COPY
}

async function fieldsOfCopy(connection: DuckDBConnection, version: VersionRef): Promise<number> {
  const [[rows] = []] = await rowsOf(connection, `SELECT count(*) FROM ${versionSource(version)}`)
  return Math.min(WIDE, Math.floor(MOST_CELLS / Math.max(1, Number(rows))))
}

interface Part {
  readonly from: number
  readonly to: number
  readonly fields: ReadonlySet<string>
}

/** Runs of items that read few enough fields together; one that reads more stands alone. */
function partsOf<T>(items: readonly T[], fieldsOf: (item: T) => readonly string[], most: number): Part[] {
  const parts: Part[] = []
  let [from, fields] = [0, new Set<string>()]
  items.forEach((item, at) => {
    const together = new Set([...fields, ...fieldsOf(item)])
    if (at > from && together.size > most) {
      parts.push({ from, to: at, fields })
      ;[from, fields] = [at, new Set(fieldsOf(item))]
    } else fields = together
  })
  return items.length === 0 ? parts : [...parts, { from, to: items.length, fields }]
}
