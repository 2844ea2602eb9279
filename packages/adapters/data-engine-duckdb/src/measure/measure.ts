import { BOUND_SHARES, checkCondition, checkMeasures, type Condition, type Measure, type Measured, mostBeyond, outlierBounds, type Row, type RowsAsked, type RowsFound, type VersionRef } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { DuckDBConnection } from '@duckdb/node-api'
import { inNarrowParts } from '../narrow-copy.ts'
import { carried, versionSource } from '../read-rows.ts'
import { chunksOf, rowsOf } from '../session.ts'
import { identifier } from '../sql.ts'
import { measureDependency, measureGroups, measureNear } from './measure-groups.ts'
import { measureCoverage, measureReference, measureSame, measureSums } from './measure-joins.ts'
import { conditionsOver, measureRows } from './measure-rows.ts'
import { constant } from './texts.ts'

const SAMPLE = 100
/** DuckDB keeps the first so many of a column in an aggregate, and no more. */
const MOST_SAMPLE = 999_999

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>
type Work<K extends Measure['kind']> = (connection: DuckDBConnection, version: VersionRef, measure: Of<K>, sample: number) => Promise<Measured>

/** Measures that are statements of their own. */
const WORK: { readonly [K in Exclude<Measure['kind'], 'rows'>]: Work<K> } = {
  groups: measureGroups,
  near: measureNear,
  dependency: measureDependency,
  reference: measureReference,
  coverage: measureCoverage,
  same: measureSame,
  sums: measureSums,
  outliers: measureOutliers,
}

/** Counts what is asked; see `MeasuringEngine`. */
export async function measureVersion(connection: DuckDBConnection, version: VersionRef, measures: readonly Measure[], asked = SAMPLE): Promise<Measured[]> {
  const sample = Math.min(asked, MOST_SAMPLE)
  checkMeasures(measures, version.schema)
  await refuseBadPatterns(connection, measures)
  const rowMeasures = measures.filter((measure) => measure.kind === 'rows')
  const counted = new Map(rowMeasures.map((measure, i) => [measure, i]))
  const rows = await measureRows(connection, version, rowMeasures, sample)
  const answers: Measured[] = []
  for (const measure of measures) {
    if (measure.kind === 'rows') answers.push(rows[counted.get(measure)!]!)
    else {
      // The registry has the work of exactly this kind; TypeScript cannot tell which.
      const work = WORK[measure.kind] as Work<Measure['kind']>
      answers.push(await work(connection, version, measure, sample))
    }
  }
  return answers
}

/** The rows that are asked for, one question after the other. */
export async function* rowsAsked(connection: DuckDBConnection, version: VersionRef, asked: readonly RowsAsked[]): AsyncGenerator<RowsFound> {
  for (const { columns, condition } of asked) checkCondition(condition, columns, version.schema)
  yield* inNarrowParts(connection, version, asked, (one) => compileAsked(version, one).fields, async function* (source, part, from) {
    for (const [index, one] of part.entries()) {
      const { columns, steps, where } = compileAsked(version, one)
      const chunks = chunksOf(connection, `SELECT CAST(_row AS DOUBLE) AS _row, ${columns.join(', ')} FROM ${steps.around(source)} WHERE ${where}`)
      for await (const rows of chunks) yield { of: from + index, rows: rows as readonly Row[] } // cast to text, double or boolean, which come as JavaScript's own values
    }
  })
}

function compileAsked(version: VersionRef, { columns, condition }: RowsAsked) {
  const { conditions, operands, steps } = conditionsOver(version)
  const where = conditions.sure(condition)
  const selected = columns.map((name, i) => `${carried(operands.schema(name), identifier(name))} AS out${i}`)
  return { columns: selected, steps, where, fields: operands.read }
}

/** Numbers beyond bounds that are worked out of their quantiles; where these are the same there is nothing to be beyond. */
async function measureOutliers(connection: DuckDBConnection, version: VersionRef, { field, factor }: Of<'outliers'>, sample: number): Promise<Measured> {
  const { operands, steps } = conditionsOver(version)
  const column = `CAST(${operands.number(field)} AS DOUBLE)`
  const source = `SELECT _row, v FROM (SELECT _row, ${column} AS v FROM ${steps.around(versionSource(version))}) WHERE v IS NOT NULL AND isfinite(v)`
  const [[count, ...quantiles] = []] = await rowsOf(connection, `SELECT count(*), ${BOUND_SHARES.map((share) => `quantile_disc(v, ${share})`).join(', ')} FROM (${source})`)
  const checked = Number(count)
  const found = checked === 0 ? null : outlierBounds(quantiles.map(Number), checked, factor)
  if (found === null) return { checked, failed: 0, doubtful: 0, sample: [] }
  const [[below, above, least, most] = []] = await rowsOf(connection, `SELECT count(*) FILTER (v < ${found.low}), count(*) FILTER (v > ${found.high}), min(v), max(v) FROM (${source})`)
  const isHabit = (beyond: unknown): boolean => Number(beyond) > mostBeyond(checked)
  const bounds = { low: isHabit(below) ? Number(least) : found.low, high: isHabit(above) ? Number(most) : found.high }
  const failed = (isHabit(below) ? 0 : Number(below)) + (isHabit(above) ? 0 : Number(above))
  const rows = failed === 0 || sample === 0 ? [] : await rowsOf(connection, `SELECT _row FROM (${source}) WHERE v < ${bounds.low} OR v > ${bounds.high} ORDER BY _row LIMIT ${sample}`)
  return { checked, failed, doubtful: 0, sample: rows.map(([row]) => Number(row)), bounds }
}

/** @throws AppError `data-engine/invalid-plan` for regular expressions that the engine does not take */
async function refuseBadPatterns(connection: DuckDBConnection, measures: readonly Measure[]): Promise<void> {
  const patterns = [...new Set(measures.flatMap((measure) => ('among' in measure ? patternsIn(measure.among) : []).concat(measure.kind === 'rows' ? [...patternsIn(measure.failed), ...patternsIn(measure.doubtful)] : [])))]
  for (const pattern of patterns) {
    try {
      await connection.run(`SELECT regexp_matches('', ${constant(pattern)}, 's')`)
    } catch (cause) {
      const issue = { pointer: '', code: 'invalid-pattern', message: `The regular expression ${JSON.stringify(pattern.slice(0, 100))} is not of the kind that runs in linear time.` }
      throw new AppError('data-engine/invalid-plan', { issues: 1 }, [issue], { cause })
    }
  }
}

function patternsIn(condition: Condition | undefined): string[] {
  if (condition === undefined) return []
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(patternsIn)
  if (condition.op === 'not') return patternsIn(condition.of)
  return condition.op === 'matches' || condition.op === 'finds' ? [condition.pattern] : []
}
