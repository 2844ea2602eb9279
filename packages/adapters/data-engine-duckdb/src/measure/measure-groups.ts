import type { Measure, Measured, VersionRef } from '@datong/data-engine'
import type { DuckDBConnection } from '@duckdb/node-api'
import { versionSource } from '../read-rows.ts'
import { rowsOf } from '../session.ts'
import { identifier } from '../sql.ts'
import { conditionsOver, rowNumbers } from './measure-rows.ts'

type GroupsMeasure = Extract<Measure, { kind: 'groups' }>
type DependencyMeasure = Extract<Measure, { kind: 'dependency' }>
type NearMeasure = Extract<Measure, { kind: 'near' }>

/** Keys of more columns than this are grouped by two hashes of them first, and only rows whose hashes meet again by the columns. */
const WIDE_KEY = 2
/** A field that takes more values than this beside the same others is meant to differ: readings of a day, pages of a file. */
const MOST_NEAR = 20
/** Characters of a text for it to be found again within another. */
const LEAST_PART = 5

/** Rows whose key stands in more rows than allowed. */
export async function measureGroups(connection: DuckDBConnection, version: VersionRef, { by, most, counted, nullsEqual = false, among }: GroupsMeasure, sample: number): Promise<Measured> {
  const { conditions, steps } = conditionsOver(version)
  const keys = by.map(identifier)
  const wanted = [...(nullsEqual ? [] : keys.map((key) => `${key} IS NOT NULL`)), ...(among === undefined ? [] : [conditions.sure(among)])]
  const where = wanted.length === 0 ? '' : ` WHERE ${wanted.join(' AND ')}`
  const rows = `SELECT _row, ${keys.join(', ')} FROM ${steps.around(versionSource(version))}${where}`
  const hashes = `hash(${keys.join(', ')}) AS h, hash(${[...keys].reverse().join(', ')}, 1) AS i`
  const source = keys.length <= WIDE_KEY ? rows
    : `SELECT r.* FROM (SELECT *, ${hashes} FROM (${rows})) r SEMI JOIN (SELECT h, i FROM (SELECT ${hashes} FROM (${rows})) GROUP BY h, i HAVING count(*) > ${most}) m ON r.h = m.h AND r.i = m.i`
  const groups = `SELECT ${keys.join(', ')}, count(*) AS n, min(_row) AS first FROM (${source}) GROUP BY ${keys.join(', ')} HAVING count(*) > ${most}`
  const [[checked, failed] = []] = await rowsOf(connection, `SELECT (SELECT count(*) FROM (${rows})), coalesce(sum(n - ${counted === 'all' ? 0 : most}), 0) FROM (${groups})`)
  const places = Number(failed) === 0 || sample === 0 ? [] : await rowsOf(connection, `
    WITH g AS MATERIALIZED (SELECT * FROM (${groups}) ORDER BY first LIMIT ${sample})
    SELECT _row FROM (SELECT r._row, row_number() OVER (PARTITION BY g.first ORDER BY r._row) AS place FROM (${rows}) r JOIN g ON ${keys.map((key) => `r.${key} IS NOT DISTINCT FROM g.${key}`).join(' AND ')})
    ${counted === 'all' ? '' : `WHERE place > ${most} `}ORDER BY _row LIMIT ${sample}`)
  return { checked: Number(checked), failed: Number(failed), doubtful: 0, sample: places.map(([row]) => Number(row)) }
}

