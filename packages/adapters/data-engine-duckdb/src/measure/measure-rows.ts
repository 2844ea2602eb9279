import type { Measure, Measured, VersionRef } from '@datong/data-engine'
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { versionSource } from '../read-rows.ts'
import { rowsOf } from '../session.ts'
import { identifier } from '../sql.ts'
import { Conditions } from './conditions.ts'
import { Operands } from './operands.ts'
import { Steps } from './steps.ts'

type RowsMeasure = Extract<Measure, { kind: 'rows' }>

/** Aggregates of one statement: planning takes the square of their number, and each column is read only where it is asked for. */
const MEASURES_AT_ONCE = 20

/** Compiles conditions over a version, and the relation in which they stand. */
export function conditionsOver({ schema }: VersionRef): { conditions: Conditions; operands: Operands; steps: Steps } {
  const steps = new Steps()
  const operands = new Operands(schema, steps)
  return { conditions: new Conditions(operands, steps), operands, steps }
}

/** Counts rows for all these measures in one scan, and notes the first rows that fail. */
export async function measureRows(connection: DuckDBConnection, version: VersionRef, measures: readonly RowsMeasure[], sample: number): Promise<Measured[]> {
  const answers: Measured[] = []
  for (let at = 0; at < measures.length; at += MEASURES_AT_ONCE) {
    const part = measures.slice(at, at + MEASURES_AT_ONCE)
    const [row = []] = await rowsOf(connection, compileRows(version, part, sample))
    answers.push(...part.map((_, index) => answerOf(row.slice(index * COLUMNS, (index + 1) * COLUMNS))))
  }
  return answers
}

const COLUMNS = 5

function compileRows(version: VersionRef, measures: readonly RowsMeasure[], sample: number): string {
  const { conditions, operands, steps } = conditionsOver(version)
  const tests = measures.map(({ among, failed, doubtful }, index) => {
    const looked = among === undefined ? undefined : steps.column(conditions.sure(among), stepsIn(conditions.sure(among)))
    const fails = conditions.sure(failed)
    const failing = looked === undefined ? fails : `${looked} AND ${fails}`
    return { index, looked, failing, doubting: doubtful === undefined ? undefined : `${looked === undefined ? '' : `${looked} AND `}NOT ${fails} AND ${conditions.sure(doubtful)}` }
  })
  // Planning a step takes time for each column of the relation, and a sheet may have thousands.
  const source = `(SELECT ${['_row', ...operands.read.map(identifier)].join(', ')} FROM ${versionSource(version)})`
  const columns = tests.flatMap(({ index, failing, doubting }) => [`(${failing}) AS f${index}`, ...(doubting === undefined ? [] : [`(${doubting}) AS d${index}`])])
  const looked = [...new Set(tests.flatMap((test) => test.looked ?? []))]
  const first = (flag: string): string => (sample === 0 ? 'NULL' : `min(_row, ${sample}) FILTER (${flag})`)
  const selects = tests.flatMap(({ index, looked: among, doubting }) => [
    among === undefined ? 'count(*)' : `count(*) FILTER (${among})`,
    `count(*) FILTER (f${index})`,
    doubting === undefined ? '0' : `count(*) FILTER (d${index})`,
    first(`f${index}`),
    doubting === undefined ? 'NULL' : first(`d${index}`),
  ])
  return `SELECT ${selects.join(', ')} FROM (SELECT _row, ${[...looked, ...columns].join(', ')} FROM ${steps.around(source)})`
}

/** Columns of steps that an expression names. */
const stepsIn = (sql: string): string[] => sql.match(/\bstep\d+\b/g) ?? []

function answerOf([checked, failed, doubtful, failing, doubting]: readonly (DuckDBValue | undefined)[]): Measured {
  const sample = Number(failed) > 0 ? failing : doubting
  return { checked: Number(checked), failed: Number(failed), doubtful: Number(doubtful), sample: rowNumbers(sample) }
}

/** A list of `_row`, ascending, as numbers. */
export function rowNumbers(list: DuckDBValue | undefined): number[] {
  const items = list !== null && typeof list === 'object' && 'items' in list && Array.isArray(list.items) ? list.items : []
  return items.map(Number)
}
