import type { DataEngine, NormalisedTable, TypedField } from '@datong/data-engine'
import { join } from 'node:path'
import { syncFolder } from '../durable-files.ts'
import type { OriginalPart } from '../tables.ts'

const FOLDER = 'original'

/** Stores the rows as they came in, all as texts, in a folder of the version's own. @param whole whether they are all the rows that the version is made of */
export async function keepOriginal(engine: DataEngine, table: NormalisedTable, staging: string, whole: boolean): Promise<OriginalPart> {
  const staged = await engine.stage(table)
  try {
    const fields = table.names.map((name): TypedField => ({ name, type: 'text', nullable: true, reading: 'text' }))
    const directory = join(staging, FOLDER)
    const { files, schema, rowsStored } = await engine.writeVersion(staged, fields, { directory, reject: () => undefined })
    // Text takes every value, so a row that is missing is our fault.
    if (rowsStored !== table.rows) throw new Error(`${rowsStored} of ${table.rows} rows of the original were stored`)
    await syncFolder(directory)
    return {
      fields: schema, rowCount: rowsStored, whole,
      files: files.map(({ path, bytes, sha256, rows }) => ({ path: join(FOLDER, path.slice(directory.length + 1)), bytes, sha256, rows })),
    }
  } finally {
    await engine.discard(staged)
  }
}