/** Rows whose dependent is not the commonest of their determinant. */
export async function measureDependency(connection: DuckDBConnection, version: VersionRef, { from, to }: DependencyMeasure, sample: number): Promise<Measured> {
  const keys = from.map(identifier)
  const value = identifier(to)
  const rows = `SELECT _row, ${keys.join(', ')}, ${value} AS v FROM ${versionSource(version)} WHERE ${[...keys, value].map((column) => `${column} IS NOT NULL`).join(' AND ')}`
  const list = keys.join(', ')
  const pairs = `WITH g AS MATERIALIZED (SELECT ${list}, v, count(*) AS n FROM (${rows}) GROUP BY ${list}, v),
    k AS (SELECT ${list}, sum(n) AS total, max(n) AS top FROM g GROUP BY ${list} HAVING count(*) > 1),
    t AS MATERIALIZED (SELECT ${keys.map((key) => `g.${key}`).join(', ')}, g.v, g.n, k.top, k.total, count(*) FILTER (g.n = k.top) OVER (PARTITION BY ${keys.map((key) => `g.${key}`).join(', ')}) AS tops
      FROM g JOIN k ON ${keys.map((key) => `g.${key} = k.${key}`).join(' AND ')})`
  const [[checked, failed, doubtful] = []] = await rowsOf(connection, `${pairs} SELECT (SELECT sum(n) FROM g), coalesce(sum(n) FILTER (tops = 1 AND n < top), 0), coalesce(sum(n) FILTER (tops > 1), 0) FROM t`)
  const which = Number(failed) > 0 ? 'tops = 1 AND n < top' : 'tops > 1'
  const places = sample === 0 || Number(failed) + Number(doubtful) === 0 ? []
    : await rowsOf(connection, `${pairs} SELECT r._row FROM (${rows}) r JOIN t ON ${[...keys, 'v'].map((key) => `r.${key} = t.${key}`).join(' AND ')} WHERE ${which} ORDER BY r._row LIMIT ${sample}`)
  return { checked: Number(checked), failed: Number(failed), doubtful: Number(doubtful), sample: places.map(([row]) => Number(row)) }
}

/**
 * Rows that are alike an earlier one but for a single field. Each field is hashed once, with its place; the hash of all fields but one is
 * that of all without it, so a row's company is found by a grouping of single numbers for each field. Texts are compared only in pairs.
 */
export async function measureNear(connection: DuckDBConnection, version: VersionRef, { fields, alike }: NearMeasure, sample: number): Promise<Measured> {
  const source = versionSource(version)
  const columns = fields.map(identifier)
  // Hashed twice: the engine joins the place to the value by XOR, and the same value in two fields would cancel out.
  const hashes = columns.map((column, i) => `hash(hash(${column}, ${i})) AS h${i}`)
  const whole = columns.map((_, i) => `h${i}`).reduce((so, hash) => `xor(${so}, ${hash})`)
  const pairs = columns.map((_, i) => `SELECT r._row, g.first, ${i} AS field
    FROM h r JOIN (SELECT xor(whole, h${i}) AS others, min(_row) AS first, arg_min(h${i}, _row) AS original FROM h GROUP BY ALL HAVING count(*) BETWEEN 2 AND ${MOST_NEAR}) g
    ON xor(r.whole, r.h${i}) = g.others WHERE r._row <> g.first AND r.h${i} <> g.original`)
  const valueIn = (side: string): string => `CASE field ${columns.map((column, i) => `WHEN ${i} THEN CAST(${side}.${column} AS VARCHAR)`).join(' ')} END`
  const alikeTexts = `jaro_winkler_similarity(v, original) >= ${alike} OR (least(length(v), length(original)) >= ${LEAST_PART} AND (contains(v, original) OR contains(original, v)))`
  const [[checked, failed, list] = []] = await rowsOf(connection, `
    WITH h AS MATERIALIZED (SELECT *, ${whole} AS whole FROM (SELECT _row, ${hashes.join(', ')} FROM ${source})),
    pairs AS MATERIALIZED (${pairs.join(' UNION ALL ')}),
    texts AS (SELECT a._row, ${valueIn('a')} AS v, ${valueIn('b')} AS original FROM pairs JOIN ${source} a ON a._row = pairs._row JOIN ${source} b ON b._row = pairs.first),
    near AS (SELECT DISTINCT _row FROM texts WHERE ${alikeTexts})
    SELECT (SELECT count(*) FROM h), count(*), ${sample === 0 ? 'NULL' : `min(_row, ${sample})`} FROM near`)
  return { checked: Number(checked), failed: Number(failed), doubtful: 0, sample: rowNumbers(list) }
}
