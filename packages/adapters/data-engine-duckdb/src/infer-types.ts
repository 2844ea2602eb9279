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
import { isPlaceholderSql, textOf, valueOf } from './casts.ts'
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

async function measureAll(connection: DuckDBConnection, source: string, open: readonly Open[]): Promise<ColumnMeasure[]> {
  const measures: ColumnMeasure[] = []
  for (let at = 0; at < open.length; at += COLUMNS_AT_ONCE) {
    const part = open.slice(at, at + COLUMNS_AT_ONCE)
    const selects = part.map(({ column, candidates }) => measuring(stagedColumn(column), candidates[0] ?? 'text'))
    const inner = ['_line', ...selects.flatMap(({ inputs }) => inputs)].join(', ')
    const outer = ['count(*)', ...selects.flatMap(({ outputs }) => outputs)].join(', ')
    const [row = []] = await rowsOf(connection, `SELECT ${outer} FROM (SELECT ${inner} FROM ${source})`)
    const rows = Number(row[0])
    let next = 1
    for (const { outputs, keys } of selects) {
      const cells = row.slice(next, next + outputs.length).map((cell) => Number(cell ?? 0))
      next += outputs.length
      measures.push({ ...NOTHING, rows, ...Object.fromEntries(keys.map((key, i) => [key, cells[i]!])) })
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

/** The inner columns and the aggregates that measure one column under one reading. */
function measuring(column: string, reading: Reading): { inputs: string[]; outputs: string[]; keys: (keyof ColumnMeasure)[] } {
  if (reading === 'text') return { inputs: [column], outputs: [`count(${column})`], keys: ['present'] }
  const text = textOf(column)
  const value = `t_${column}`
  // few texts do not fit: what is asked of them is worked out for them alone
  const odd = (test: string): string => `count(*) FILTER (CASE WHEN ${value} IS NULL AND ${column} IS NOT NULL THEN ${test} ELSE false END)`
  const measured: [keyof ColumnMeasure, string][] = [
    ['present', `count(${column}) - ${odd(`${text} IS NULL`)}`],
    ['placeholders', odd(isPlaceholderSql(text))],
    ['fits', `count(${value})`],
  ]
  const type = READINGS[reading]
  if (type === 'integer') {
    measured.push(
      ['least', `min(${value})`],
      ['most', `max(${value})`],
      ['leadingZeros', odd(`regexp_full_match(${text}, '0\\d+')`)],
      ['longDigits', odd(`regexp_full_match(${text}, '\\d{16,}')`)],
    )
  }
  if (type === 'decimal') {
    const fraction = (of: string): string => `CASE WHEN instr(${of}, '.') = 0 THEN 0 ELSE strlen(${of}) - instr(${of}, '.') END`
    const written = `length(split_part(rtrim(CAST(TRY_CAST(${text} AS DECIMAL(38, 18)) AS VARCHAR), '0'), '.', 2))`
    const unusual = `contains(${column}, 'e') OR contains(${column}, 'E') OR suffix(${column}, ' ')`
    measured.push(
      ['least', `min(${value})`],
      ['most', `max(${value})`],
      ['scale', `max(CASE WHEN ${value} IS NULL THEN 0 WHEN ${unusual} THEN ${written} ELSE ${fraction(column)} END)`],
    )
  }
  if (type === 'boolean') {
    measured.push(['least', `min(CAST(${value} AS INTEGER))`], ['most', `max(CAST(${value} AS INTEGER))`])
  }
  return {
    inputs: [column, `${valueOf(column, reading)} AS ${value}`],
    outputs: measured.map(([, sql]) => sql),
    keys: measured.map(([key]) => key),
  }
}
