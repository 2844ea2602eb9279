import {
  candidateReadings,
  judge,
  READINGS,
  textField,
  type ColumnMeasure,
  type InferredField,
  type Reading,
  type Staged,
  type TypeHints,
} from '@datong/data-engine'
import type { DuckDBConnection } from '@duckdb/node-api'
import { directValueOf, isPlaceholderSql, textOf, valueOf } from './casts.ts'
import { rowsOf } from './session.ts'
import { stagedColumn } from './sql.ts'
import { stagedSource } from './staging.ts'

/** A sample for picking candidates: many rows of a narrow table, few of a wide one. */
const SAMPLE_CELLS = 400_000
const PROBE_VALUES = 1000
/** Columns measured by one statement; thousands of aggregates in one take longer to plan than to run. */
const COLUMNS_AT_ONCE = 100

interface Open {
  readonly column: number
  readonly name: string
  readonly candidates: readonly Exclude<Reading, 'text'>[]
  readonly hinted: boolean
}

/**
 * Decides the type of each column. A sample picks the readings worth trying; each is then measured over all rows, one
 * reading a column and pass, until the rules accept one. Nearly always one pass is enough.
 */
export async function inferTypes(connection: DuckDBConnection, staged: Staged, hints: TypeHints): Promise<InferredField[]> {
  const { names } = staged.table
  const source = stagedSource(staged.table)
  const samples = await sampleColumns(connection, source, names.length)
  const fields = new Map<number, InferredField>()
  let open: Open[] = names.map((name, column) => {
    const hint = hints[name]
    const hinted = hint !== undefined
    const candidates = hint === undefined ? candidateReadings(samples[column] ?? []) : hint === 'text' ? [] : [hint]
    return { column, name, candidates, hinted }
  })
  while (open.length > 0) {
    const measures = await measureAll(connection, source, open)
    const still: Open[] = []
    for (const [index, each] of open.entries()) {
      const measure = measures[index]!
      const [reading, ...rest] = each.candidates
      if (!reading) {
        fields.set(each.column, textField(each.name, measure, each.hinted ? 'type/given' : 'type/text'))
        continue
      }
      const verdict = judge(each.name, reading, measure, each.hinted)
      if ('field' in verdict) fields.set(each.column, verdict.field)
      else if (rest.length > 0) still.push({ ...each, candidates: rest })
      else fields.set(each.column, textField(each.name, measure, 'type/too-many-misfits'))
    }
    open = still
  }
  return names.map((_, column) => fields.get(column)!)
}

/** The first texts of each column; a column that is blank there is asked for its first texts anywhere. */
async function sampleColumns(connection: DuckDBConnection, source: string, width: number): Promise<(string | null)[][]> {
  const rows = Math.min(20_000, Math.max(200, Math.floor(SAMPLE_CELLS / width)))
  const reader = await connection.runAndReadAll(`SELECT COLUMNS('^c\\d+$') FROM ${source} LIMIT ${rows}`)
  // all columns of the source are VARCHAR
  const samples = reader.getColumns() as (string | null)[][]
  const blank = samples.flatMap((texts, column) => (texts.every((text) => text === null) ? [column] : []))
  if (reader.currentRowCount < rows || blank.length === 0) return samples
  const probes = blank.map((column) => `min(${stagedColumn(column)}), max(${stagedColumn(column)}), list(${stagedColumn(column)}) FILTER (_line % 1009 = 0)`)
  for (let at = 0; at < blank.length; at += COLUMNS_AT_ONCE) {
    const part = probes.slice(at, at + COLUMNS_AT_ONCE)
    const [row = []] = await rowsOf(connection, `SELECT ${part.join(', ')} FROM ${source}`)
    part.forEach((_, i) => {
      const texts = [row[i * 3], row[i * 3 + 1], ...listItems(row[i * 3 + 2])].slice(0, PROBE_VALUES)
      samples[blank[at + i]!] = texts.map((text) => (typeof text === 'string' ? text : null))
    })
  }
  return samples
}

const listItems = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items) ? value.items : []

/**
 * Measures each column under its first candidate: first only what texts that fit as they stand tell, which is cheap and
 * enough for most columns; then, for columns with other texts, what those are.
 */
async function measureAll(connection: DuckDBConnection, source: string, open: readonly Open[]): Promise<ColumnMeasure[]> {
  const targets = open.map(({ column, candidates }): Target => ({ column: stagedColumn(column), reading: candidates[0] ?? 'text' }))
  const measures = await measure(connection, source, targets, plainMeasure)
  const odd = targets.flatMap(({ reading }, i) => (reading !== 'text' && measures[i]!.fits < measures[i]!.present ? [i] : []))
  const closer = await measure(connection, source, odd.map((i) => targets[i]!), closeMeasure)
  odd.forEach((i, at) => {
    measures[i] = closer[at]!
  })
  return measures
}

