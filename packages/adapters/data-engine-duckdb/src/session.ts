import { AppError, isAppError } from '@datong/kernel'
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api'
import { mkdir } from 'node:fs/promises'
import { literal } from './sql.ts'

/** Where the engine may read and write, and how much it may use. */
export interface DuckDbOptions {
  /** Folders of staged files, versions and exports; nothing outside them can be read or written by any statement. */
  readonly allowedDirectories: readonly string[]
  /** For what does not fit into memory. */
  readonly temporaryDirectory: string
  /** Of the engine's own buffers; 1024 when not set. Sheets have as much again. */
  readonly memoryLimitMiB?: number
  /** As many as the machine has cores when not set. */
  readonly threads?: number
}

/** One DuckDB in memory with the locks on: no extension loading, no files outside the folders, no change of settings. */
export class DuckDbSessions {
  private readonly instance: DuckDBInstance

  private constructor(instance: DuckDBInstance) {
    this.instance = instance
  }

  static async open(options: DuckDbOptions): Promise<DuckDbSessions> {
    await mkdir(options.temporaryDirectory, { recursive: true })
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      // Files of any length are read and written in it; what needs more room (sorting, joining) goes to the temporary folder. Reading takes
      // some 190 MiB for each statement over 2,000 columns, and goes nowhere else.
      memory_limit: `${options.memoryLimitMiB ?? 1024}MiB`,
      // What a statement used goes back to the system, and is not kept for the next one.
      allocator_flush_threshold: '16MiB',
      allocator_background_threads: 'true',
      temp_directory: options.temporaryDirectory,
      ...(options.threads ? { threads: String(options.threads) } : {}),
    })
    const sessions = new DuckDbSessions(instance)
    await sessions.use('open', async (connection) => {
      const folders = options.allowedDirectories.map((path) => literal(path.endsWith('/') ? path : `${path}/`))
      await connection.run('SET preserve_insertion_order = true')
      await connection.run('SET parquet_metadata_cache = true')
      await connection.run(`SET allowed_directories = [${folders.join(', ')}]`)
      await connection.run('SET enable_external_access = false')
      await connection.run('SET lock_configuration = true')
    })
    return sessions
  }

  /** Runs work on a connection of its own. The engine's errors become `data-engine/failed`. */
  async use<T>(operation: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.instance.connect()
    try {
      return await work(connection)
    } catch (cause) {
      throw asAppError(operation, cause)
    } finally {
      connection.closeSync()
    }
  }

  /** What work on a connection of its own gives as it comes. When the reader stops early, or the signal says so, the statement is interrupted. */
  async *stream<T>(operation: string, work: (connection: DuckDBConnection) => AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T> {
    const connection = await this.instance.connect()
    let finished = false
    const stop = (): void => connection.interrupt()
    signal?.addEventListener('abort', stop)
    try {
      signal?.throwIfAborted()
      yield* work(connection)
      finished = true
    } catch (cause) {
      throw asAppError(operation, cause)
    } finally {
      signal?.removeEventListener('abort', stop)
      if (!finished) connection.interrupt()
      connection.closeSync()
    }
  }

  close(): void {
    this.instance.closeSync()
  }
}

/** The rows of a statement as they come, chunk by chunk. */
export async function* chunksOf(connection: DuckDBConnection, sql: string, values: readonly DuckDBValue[] = []): AsyncGenerator<DuckDBValue[][]> {
  const result = await connection.stream(sql, [...values])
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) return
    yield chunk.getRows()
  }
}

/** All rows of a small answer. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  values: readonly DuckDBValue[] = [],
): Promise<DuckDBValue[][]> {
  const reader = await connection.runAndReadAll(sql, [...values])
  return reader.getRows()
}

function asAppError(operation: string, cause: unknown): AppError {
  return isAppError(cause) ? cause : new AppError('data-engine/failed', { operation }, [], { cause })
}
