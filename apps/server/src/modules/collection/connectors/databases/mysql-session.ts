import mysql2, { type ConnectionOptions, createConnection, type FieldPacket, type RowDataPacket } from 'mysql2'
import type { Readable } from 'node:stream'
import { orSilence } from './explain.ts'
import { BATCH_BYTES, FIRST_SILENCE_MS, SILENCE_MS } from './reach.ts'
import type { SqlSession, TextRow } from './sql-kind.ts'

const MOST_ROWS = 20_000
const BINARY = 63
const UNSIGNED = 32
/** The driver's table leads both ways. */
const NAMES = mysql2.Types as unknown as Readonly<Record<number, string | undefined>>

/** @param offset of the zone in which timestamps are told, such as `+08:00` */
export async function mysqlSession(config: ConnectionOptions, offset: string): Promise<SqlSession> {
  const plain = createConnection(config)
  // A question with an answer hears of a line that broke; rows under way do not.
  let broken: Error | undefined
  let underWay: Readable | undefined
  plain.on('error', (error) => {
    broken = error
    underWay?.destroy(error)
  })
  const connection = plain.promise()
  const end = (): void => plain.destroy()
  const question = (sql: string, values: readonly string[] = []) => ({ sql, values: [...values], rowsAsArray: true, typeCast: (field: { string(): string | null }) => field.string() })
  const ask = async (sql: string, values?: readonly string[]): Promise<{ rows: TextRow[]; fields: FieldPacket[] }> => {
    const [rows, fields] = await orSilence(connection.query<RowDataPacket[][]>(question(sql, values)), FIRST_SILENCE_MS, end)
    return { rows: rows as unknown as TextRow[], fields } // arrays of texts, as `question` wants them
  }
  try {
    // Told by hand, so that texts in quotes mean what they say; waiting for us is no reason to hang up.
    for (const sql of [
      `set session sql_mode = '', time_zone = '${offset}', net_write_timeout = 600`, 'set session transaction isolation level repeatable read',
      'start transaction with consistent snapshot, read only',
    ]) await connection.query(sql)
  } catch (error) {
    end()
    throw error
  }
  return {
    rows: async (sql, values) => (await ask(sql, values)).rows,
    describe: async (from) => (await ask(`select * from ${from} limit 0`)).fields.map((field) => ({ name: field.name, type: typeOf(field) })),
    async* stream(sql) {
      if (broken !== undefined) throw broken
      const rows = underWay = plain.query(question(sql)).stream({ highWaterMark: 500 })
      const iterator = rows[Symbol.asyncIterator]() as AsyncIterator<TextRow>
      try {
        for (let ms = FIRST_SILENCE_MS; ; ms = SILENCE_MS) {
          const batch = await orSilence(collect(iterator), ms, end)
          if (batch.length === 0) return
          yield batch
        }
      } finally {
        rows.destroy()
      }
    },
    // Rows may still be on their way: a polite end would wait for them.
    close: async () => end(),
  }
}

async function collect(rows: AsyncIterator<TextRow>): Promise<TextRow[]> {
  const batch: TextRow[] = []
  for (let bytes = 0; bytes < BATCH_BYTES && batch.length < MOST_ROWS;) {
    const { done, value } = await rows.next()
    if (done === true) break
    batch.push(value)
    for (const text of value) bytes += text === null ? 1 : text.length
  }
  return batch
}

/** The type of a column of a query, spelled as that of a column of a table. */
function typeOf({ columnType = 0, columnLength = 0, decimals = 0, flags, characterSet }: FieldPacket): string {
  const isUnsigned = typeof flags === 'number' && (flags & UNSIGNED) !== 0
  const name = (NAMES[columnType] ?? '').toLowerCase()
  switch (name) {
    case 'decimal': case 'newdecimal': return `decimal(${columnLength - (decimals > 0 ? 1 : 0) - (isUnsigned ? 0 : 1)},${decimals})`
    case 'tiny': return 'tinyint'
    case 'short': return 'smallint'
    case 'int24': return 'mediumint'
    case 'long': return 'int'
    case 'longlong': return 'bigint'
    case 'bit': return `bit(${columnLength})`
    case 'newdate': return 'date'
    case 'timestamp2': return 'timestamp'
    case 'datetime2': return 'datetime'
    case 'var_string': case 'varchar': case 'string': return characterSet === BINARY ? 'varbinary' : 'varchar'
    case 'blob': case 'tiny_blob': case 'medium_blob': case 'long_blob': return characterSet === BINARY ? 'blob' : 'text'
    default: return name
  }
}
