import { AppError } from '@datong/kernel'
import { type ConnectionOptions, createConnection } from 'mysql2'
import { mysqlSession } from '../../connectors/databases/mysql-session.ts'
import type { SqlSession } from '../../connectors/databases/sql-kind.ts'
import { quote, readingOf, textOf } from '../../connectors/mysql.ts'
import type { CapturedColumn, CapturedSource, CapturedTable, TableShape } from '../captured-source.ts'
import { mariadbStream, positionText } from './mariadb-stream.ts'
import { MissingColumns } from './read-rows.ts'
import { UnknownType } from './read-value.ts'
import { valueColumn } from './value-columns.ts'

interface Reached {
  /** How to connect to the address that was checked. */
  readonly config: () => Promise<ConnectionOptions>
  readonly database: string
  readonly utcOffset: string
  /** What an error of the driver means. */
  readonly explain: (error: unknown) => unknown
}

const COLUMNS = `
  select c.column_name, c.column_type, c.character_set_name, s.seq_in_index, c.extra, t.table_type
  from information_schema.tables t join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
    left join information_schema.statistics s on s.table_schema = t.table_schema and s.table_name = t.table_name and s.index_name = 'PRIMARY' and s.column_name = c.column_name
  where t.table_schema = database() and binary t.table_name = binary ? order by c.ordinal_position`

/** How each version says that a column is computed of others; `DEFAULT_GENERATED` only has a computed default. */
const GENERATED = /\b(?:VIRTUAL|STORED|PERSISTENT)\b/i

/** MariaDB 10.5 or newer, and MySQL 5.6 or newer, as a source of changes: its binary log in rows. */
export function mariadbCapture({ config, database, utcOffset, explain }: Reached): CapturedSource {
  async function within<T>(work: (session: SqlSession) => Promise<T>): Promise<T> {
    let session: SqlSession | undefined
    try {
      session = await mysqlSession(await config(), utcOffset)
      return await work(session)
    } catch (error) {
      throw explain(error)
    } finally {
      await session?.close()
    }
  }

  async function inspect(session: SqlSession, object: string): Promise<TableShape> {
    const missing = (reason: string): AppError => new AppError('collection/capture-impossible', { object, reason })
    const [[log, format, image] = []] = await session.rows('select @@global.log_bin, @@global.binlog_format, @@global.binlog_row_image')
    if (log !== '1') throw missing('binary-log')
    if (format !== 'ROW') throw missing('log-format')
    if (image !== 'FULL') throw missing('row-image')
    const grants = (await session.rows('show grants for current_user()')).map(([text]) => text ?? '')
    if (!grants.some((text) => /\b(?:REPLICATION SLAVE|REPLICATION REPLICA|ALL PRIVILEGES)\b.* ON \*\.\*/.test(text))) throw missing('replication-right')
    const rows = await session.rows(COLUMNS, [object])
    if (rows.length === 0 || rows.some(([,,,,, type]) => type !== 'BASE TABLE')) throw missing('table')
    // The log has the values of stored generated columns; virtual ones are not in it, and a row cannot be told from one with a column less.
    if (rows.some(([,,,, extra]) => GENERATED.test(extra ?? ''))) throw missing('generated-column')
    const columns = rows.map(([name, type, charset]): CapturedColumn => {
      const sourceType = (type ?? '').toLowerCase()
      // Words of ENUM and SET keep their case.
      return { name: name ?? '', sourceType: /^(enum|set)\(/.test(sourceType) ? type ?? '' : sourceType, reading: readingOf(sourceType), details: { charset: charset ?? null } }
    })
    for (const column of columns) valueColumn(column, utcOffset)
    const key = rows.flatMap(([name, , , place]) => (place == null ? [] : [{ name: name ?? '', place: Number(place) }])).sort((one, other) => one.place - other.place).map(({ name }) => name)
    if (key.length === 0) throw missing('key')
    return { tableId: `${database}.${object}`, columns, key }
  }

  const selected = ({ columns }: CapturedTable): string => columns.map(({ name, sourceType, reading }) => textOf({ name, sourceType, reading, nullable: true, canMark: false, comment: null })).join(', ')

  return {
    inspect: (object) => within((session) => inspect(session, object)),

    async snapshot(table) {
      // MySQL does not tell the place of a snapshot: from a place before it, what changed in between is told again.
      const asked = (statement: string) => within(async (session) => (await session.rows(statement))[0])
      // MySQL 8.4 has the newer word only.
      const before = await asked('show master status').catch(() => asked('show binary log status')).catch(() => undefined)
      const session = await mysqlSession(await config(), utcOffset).catch((error: unknown) => { throw explain(error) })
      try {
        const status = new Map((await session.rows(`show status like 'binlog_snapshot_%'`)).map(([name, value]) => [name?.toLowerCase(), value]))
        const [file, at] = [status.get('binlog_snapshot_file'), status.get('binlog_snapshot_position')]
        const position = file != null && file !== '' ? positionText(file, Number(at)) : before?.[0] == null ? null : positionText(before[0], Number(before[1]))
        if (position === null) throw new AppError('collection/capture-impossible', { object: table.object, reason: 'replication-right' })
        const rows = session.stream(`select ${selected(table)} from ${quote(table.object)}`)
        return { position, rows: explained(rows), close: () => session.close() }
      } catch (error) {
        await session.close()
        throw explain(error)
      }
    },

    async stream(table, position) {
      const connection = createConnection(await config())
      try {
        return await mariadbStream(connection, position, {
          table, schema: database, utcOffset, explain: (error) => ofStream(table.object, error) ?? explain(error),
        })
      } catch (error) {
        connection.destroy()
        throw explain(error)
      }
    },

    // Every row comes whole.
    reread: async () => [],
    // The server keeps nothing for us.
    forget: async () => undefined,
  }

  async function* explained<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* rows
    } catch (error) {
      throw explain(error)
    }
  }
}

/** What a line means that breaks for a reason of the log; undefined for others. */
function ofStream(object: string, error: unknown): AppError | undefined {
  if (isLost(error)) return new AppError('collection/capture-lost', { object })
  // A session may set what the server as a whole does not.
  if (error instanceof MissingColumns) return new AppError('collection/capture-impossible', { object, reason: 'row-image' })
  return error instanceof UnknownType ? new AppError('collection/capture-impossible', { object, reason: 'column-type' }) : undefined
}

/** What comes behind the position is not there any more, or never was. */
const isLost = (error: unknown): boolean => error instanceof Error && 'errno' in error && error.errno === 1236
