import type { FieldProfile, FieldSchema, HistogramBin, PatternCount, Value, ValueCount, VersionRef } from '@datong/data-engine'
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { copyOf } from './narrow-copy.ts'
import { carried, versionSource } from './read-rows.ts'
import { rowsOf } from './session.ts'
import { identifier } from './sql.ts'

const COLUMNS_AT_ONCE = 100
const BINS = 20
const MOST_FREQUENT = 10
const MOST_PATTERNS = 5
/** Columns with more values than this (estimated) are described from a sample of their values. */
const MOST_EXACT_VALUES = 20_000_000
/** Patterns are made from at most about so many different values. */
const PATTERN_VALUES = 100_000

interface Basics {
  readonly rows: number
  readonly filled: number
  readonly estimate: number
  readonly min: Value
  readonly max: Value
  readonly mean: number
  readonly deviation: number
  readonly low: number
  readonly high: number
  readonly shortest: number
  readonly longest: number
  readonly averageLength: number
}

/**
 * Profiles every field: one scan for what simple aggregates tell, then one grouping a field for what its different
 * values tell. Patterns and histogram are made from the different values with their counts, not from all rows.
 */
export async function profileVersion(connection: DuckDBConnection, version: VersionRef): Promise<FieldProfile[]> {
  const { schema } = version
  const profiles: FieldProfile[] = []
  for (let at = 0; at < schema.length; at += COLUMNS_AT_ONCE) {
    const part = schema.slice(at, at + COLUMNS_AT_ONCE)
    const source = await sourceOf(connection, version, part)
    const basics = await basicsOf(connection, source, part)
    for (const [index, field] of part.entries()) profiles.push(await profileField(connection, source, field, basics[index]!))
  }
  return profiles
}

/** The version itself; of a wide one a narrow copy, or each statement would read the directory of all its columns. */
const sourceOf = async (connection: DuckDBConnection, version: VersionRef, part: readonly FieldSchema[]): Promise<string> =>
  (version.schema.length <= COLUMNS_AT_ONCE ? versionSource(version) : copyOf(connection, version, part.map(({ name }) => name)))

async function basicsOf(connection: DuckDBConnection, source: string, fields: readonly FieldSchema[]): Promise<Basics[]> {
  const selects = fields.flatMap((field) => {
    const column = identifier(field.name)
    const number = isNumber(field) ? `CAST(${column} AS DOUBLE)` : undefined
    return [
      `count(${column})`,
      `approx_count_distinct(${column})`,
      carried(field, `min(${column})`),
      carried(field, `max(${column})`),
      ...(number ? [`avg(${number})`, `stddev_pop(${number})`, `CAST(min(${column}) AS DOUBLE)`, `CAST(max(${column}) AS DOUBLE)`] : ['0', '0', '0', '0']),
      ...(field.type === 'text' ? [`min(length(${column}))`, `max(length(${column}))`, `avg(length(${column}))`] : ['0', '0', '0']),
    ]
  })
  const [row = []] = await rowsOf(connection, `SELECT count(*), ${selects.join(', ')} FROM ${source}`)
  return fields.map((_, index) => {
    const cells = row.slice(1 + index * 11, 12 + index * 11)
    const number = (at: number): number => Number(cells[at] ?? 0)
    return {
      rows: Number(row[0]),
      filled: number(0),
      estimate: number(1),
      min: valueFrom(cells[2]),
      max: valueFrom(cells[3]),
      mean: number(4),
      deviation: number(5),
      low: number(6),
      high: number(7),
      shortest: number(8),
      longest: number(9),
      averageLength: number(10),
    }
  })
}

const isNumber = (field: FieldSchema): boolean => field.type === 'integer' || field.type === 'decimal'

async function profileField(
  connection: DuckDBConnection,
  source: string,
  field: FieldSchema,
  basics: Basics,
): Promise<FieldProfile> {
  const { rows, filled, min, max } = basics
  const exact = basics.estimate <= MOST_EXACT_VALUES
  const groups = filled === 0 ? NO_GROUPS : await groupsOf(connection, source, field, basics, exact)
  return {
    name: field.name,
    type: field.type,
    rows,
    filled,
    filledShare: rows === 0 ? 0 : filled / rows,
    distinct: exact ? groups.distinct : basics.estimate,
    exact,
    min,
    max,
    frequent: groups.frequent,
    identifierCandidate: exact && rows > 1 && filled === rows && groups.distinct === rows && IDENTIFIER_TYPES.has(field.type),
    ...(field.type === 'text'
      ? { length: { min: basics.shortest, max: basics.longest, average: basics.averageLength }, patterns: groups.patterns }
      : {}),
    ...(isNumber(field)
      ? { numbers: { mean: basics.mean, standardDeviation: basics.deviation, histogram: binsOf(basics, groups.bins) } }
      : {}),
  }
}

