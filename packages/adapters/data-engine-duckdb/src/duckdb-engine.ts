import type { DataEngine, Row } from '@datong/data-engine'
import { EXPORT_FORMATS } from '@datong/data-engine'
import type { DuckDBConnection } from '@duckdb/node-api'
import { join } from 'node:path'
import { compare } from './compare.ts'
import { derive, describeQuery } from './derive.ts'
import { digestVersion } from './digest-version.ts'
import { inferTypes } from './infer-types.ts'
import { measureVersion, rowsAsked } from './measure/measure.ts'
import { mergeVersion } from './merge-version.ts'
import { profileVersion } from './profile.ts'
import { compileCount, type Compiled, compilePlan, compileTally } from './read-rows.ts'
import { compileSheet, sheetOptions } from './sheet.ts'
import { chunksOf, DuckDbSessions, rowsOf, type DuckDbOptions } from './session.ts'
import { sourceLines } from './source-lines.ts'
import { literal } from './sql.ts'
import { writeVersion } from './write-version.ts'

const EXPORT_OPTIONS = {
  csv: 'FORMAT csv, HEADER true',
  ndjson: 'FORMAT json',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
} as const

/** Properties in the footer of a Parquet file. */
function parquetProperties(properties: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(properties).map(([name, text]) => `${literal(name)}: ${literal(text)}`)
  return pairs.length === 0 ? '' : `, KV_METADATA {${pairs.join(', ')}}`
}

/**
 * The data engine on one machine: DuckDB in the process, versions as Parquet files in folders. Sheets have a DuckDB of one thread: who
 * reads a sheet while it is written needs a core for that, and a second thread would write it with more work and twice the memory.
 */
export async function createDuckDbEngine(options: DuckDbOptions): Promise<DataEngine> {
  const sessions = await DuckDbSessions.open(options)
  const sheets = await DuckDbSessions.open({ ...options, temporaryDirectory: join(options.temporaryDirectory, 'sheets'), threads: 1 })
  return {
    capabilities: { name: 'duckdb', exportFormats: EXPORT_FORMATS, distributed: false },
    stage: async (table) => ({ table }),
    inferTypes: (staged, hints = {}) => sessions.use('infer', (connection) => inferTypes(connection, staged, hints)),
    writeVersion: (staged, fields, target) =>
      sessions.use('write', (connection) => writeVersion(connection, staged, fields, target)),
    merge: (base, staged, fields, by, target) =>
      sessions.use('merge', (connection) => mergeVersion(connection, base, staged, fields, by, target)),
    digest: (version) => sessions.use('digest', (connection) => digestVersion(connection, version)),
    // the normalised file itself is what is staged
    discard: async () => undefined,
    profile: (version) => sessions.use('profile', (connection) => profileVersion(connection, version)),
    query: (version, plan, signal) => readRows(sessions, () => compilePlan(version, plan, 'carried'), signal),
    count: (version, filters = []) => sessions.use('count', async (connection) => {
      const { sql, values } = compileCount(version, filters)
      const [[count] = []] = await rowsOf(connection, sql, values)
      return Number(count)
    }),
    tally: (version, asked, signal) => readRows(sessions, () => compileTally(version, asked), signal),
    export: (version, plan, format, path, properties = {}) => sessions.use('export', async (connection) => {
      const { sql, values } = compilePlan(version, plan, format === 'parquet' ? 'stored' : 'exported')
      const result = await connection.run(`COPY (${sql}) TO ${literal(path)} (${EXPORT_OPTIONS[format]}${format === 'parquet' ? parquetProperties(properties) : ''})`, [...values])
      return result.rowsChanged
    }),
    exportSheet: (version, plan, form, path) => sheets.use('export', async (connection) => {
      const { sql, values } = compileSheet(version, plan, form)
      const result = await connection.run(`COPY (${sql}) TO ${literal(path)} (${sheetOptions(form)})`, [...values])
      return result.rowsChanged
    }),
    describeQuery: (query) => sessions.use('describe', (connection) => describeQuery(connection, query)),
    derive: (query, target, signal) => sessions.use('derive', (connection) => interruptible(connection, signal, () => derive(connection, query, target))),
    compare: (before, after, order, signal) => sessions.use('compare', (connection) => interruptible(connection, signal, () => compare(connection, before, after, order))),
    sourceLines: (version, rows) => sessions.use('lines', (connection) => sourceLines(connection, version, rows)),
    measure: (version, measures, { sample, signal } = {}) => sessions.use('measure', (connection) => interruptible(connection, signal, () => measureVersion(connection, version, measures, sample))),
    rowsWhere: (version, asked, signal) => sessions.stream('rows', (connection) => rowsAsked(connection, version, asked), signal),
    ping: () => sessions.use('ping', async (connection) => void (await connection.run('SELECT 1'))),
    close: async () => {
      sessions.close()
      sheets.close()
    },
  }
}

/** Work that stops when the signal says so. */
async function interruptible<T>(connection: DuckDBConnection, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const stop = (): void => connection.interrupt()
  signal?.throwIfAborted()
  signal?.addEventListener('abort', stop)
  try {
    return await work()
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

async function* readRows(sessions: DuckDbSessions, compile: () => Compiled, signal: AbortSignal | undefined): AsyncGenerator<readonly Row[]> {
  const { sql, values } = compile()
  // every column is cast to text, double or boolean, which come as JavaScript's own values
  for await (const rows of sessions.stream('query', (connection) => chunksOf(connection, sql, values), signal)) yield rows as readonly Row[]
}