interface Target {
  readonly column: string
  readonly reading: Reading
}

/** Expressions worked out for each row, and the aggregates over them. */
interface Measuring {
  readonly inputs: readonly string[]
  readonly outputs: readonly (readonly [keyof ColumnMeasure, string])[]
}

async function measure(
  connection: DuckDBConnection,
  source: string,
  targets: readonly Target[],
  how: (target: Target) => Measuring,
): Promise<ColumnMeasure[]> {
  const measures: ColumnMeasure[] = []
  for (let at = 0; at < targets.length; at += COLUMNS_AT_ONCE) {
    const selects = targets.slice(at, at + COLUMNS_AT_ONCE).map(how)
    const inner = ['_line', ...selects.flatMap(({ inputs }) => inputs)].join(', ')
    const outer = ['count(*)', ...selects.flatMap(({ outputs }) => outputs.map(([, sql]) => sql))].join(', ')
    const [row = []] = await rowsOf(connection, `SELECT ${outer} FROM (SELECT ${inner} FROM ${source})`)
    let next = 1
    for (const { outputs } of selects) {
      const found = outputs.map(([key]) => [key, Number(row[next++] ?? 0)] as const)
      measures.push({ ...NOTHING, rows: Number(row[0]), ...Object.fromEntries(found) })
    }
  }
  return measures
}

const NOTHING: ColumnMeasure = {
  rows: 0,
  present: 0,
  placeholders: 0,
  fits: 0,
  least: 0,
  most: 0,
  leadingZeros: 0,
  longDigits: 0,
  scale: 0,
}

const FRACTION_DIGITS = (text: string): string => `CASE WHEN instr(${text}, '.') = 0 THEN 0 ELSE strlen(${text}) - instr(${text}, '.') END`

/** What the values of a column tell under a reading; `text` is where they come from. */
function rangeOf(reading: Reading, value: string, text: string): (readonly [keyof ColumnMeasure, string])[] {
  switch (READINGS[reading]) {
    case 'integer':
      return [['least', `min(${value})`], ['most', `max(${value})`]]
    case 'boolean':
      return [['least', `min(CAST(${value} AS INTEGER))`], ['most', `max(CAST(${value} AS INTEGER))`]]
    case 'decimal': {
      const mantissa = FRACTION_DIGITS(`split_part(lower(${text}), 'e', 1)`)
      const written = `greatest(0, (${mantissa}) - TRY_CAST(split_part(lower(${text}), 'e', 2) AS INTEGER))`
      const exponent = `contains(${text}, 'e') OR contains(${text}, 'E')`
      const scale = `CASE WHEN ${value} IS NULL THEN 0 WHEN ${exponent} THEN ${written} ELSE ${FRACTION_DIGITS(text)} END`
      return [['least', `min(${value})`], ['most', `max(${value})`], ['scale', `max(${scale})`]]
    }
    default:
      return []
  }
}

function plainMeasure({ column, reading }: Target): Measuring {
  if (reading === 'text') return { inputs: [column], outputs: [['present', `count(${column})`]] }
  const value = `t_${column}`
  return {
    inputs: [column, `${directValueOf(column, reading)} AS ${value}`],
    outputs: [['present', `count(${column})`], ['fits', `count(${value})`], ...rangeOf(reading, value, column)],
  }
}

function closeMeasure({ column, reading }: Target): Measuring {
  const value = `t_${column}`
  const text = `v_${column}`
  const trimmed = textOf(column)
  // few texts do not fit: what is asked of them is worked out for them alone
  const odd = (test: string): string => `count(*) FILTER (CASE WHEN ${value} IS NULL AND ${text} IS NOT NULL THEN ${test} ELSE false END)`
  const zeros = odd(`regexp_full_match(${text}, '0\\d+')`)
  const long = odd(`regexp_full_match(${text}, '\\d{16,}')`)
  return {
    inputs: [`${trimmed} AS ${text}`, `${valueOf(column, reading)} AS ${value}`],
    outputs: [
      ['present', `count(${text})`],
      ['fits', `count(${value})`],
      ['placeholders', odd(isPlaceholderSql(text))],
      ...(READINGS[reading] === 'integer' ? ([['leadingZeros', zeros], ['longDigits', long]] as const) : []),
      ...rangeOf(reading, value, text),
    ],
  }
}
