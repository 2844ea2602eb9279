import { afterAll, beforeAll } from 'vitest'
import type { DataEngine, NormalisedTable, Row, ValueReject, WrittenVersion } from './data-engine.ts'
import type { InferredField, Reading } from './field.ts'
import type { ReadPlan, VersionRef } from './read-plan.ts'

/** What the suite needs from an adapter's test: an engine, a folder it may use, and the file system. */
export interface EngineHarness {
  readonly engine: DataEngine
  /** A folder of this run alone, without a slash at its end. */
  readonly directory: string
  writeText(path: string, text: string): Promise<void>
  readText(path: string): Promise<string>
  sha256(path: string): Promise<string>
  dispose(): Promise<void>
}

export interface Written {
  readonly version: WrittenVersion
  readonly ref: VersionRef
  readonly rejects: ValueReject[]
  readonly fields: InferredField[]
}

/** What the parts of the suite do with an engine again and again. */
export interface EngineBench {
  /** There from the first test on. */
  readonly harness: EngineHarness
  /** A path in the harness's folder that nothing has yet. */
  newPath(prefix: string): string
  /** A normalised file of these rows; line = place + 2, as under one header row. */
  tableOf(names: readonly string[], rows: readonly (readonly string[])[], firstLine?: number | null): Promise<NormalisedTable>
  /** What is inferred for a column of these texts. */
  column(header: string, texts: readonly string[], hint?: Reading): Promise<InferredField>
  /** Writes a table as a version, with the inferred fields or those that `change` makes of them. */
  write(table: NormalisedTable, change?: (fields: InferredField[]) => InferredField[]): Promise<Written>
  rowsOf(ref: VersionRef, plan: ReadPlan): Promise<Row[]>
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The texts of 0 to n − 1. */
export const times = (n: number, text: (i: number) => string): string[] => Array.from({ length: n }, (_, i) => text(i))

/** Makes an engine before the tests of the suite that calls this, and closes it after them. */
export function engineBench(makeHarness: () => Promise<EngineHarness>): EngineBench {
  let harness: EngineHarness
  let count = 0
  beforeAll(async () => {
    harness = await makeHarness()
  })
  afterAll(async () => {
    await harness.engine.close()
    await harness.dispose()
  })
  const newPath = (prefix: string): string => `${harness.directory}/${prefix}-${++count}`
  const tableOf: EngineBench['tableOf'] = async (names, rows, firstLine = 2) => {
    const path = `${newPath('staged')}.csv`
    const records = rows.map((row, i) => [String(i + 2), ...row.map(quote)].join(',') + '\n')
    await harness.writeText(path, records.join(''))
    return {
      path,
      names,
      rows: rows.length,
      maxRecordBytes: Math.max(1, ...records.map((record) => record.length * 3)),
      innerLineBreaks: rows.flat().some((text) => /[\r\n]/.test(text)),
      firstLine,
    }
  }
  return {
    get harness() {
      return harness
    },
    newPath,
    tableOf,
    column: async (header, texts, hint) => {
      const staged = await harness.engine.stage(await tableOf([header, '序'], texts.map((text, i) => [text, String(i)])))
      const [field] = await harness.engine.inferTypes(staged, hint ? { [header]: hint } : {})
      return field!
    },
    write: async (table, change = (fields) => fields) => {
      const staged = await harness.engine.stage(table)
      const fields = change(await harness.engine.inferTypes(staged))
      const rejects: ValueReject[] = []
      const version = await harness.engine.writeVersion(staged, fields, { directory: newPath('version'), reject: (some) => void rejects.push(...some) })
      await harness.engine.discard(staged)
      return { version, rejects, fields, ref: { files: version.files.map((file) => file.path), schema: version.schema } }
    },
    rowsOf: async (ref, plan) => {
      const rows: Row[] = []
      for await (const batch of harness.engine.query(ref, plan)) rows.push(...batch)
      return rows
    },
  }
}
