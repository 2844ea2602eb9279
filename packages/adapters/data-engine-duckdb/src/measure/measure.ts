import { checkCondition, checkMeasures, type Condition, type Measure, type Measured, type VersionRef } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import type { DuckDBConnection } from '@duckdb/node-api'
import { carried, type Compiled, versionSource } from '../read-rows.ts'
import { rowsOf } from '../session.ts'
import { identifier } from '../sql.ts'
import { measureDependency, measureGroups, measureNear } from './measure-groups.ts'
import { measureCoverage, measureReference, measureSame, measureSums } from './measure-joins.ts'
import { conditionsOver, measureRows } from './measure-rows.ts'
import { constant } from './texts.ts'

const SAMPLE = 100
/** DuckDB keeps the first so many of a column in an aggregate, and no more. */
const MOST_SAMPLE = 999_999
/** Times that the upper half of the middle is wider than the lower. */
const SKEWED = 1.5

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

/** The statement for `rowsWhere`: `_row` and the columns as rows carry them. */
export function compileRowsWhere(version: VersionRef, columns: readonly string[], condition: Condition): Compiled {
  checkCondition(condition, columns, version.schema)
  const { conditions, operands, steps } = conditionsOver(version)
  const where = conditions.sure(condition)
  const selected = columns.map((name, i) => `${carried(operands.schema(name), identifier(name))} AS out${i}`)
  return { sql: `SELECT CAST(_row AS DOUBLE) AS _row, ${selected.join(', ')} FROM ${steps.around(versionSource(version))} WHERE ${where}`, values: [] }
}

/** Numbers beyond the quartiles by more than `factor` times their distance; without such a distance there is nothing to be beyond. */
async function measureOutliers(connection: DuckDBConnection, version: VersionRef, { field, factor }: Of<'outliers'>, sample: number): Promise<Measured> {
  const { operands, steps } = conditionsOver(version)
  const column = `CAST(${operands.number(field)} AS DOUBLE)`
  const source = `SELECT _row, v FROM (SELECT _row, ${column} AS v FROM ${steps.around(versionSource(version))}) WHERE v IS NOT NULL AND isfinite(v)`
  const [[count, ...quartiles] = []] = await rowsOf(connection, `SELECT count(*), quantile_disc(v, 0.25), quantile_disc(v, 0.5), quantile_disc(v, 0.75) FROM (${source})`)
  const checked = Number(count)
  const [first = 0, middle = 0, third = 0] = quartiles.map(Number)
  if (checked === 0 || !(third > first)) return { checked, failed: 0, doubtful: 0, sample: [] }
  const bounds = boundsOf(first, middle, third, factor)
  const beyond = `SELECT _row FROM (${source}) WHERE v < ${bounds.low} OR v > ${bounds.high}`
  const [[failed] = []] = await rowsOf(connection, `SELECT count(*) FROM (${beyond})`)
  const rows = Number(failed) === 0 || sample === 0 ? [] : await rowsOf(connection, `${beyond} ORDER BY _row LIMIT ${sample}`)
  return { checked, failed: Number(failed), doubtful: 0, sample: rows.map(([row]) => Number(row)), bounds }
}

/** Where amounts and counts lie far more above their middle than below, their orders of magnitude are what is spread evenly. */
function boundsOf(first: number, middle: number, third: number, factor: number): { readonly low: number; readonly high: number } {
  if (first > 0 && third - middle > SKEWED * (middle - first)) return { low: first * (first / third) ** factor, high: third * (third / first) ** factor }
  const reach = factor * (third - first)
  return { low: first - reach, high: third + reach }
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
