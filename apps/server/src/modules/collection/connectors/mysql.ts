import type { Reading } from '@datong/data-engine'
import { escape as escapeText, escapeId } from 'mysql2'
import type { SourceColumn, SourceObject } from './connector.ts'
import { databaseSource } from './databases/database-source.ts'
import { explainBy } from './databases/explain.ts'
import { mysqlConfig } from './databases/mysql-config.ts'
import { mysqlSession } from './databases/mysql-session.ts'
import { databaseSecrets, databaseSettings } from './databases/reach.ts'
import type { SqlKind, SqlSession } from './databases/sql-kind.ts'
import { defineConnector } from './define-connector.ts'

const REFUSED: Readonly<Record<string, string>> = {
  ER_ACCESS_DENIED_ERROR: 'credentials', ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'credentials', ER_BAD_DB_ERROR: 'unknown-database', ER_DBACCESS_DENIED_ERROR: 'not-permitted',
  ER_TABLEACCESS_DENIED_ERROR: 'not-permitted', ER_COLUMNACCESS_DENIED_ERROR: 'not-permitted', ER_CON_COUNT_ERROR: 'too-many-connections', ER_HOST_NOT_PRIVILEGED: 'not-permitted',
  ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: 'read-only',
}

/** What an error of the driver means. */
export const explainMysql = (host: string): ((error: unknown) => unknown) =>
  explainBy(host, { refused: REFUSED, query: (code) => code.startsWith('ER_') && !/SHUTDOWN|CONNECTION_KILLED/.test(code) })

const ofTables = (one: string): string => `
  select t.table_name, t.table_type, t.table_comment, t.table_rows, c.column_name, c.column_type, c.is_nullable, c.column_comment, s.seq_in_index
  from information_schema.tables t join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
    left join information_schema.statistics s on s.table_schema = t.table_schema and s.table_name = t.table_name and s.index_name = 'PRIMARY' and s.column_name = c.column_name
  where t.table_schema = database() and t.table_type in ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')${one}
  order by t.table_name, c.ordinal_position limit 200000`

export const quote = (name: string): string => escapeId(name, true)

const isBinary = (type: string): boolean => /^(binary|varbinary|(tiny|medium|long)?blob)/.test(type)

/** As with PostgreSQL: texts and long integers are left to inference. */
export function readingOf(type: string): Reading | null {
  if (type.includes('zerofill')) return 'text'
  if (/^(tinyint|smallint|mediumint|int|year)\b/.test(type)) return 'integer'
  if (type.startsWith('bit(1)')) return 'boolean-true-false'
  if (type === 'date') return 'date-ymd'
  if (/^(datetime|timestamp)/.test(type)) return 'datetime-ymd'
  const decimal = /^decimal\((\d+),(\d+)\)/.exec(type)
  if (decimal !== null) return decimal[2] === '0' ? (Number(decimal[1]) <= 15 ? 'integer' : null) : Number(decimal[1]) <= 38 ? 'decimal' : null
  return isBinary(type) || /^(json|time|uuid|inet|geometry|point|polygon|linestring)/.test(type) ? 'text' : null
}

const canMark = (type: string): boolean => /^(tinyint|smallint|mediumint|int|bigint|decimal|date|datetime|timestamp|year)\b/.test(type)

const columnOf = (name: string, type: string, nullable: boolean, comment: string | null): SourceColumn =>
  ({ name, sourceType: type, reading: readingOf(type), nullable, canMark: canMark(type), comment })

async function objectsOf(session: SqlSession, one: string | null): Promise<SourceObject[]> {
  const objects = new Map<string, SourceObject & { columns: SourceColumn[]; key: string[] }>()
  const places = new Map<string, Map<number, string>>()
  for (const row of await session.rows(ofTables(one === null ? '' : ' and binary t.table_name = binary ?'), one === null ? [] : [one])) {
    const [name = '', kind, comment = '', rows, column = '', type = '', nullable, columnComment = '', place] = row.map((value) => value ?? undefined)
    if (!objects.has(name)) {
      objects.set(name, {
        name, title: kind === 'VIEW' || comment === '' ? null : comment, kind: kind === 'VIEW' ? 'view' : 'table', columns: [], key: [],
        rows: rows === undefined ? null : Number(rows), bytes: null, modifiedAt: null,
      })
    }
    objects.get(name)?.columns.push(columnOf(column, type.toLowerCase(), nullable === 'YES', columnComment === '' ? null : columnComment))
    if (place !== undefined) places.set(name, (places.get(name) ?? new Map<number, string>()).set(Number(place), column))
  }
  for (const [name, keyed] of places) objects.get(name)?.key.push(...[...keyed].sort(([a], [b]) => a - b).map(([, column]) => column))
  return [...objects.values()]
}

/** Dates of nothing but zeros are how MySQL says "none". */
export function textOf({ name, sourceType: type }: SourceColumn): string {
  const column = quote(name)
  const text = `cast(${column} as char)`
  if (isBinary(type)) return `convert(lower(hex(${column})) using utf8mb4)`
  if (type.startsWith('bit(1)')) return `convert(case when ${column} is null then null when ${column} = b'1' then 'true' else 'false' end using utf8mb4)`
  if (type.startsWith('bit')) return `convert(cast(${column} + 0 as char) using utf8mb4)`
  if (/^(date|timestamp)/.test(type)) return `convert(case when ${text} like '0000-00-00%' then null else ${text} end using utf8mb4)`
  if (/^(geometry|point|polygon|linestring|multi)/.test(type)) return `convert(st_astext(${column}) using utf8mb4)`
  return `convert(${/^(varchar|char|(tiny|medium|long)?text|enum|set)/.test(type) ? column : text} using utf8mb4)`
}

/** MySQL 5.6 and MariaDB 10.0, or newer. */
export const mysql = defineConnector({
  title: { zh: 'MySQL / MariaDB 数据库', en: 'MySQL, MariaDB' },
  about: { zh: '读取表、视图或查询', en: 'Reads tables, views or a query' },
  settings: databaseSettings(3306),
  secrets: databaseSecrets,
  can: { list: true, query: true, incremental: true, summary: true, changes: true },
  async open(settings, secrets, tools) {
    const kind: SqlKind = {
      connect: async () => mysqlSession(await mysqlConfig(settings, secrets, tools), settings.utcOffset),
      objects: (session) => objectsOf(session, null),
      async table(session, name) {
        const [found] = await objectsOf(session, name)
        return found === undefined ? undefined : { from: quote(found.name), columns: found.columns ?? [], key: found.key }
      },
      async query(session, query) {
        const from = `(${query}\n) as asked`
        return { from, columns: (await session.describe(from)).map(({ name, type }) => columnOf(name, type, true, null)), key: [] }
      },
      quote,
      text: textOf,
      literal: ({ sourceType }, value) => {
        if (isBinary(sourceType)) return `x'${/^[0-9a-f]*$/.test(value) ? value : ''}'`
        // A number in quotes would be compared as a double.
        return canMark(sourceType) && /^-?[0-9]+(\.[0-9]+)?$/.test(value) ? value : escapeText(value)
      },
      sums: (texts) => {
        const row = `concat(${texts.map((text) => `coalesce(concat(length(${text}), ':', ${text}), '-')`).join(', ')})`
        return `count(*), coalesce(sum(cast(conv(left(sha2(${row}, 256), 14), 16, 10) as unsigned)), 0)`
      },
      explain: explainMysql(settings.host),
    }
    return databaseSource(kind, tools.signal)
  },
})
