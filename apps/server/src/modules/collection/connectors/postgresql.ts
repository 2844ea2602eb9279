import pg from 'pg'
import type { Reading } from '@datong/data-engine'
import type { SourceColumn, SourceObject } from './connector.ts'
import { databaseSource } from './databases/database-source.ts'
import { explainBy } from './databases/explain.ts'
import { postgresqlConfig, refuseOwnDatabase } from './databases/postgresql-config.ts'
import { postgresqlSession } from './databases/postgresql-session.ts'
import { databaseSecrets, databaseSettings } from './databases/reach.ts'
import type { SqlKind, SqlSession } from './databases/sql-kind.ts'
import { defineConnector } from './define-connector.ts'

const REFUSED: Readonly<Record<string, string>> = {
  '28P01': 'credentials', '28000': 'credentials', '3D000': 'unknown-database', '42501': 'not-permitted', '53300': 'too-many-connections', '25006': 'read-only',
}

/** Words of the database about a query that it cannot run: syntax, names, types, division by zero, time limits. */
const isOfQuery = (code: string): boolean => /^(42|22|0A|21|54|57014)/.test(code) && code.length === 5

/** What an error of the driver means. */
export const explainPostgresql = (host: string): ((error: unknown) => unknown) => explainBy(host, { refused: REFUSED, query: isOfQuery })

/** Tables and views that the user may read, with their columns; `$1` is one name, or nothing for all. */
const OBJECTS = `
  select n.nspname || '.' || c.relname as name, c.relkind::text, obj_description(c.oid, 'pg_class'), greatest(c.reltuples, -1)::bigint,
    a.attname::text, format_type(a.atttypid, a.atttypmod), not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)), col_description(c.oid, a.attnum),
    case when array_position(i.indkey::int2[], a.attnum) < i.indnkeyatts then array_position(i.indkey::int2[], a.attnum) end
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid left join pg_index i on i.indrelid = c.oid and i.indisprimary
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select') and ($1 = '' or n.nspname || '.' || c.relname = $1)
  order by 1, a.attnum limit 200000`

const quote = (name: string): string => pg.escapeIdentifier(name)

/** How PostgreSQL's types are surely read. Texts hold anything in old databases, and long integers may be longer than a number: inference looks. */
export function readingOf(type: string): Reading | null {
  if (type === 'smallint' || type === 'integer') return 'integer'
  if (type === 'boolean') return 'boolean-true-false'
  if (type === 'date') return 'date-ymd'
  if (type.startsWith('timestamp')) return 'datetime-ymd'
  const numeric = /^numeric\((\d+),(-?\d+)\)$/.exec(type)
  if (numeric !== null) return Number(numeric[2]) <= 0 ? (Number(numeric[1]) <= 15 ? 'integer' : null) : Number(numeric[1]) <= 38 ? 'decimal' : null
  return /^(uuid|jsonb?|bytea|xml|inet|cidr|macaddr|time|interval)/.test(type) || type.endsWith('[]') ? 'text' : null
}

const canMark = (type: string): boolean => /^(smallint|integer|bigint|numeric|date|timestamp)/.test(type) && !type.endsWith('[]')

const columnOf = (name: string, type: string, nullable: boolean, comment: string | null): SourceColumn =>
  ({ name, sourceType: type, reading: readingOf(type), nullable, canMark: canMark(type), comment })

async function objectsOf(session: SqlSession, one: string): Promise<SourceObject[]> {
  const objects = new Map<string, SourceObject & { columns: SourceColumn[]; key: string[] }>()
  const places = new Map<string, Map<number, string>>()
  for (const row of await session.rows(OBJECTS, [one])) {
    const [name = '', relkind, comment = null, rows, column = '', type = '', nullable, columnComment = null, place = ''] = row.map((value) => value ?? undefined)
    if (!objects.has(name)) {
      objects.set(name, {
        name, title: comment, kind: relkind === 'v' || relkind === 'm' ? 'view' : 'table', columns: [], key: [], rows: rows === '-1' ? null : Number(rows), bytes: null, modifiedAt: null,
      })
    }
    objects.get(name)?.columns.push(columnOf(column, type, nullable === 't', columnComment))
    if (place !== '') places.set(name, (places.get(name) ?? new Map<number, string>()).set(Number(place), column))
  }
  for (const [name, keyed] of places) objects.get(name)?.key.push(...[...keyed].sort(([a], [b]) => a - b).map(([, column]) => column))
  return [...objects.values()]
}

function textOf({ name, sourceType: type }: SourceColumn): string {
  const column = quote(name)
  if (type === 'bytea') return `encode(${column}, 'hex')`
  if (/^timestamp.* with time zone$/.test(type)) return `${column}::timestamp::text`
  return type === 'money' ? `${column}::numeric::text` : `${column}::text`
}

/** PostgreSQL 11 or newer, and databases that speak its protocol. */
export const postgresql = defineConnector({
  title: { zh: 'PostgreSQL 数据库', en: 'PostgreSQL' },
  about: { zh: '读取表、视图或查询；也适用于兼容 PostgreSQL 协议的国产数据库', en: "Reads tables, views or a query; also of databases that speak PostgreSQL's protocol" },
  settings: databaseSettings(5432),
  secrets: databaseSecrets,
  can: { list: true, query: true, incremental: true, summary: true, changes: true },
  async open(settings, secrets, tools) {
    const { host } = settings
    const kind: SqlKind = {
      async connect() {
        const session = await postgresqlSession(await postgresqlConfig(settings, secrets, tools), settings.utcOffset)
        try {
          await refuseOwnDatabase(session.query, host, tools)
        } catch (error) {
          await session.close().catch(() => undefined)
          throw error
        }
        return session
      },
      objects: (session) => objectsOf(session, ''),
      async table(session, name) {
        const [found] = await objectsOf(session, name)
        if (found === undefined) return undefined
        const [row] = await session.rows(`select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname || '.' || c.relname = $1`, [name])
        return { from: row?.[0] ?? '', columns: found.columns ?? [], key: found.key }
      },
      async query(session, query) {
        const from = `(${query}\n) as asked`
        return { from, columns: (await session.describe(from)).map(({ name, type }) => columnOf(name, type, true, null)), key: [] }
      },
      quote,
      text: textOf,
      literal: ({ sourceType }, value) => (sourceType === 'bytea' ? `decode(${pg.escapeLiteral(value)}, 'hex')` : pg.escapeLiteral(value)),
      sums: (texts) => {
        const row = texts.map((text) => `coalesce(octet_length(convert_to(${text}, 'UTF8')) || ':' || ${text}, '-')`).join(' || ')
        return `count(*)::text, coalesce(sum(('x' || encode(substring(sha256(convert_to(${row}, 'UTF8')) from 1 for 7), 'hex'))::bit(56)::bigint), 0)::text`
      },
      explain: explainPostgresql(host),
    }
    return databaseSource(kind, tools.signal)
  },
})
