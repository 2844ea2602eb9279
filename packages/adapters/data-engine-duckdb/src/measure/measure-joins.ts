import type { FieldSchema, Measure, Measured, OtherFields, VersionRef } from '@datong/data-engine'
import type { DuckDBConnection } from '@duckdb/node-api'
import { versionSource } from '../read-rows.ts'
import { rowsOf } from '../session.ts'
import { identifier } from '../sql.ts'
import { conditionsOver } from './measure-rows.ts'
import { constant } from './texts.ts'

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>

const typeIn = ({ schema }: VersionRef, name: string): FieldSchema['type'] | undefined => schema.find((field) => field.name === name)?.type

/** Whether fields that stand against each other have the same type, and may be compared as they are stored. */
const sameTypes = (here: VersionRef, fields: readonly string[], there: OtherFields): boolean =>
  fields.every((name, i) => typeIn(here, name) === typeIn(there.version, there.fields[i]!) && typeIn(here, name) !== 'decimal')

interface Keyed {
  /** Names of the key's columns in the relation. */
  readonly keys: readonly string[]
  readonly sql: string
}

/** Rows with the key as `k0`, `k1` … and a value as `v`; rows without a whole key left out. @param asText when types differ between both sides */
function keyed(version: VersionRef, fields: readonly string[], asText: boolean, value?: { readonly field: string; readonly as: 'stored' | 'text' | 'number' | 'date' }): Keyed {
  const { operands, steps } = conditionsOver(version)
  const keys = fields.map((_, i) => `k${i}`)
  const columns = fields.map((name, i) => `${asText ? operands.text(name) : identifier(name)} AS k${i}`)
  if (value !== undefined) columns.push(`${operands.sql({ field: value.field }, value.as)} AS v`)
  const wanted = fields.map((name) => `${identifier(name)} IS NOT NULL`)
  return { keys, sql: `SELECT _row, ${columns.join(', ')} FROM ${steps.around(versionSource(version))} WHERE ${wanted.join(' AND ')}` }
}

const meet = (keys: readonly string[], a: string, b: string): string => keys.map((key) => `${a}.${key} = ${b}.${key}`).join(' AND ')

async function places(connection: DuckDBConnection, sql: string, failed: number, sample: number): Promise<number[]> {
  if (failed === 0 || sample === 0) return []
  return (await rowsOf(connection, `SELECT _row FROM (${sql}) ORDER BY _row LIMIT ${sample}`)).map(([row]) => Number(row))
}

/** Lost rows that are held against lines one by one; more are not explained by some lines. */
const MOST_EXPLAINED = 100_000

export async function measureReference(connection: DuckDBConnection, version: VersionRef, { fields, to, lines = [] }: Of<'reference'>, sample: number): Promise<Measured> {
  const asText = !sameTypes(version, fields, to)
  const [here, there] = [keyed(version, fields, asText), keyed(to.version, to.fields, asText)]
  const lost = `SELECT h.* FROM (${here.sql}) h ANTI JOIN (${there.sql}) t ON ${meet(here.keys, 'h', 't')}`
  const [[checked, missing] = []] = await rowsOf(connection, `SELECT (SELECT count(*) FROM (${here.sql})), (SELECT count(*) FROM (${lost}))`)
  const all = Number(missing)
  if (lines.length === 0 || all === 0 || all > MOST_EXPLAINED) return { checked: Number(checked), failed: all, doubtful: 0, sample: await places(connection, lost, all, sample) }
  const stands = here.keys.map((key) => `CAST(l.${key} AS VARCHAR) <> '' AND contains(r.line, CAST(l.${key} AS VARCHAR))`).join(' AND ')
  const explained = `SELECT l._row FROM (${lost}) l SEMI JOIN (SELECT unnest([${lines.map(constant).join(', ')}]) AS line) r ON ${stands}`
  const [[some] = []] = await rowsOf(connection, `SELECT count(*) FROM (${explained})`)
  const [doubtful, failed] = [Number(some), all - Number(some)]
  const shown = failed > 0 ? `SELECT _row FROM (${lost}) WHERE _row NOT IN (${explained})` : explained
  return { checked: Number(checked), failed, doubtful, sample: await places(connection, shown, all, sample) }
}

export async function measureCoverage(connection: DuckDBConnection, version: VersionRef, { fields, of }: Of<'coverage'>): Promise<Measured> {
  const asText = !sameTypes(version, fields, of)
  const [here, there] = [keyed(version, fields, asText), keyed(of.version, of.fields, asText)]
  const keys = there.keys.join(', ')
  const [[checked, failed] = []] = await rowsOf(connection, `WITH t AS MATERIALIZED (SELECT DISTINCT ${keys} FROM (${there.sql}))
    SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM t ANTI JOIN (${here.sql}) h ON ${meet(there.keys, 't', 'h')})`)
  return { checked: Number(checked), failed: Number(failed), doubtful: 0, sample: [] }
}

export async function measureSame(connection: DuckDBConnection, version: VersionRef, measure: Of<'same'>, sample: number): Promise<Measured> {
  const asText = !sameTypes(version, measure.key, measure.in)
  const here = keyed(version, measure.key, asText, { field: measure.field, as: measure.as })
  const there = keyed(measure.in.version, measure.in.fields, asText, { field: measure.in.field, as: measure.as })
  const keys = there.keys.join(', ')
  const one = `SELECT ${keys}, min(v) AS v FROM (${there.sql}) WHERE v IS NOT NULL GROUP BY ${keys} HAVING count(DISTINCT v) = 1`
  const met = `SELECT h._row, h.v <> t.v AS differs FROM (${here.sql}) h JOIN (${one}) t ON ${meet(here.keys, 'h', 't')} WHERE h.v IS NOT NULL`
  const [[checked, differing] = []] = await rowsOf(connection, `SELECT count(*), count(*) FILTER (differs) FROM (${met})`)
  const failed = Number(differing)
  return { checked: Number(checked), failed, doubtful: 0, sample: await places(connection, `SELECT _row FROM (${met}) WHERE differs`, failed, sample) }
}

export async function measureSums(connection: DuckDBConnection, version: VersionRef, { key, total, details, tolerance }: Of<'sums'>, sample: number): Promise<Measured> {
  const asText = !sameTypes(version, key, details)
  const here = keyed(version, key, asText, { field: total, as: 'number' })
  const there = keyed(details.version, details.fields, asText, { field: details.amount, as: 'number' })
  const keys = there.keys.join(', ')
  const sums = `SELECT ${keys}, sum(CAST(v AS DOUBLE)) AS v FROM (${there.sql}) GROUP BY ${keys}`
  const met = `SELECT h._row, abs(CAST(h.v AS DOUBLE) - t.v) > ${tolerance} + 1e-9 * abs(t.v) AS differs FROM (${here.sql}) h JOIN (${sums}) t ON ${meet(here.keys, 'h', 't')} WHERE h.v IS NOT NULL AND t.v IS NOT NULL`
  const [[checked, differing] = []] = await rowsOf(connection, `SELECT count(*), count(*) FILTER (differs) FROM (${met})`)
  const failed = Number(differing)
  return { checked: Number(checked), failed, doubtful: 0, sample: await places(connection, `SELECT _row FROM (${met}) WHERE differs`, failed, sample) }
}
