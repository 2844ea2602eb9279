import type { Measure, Measured, VersionRef } from '@datong/data-engine'
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { inNarrowParts } from '../narrow-copy.ts'
import { rowsOf } from '../session.ts'
import { identifier } from '../sql.ts'
import { Conditions } from './conditions.ts'
import { Operands } from './operands.ts'
import { Steps } from './steps.ts'

type RowsMeasure = Extract<Measure, { kind: 'rows' }>

/** Measures of one statement: planning takes the square of their number, and each column is read only where it is asked for. */
const MEASURES_AT_ONCE = 20

/** Compiles conditions over a version, and the relation in which they stand. */
export function conditionsOver({ schema }: VersionRef): { conditions: Conditions; operands: Operands; steps: Steps } {
  const steps = new Steps()
  const operands = new Operands(schema, steps)
  return { conditions: new Conditions(operands, steps), operands, steps }
}

/** Counts rows for these measures, as many as are planned at once in a scan, and notes the first rows that fail. */
export async function measureRows(connection: DuckDBConnection, version: VersionRef, measures: readonly RowsMeasure[], sample: number): Promise<Measured[]> {
  const answers: Measured[] = []
  const parts = inNarrowParts(connection, version, measures, (measure) => compileTests(version, [measure]).operands.read, async function* (source, part) {
    for (let at = 0; at < part.length; at += MEASURES_AT_ONCE) {
      const some = part.slice(at, at + MEASURES_AT_ONCE)
      const [row = []] = await rowsOf(connection, compileRows(source, compileTests(version, some), sample))
      yield* some.map((_, index) => answerOf(row.slice(index * COLUMNS, (index + 1) * COLUMNS)))
    }
  })
  for await (const answer of parts) answers.push(answer)
  return answers
}

const COLUMNS = 5

/** The tests of measures as SQL, and what they stand on. */
function compileTests(version: VersionRef, measures: readonly RowsMeasure[]) {
  const { conditions, operands, steps } = conditionsOver(version)
  const tests = measures.map(({ among, failed, doubtful }, index) => {
    const looked = among === undefined ? undefined : steps.column(conditions.sure(among), stepsIn(conditions.sure(among)))
    const fails = conditions.sure(failed)
    const failing = looked === undefined ? fails : `${looked} AND ${fails}`
    return { index, looked, failing, doubting: doubtful === undefined ? undefined : `${looked === undefined ? '' : `${looked} AND `}NOT ${fails} AND ${conditions.sure(doubtful)}` }
  })
  return { tests, operands, steps }
}

function compileRows(from: string, { tests, operands, steps }: ReturnType<typeof compileTests>, sample: number): string {
  // Planning a step takes time for each column of the relation.
  const source = `(SELECT ${['_row', ...operands.read.map(identifier)].join(', ')} FROM ${from})`
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
