import { type Db, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { DownloadFormat, Downloads } from '../files/download.ts'

/** A file of open data as everybody gets it. */
export interface OpenFile {
  readonly format: DownloadFormat
  readonly version: number
  readonly bytes: number
  /** Hexadecimal, lower case. */
  readonly sha256: string
}

interface OpenFileTables {
  'delivery.open_file': { entry_code: string; format: DownloadFormat; version: number; bytes: number; sha256: string }
}

/** Forms whose bytes are the same whenever and wherever they are made. A spreadsheet holds the moment of its making. */
const REPEATABLE: ReadonlySet<DownloadFormat> = new Set(['csv', 'json', 'parquet'])

/** The register of files of open data: filled as they are first asked for, emptied as their entry changes. */
export function createOpenFiles(db: Db) {
  const tables = withTables<OpenFileTables>(db)

  return {
    /** Downloads whose files are noted. A file that could not be noted leaves all the same. */
    noting(downloads: Downloads, log: { warn(details: object, message: string): void }): Downloads {
      return {
        ...downloads,
        async prepare(plan, format, making) {
          const file = await downloads.prepare(plan, format, making)
          if (plan.basis.kind === 'open' && REPEATABLE.has(format)) {
            await note(plan.entryCode, { format, version: plan.version, bytes: file.bytes, sha256: Buffer.from(file.sha256, 'base64url').toString('hex') })
              .catch((error: unknown) => log.warn({ err: error, entry: plan.entryCode }, 'the hash of an open file was not noted'))
          }
          return file
        },
      }
    },

    /** What is known of the files of these entries, by code. */
    async of(codes: readonly string[]): Promise<ReadonlyMap<string, readonly OpenFile[]>> {
      if (codes.length === 0) return new Map()
      const rows = await tables.selectFrom('delivery.open_file').selectAll().where('entry_code', '=', sql<string>`any(${[...codes]}::text[])`).execute()
      return Map.groupBy(rows, (row) => row.entry_code)
    },

    /** The entry changed: its files will be others. */
    async forget(entryCode: string): Promise<void> {
      await tables.deleteFrom('delivery.open_file').where('entry_code', '=', entryCode).execute()
    },
  }

  async function note(entryCode: string, file: OpenFile): Promise<void> {
    await sql`insert into delivery.open_file (entry_code, format, version, bytes, sha256)
      values (${entryCode}, ${file.format}, ${file.version}, ${file.bytes}, ${file.sha256})
      on conflict (entry_code, format) do update set version = excluded.version, bytes = excluded.bytes, sha256 = excluded.sha256
      where (open_file.version, open_file.sha256) is distinct from (excluded.version, excluded.sha256)`.execute(db)
  }
}

export type OpenFiles = ReturnType<typeof createOpenFiles>