const IDENTIFIER_TYPES: ReadonlySet<string> = new Set(['text', 'integer'])

interface Groups {
  readonly distinct: number
  readonly frequent: readonly ValueCount[]
  readonly patterns: readonly PatternCount[]
  readonly bins: ReadonlyMap<number, number>
}

const NO_GROUPS: Groups = { distinct: 0, frequent: [], patterns: [], bins: new Map() }

/** One statement a field: its values with their counts, then everything that follows from them. */
async function groupsOf(
  connection: DuckDBConnection,
  source: string,
  field: FieldSchema,
  basics: Basics,
  exact: boolean,
): Promise<Groups> {
  const column = identifier(field.name)
  const every = exact ? 1 : Math.ceil(basics.estimate / MOST_EXACT_VALUES)
  const sampled = every === 1 ? '' : ` AND hash(${column}) % ${every} = 0`
  const ctes = [`g AS MATERIALIZED (SELECT ${column} AS v, count(*) AS n FROM ${source} WHERE ${column} IS NOT NULL${sampled} GROUP BY 1)`]
  const branches = [
    `SELECT 0 AS kind, NULL AS label, count(*) AS n FROM g`,
    `SELECT 1, CAST(${carried(field, 'item.v')} AS VARCHAR), -item.n FROM (SELECT unnest(min({'n': -n, 'v': v}, ${MOST_FREQUENT})) AS item FROM g)`,
  ]
  if (field.type === 'text') {
    const thin = Math.max(1, Math.ceil(basics.estimate / every / PATTERN_VALUES))
    const some = thin === 1 ? '' : ` WHERE hash(v, 1) % ${thin} = 0`
    ctes.push(`p AS (SELECT ${patternSql('v')} AS label, CAST(sum(n) AS BIGINT) * ${thin} AS n FROM g${some} GROUP BY 1)`)
    branches.push(`SELECT * FROM (SELECT 2, label, n FROM p ORDER BY n DESC, label LIMIT ${MOST_PATTERNS})`)
  }
  if (isNumber(field)) {
    const width = (basics.high - basics.low) / BINS
    const bin = width > 0 ? `least(${BINS - 1}, CAST(floor((CAST(v AS DOUBLE) - ${basics.low}) / ${width}) AS INTEGER))` : '0'
    branches.push(`SELECT 3, CAST(${bin} AS VARCHAR), CAST(sum(n) AS BIGINT) FROM g GROUP BY 2`)
  }
  const rows = await rowsOf(connection, `WITH ${ctes.join(', ')} ${branches.join(' UNION ALL ')}`)
  const of = (kind: number): { label: string; count: number }[] =>
    rows.filter((row) => Number(row[0]) === kind).map((row) => ({ label: String(row[1]), count: Number(row[2]) * every }))
  return {
    distinct: of(0)[0]?.count ?? 0,
    frequent: of(1).map(({ label, count }) => ({ value: fromLabel(field, label), count })),
    patterns: of(2).map(({ label, count }) => ({ pattern: label, count })).sort((a, b) => b.count - a.count),
    bins: new Map(of(3).map(({ label, count }) => [Number(label), count])),
  }
}

/** Runs of digits, Latin letters and Han as one sign each; only the first characters of very long texts. */
const patternSql = (column: string): string =>
  `regexp_replace(regexp_replace(regexp_replace(left(${column}, 200), '[0-9]+', '9', 'g'), '[A-Za-z]+', 'A', 'g'), '[\\p{Han}]+', '汉', 'g')`

function fromLabel(field: FieldSchema, label: string): Value {
  if (field.type === 'boolean') return label === 'true'
  const asNumber = field.type === 'integer' || (field.type === 'decimal' && (field.precision ?? 38) <= 15)
  return asNumber ? Number(label) : label
}

function binsOf(basics: Basics, counts: ReadonlyMap<number, number>): HistogramBin[] {
  if (basics.filled === 0) return []
  const width = (basics.high - basics.low) / BINS
  if (!(width > 0)) return [{ from: basics.low, to: basics.high, count: counts.get(0) ?? 0 }]
  return Array.from({ length: BINS }, (_, i) => ({
    from: basics.low + i * width,
    to: i === BINS - 1 ? basics.high : basics.low + (i + 1) * width,
    count: counts.get(i) ?? 0,
  }))
}

const valueFrom = (value: DuckDBValue | undefined): Value =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
