import type { Rule } from '@datong/quality-rules'
import { REMARKS } from '../load/generate-table.ts'

/** What dialects write differently. */
export interface Dialect {
  /** Whether a text fits a pattern somewhere. */
  readonly finds: (column: string, pattern: string) => string
}

/** A rule, and the same by hand: when a row fails, and of which rows it is asked. */
export interface TwoWays {
  readonly rule: Rule
  readonly failed: (dialect: Dialect) => string
  readonly among?: string
}

const on = (rule: Rule['rule'], field: string | null, parameters: Rule['parameters'] = {}): Rule => ({ rule, field, parameters })
const quoted = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ')
const PLACEHOLDERS = ['无', '無', '没有', '暂无', '不详', '未知', '空', 'null', 'none', 'n/a', 'na', '-', '--', '—', '/', '.', '?', '*']
/** All but two of the texts that there are: about one row in twenty-four fails. */
const KNOWN = REMARKS.slice(0, -2)
const FIELDS = ['编号', '姓名', '证照编号', '登记日期', '金额', '数量', '说明', '是否有效']
const LEAST_FILLED = 7

const pretends = (column: string): string => `trim("${column}") = '' OR lower(trim("${column}")) IN (${quoted(PLACEHOLDERS)})`

/** Fourteen rules that look at rows; the fifteenth is that the key is unique. */
export const ROW_RULES: readonly TwoWays[] = [
  { rule: on('not-null', '登记日期'), failed: () => '"登记日期" IS NULL' },
  { rule: on('not-null', '金额'), failed: () => '"金额" IS NULL' },
  { rule: on('not-blank', '姓名'), failed: () => pretends('姓名'), among: '"姓名" IS NOT NULL' },
  { rule: on('not-blank', '说明'), failed: () => pretends('说明'), among: '"说明" IS NOT NULL' },
  { rule: on('stray-characters', '姓名'), failed: ({ finds }) => finds('"姓名"', '[０-９Ａ-Ｚａ-ｚ]|^\\s|\\s$'), among: '"姓名" IS NOT NULL' },
  { rule: on('pattern', '证照编号', { pattern: 'LH[0-9]{14}' }), failed: ({ finds }) => `NOT ${finds('"证照编号"', '^LH[0-9]{14}$')}`, among: '"证照编号" IS NOT NULL' },
  { rule: on('text-length', '姓名', { least: 2, most: 2 }), failed: () => 'length("姓名") <> 2', among: '"姓名" IS NOT NULL' },
  { rule: on('value-range', '金额', { least: 0, most: 9_000 }), failed: () => '"金额" < 0 OR "金额" > 9000', among: '"金额" IS NOT NULL' },
  { rule: on('value-range', '数量', { least: 1, most: 499 }), failed: () => '"数量" < 1 OR "数量" > 499', among: '"数量" IS NOT NULL' },
  { rule: on('value-range', '登记日期', { least: '2006-01-01', most: '2025-12-31' }), failed: () => `"登记日期" < DATE '2006-01-01' OR "登记日期" > DATE '2025-12-31'`, among: '"登记日期" IS NOT NULL' },
  { rule: on('new-value', '说明', { values: KNOWN }), failed: () => `"说明" NOT IN (${quoted(KNOWN)})`, among: '"说明" IS NOT NULL' },
  { rule: on('required-if', '金额', { when: '是否有效', values: ['true'] }), failed: () => '"金额" IS NULL', among: '"是否有效"' },
  { rule: on('record-filled', null, { leastShare: LEAST_FILLED / FIELDS.length }), failed: () => `${FIELDS.map((field) => `CASE WHEN "${field}" IS NULL THEN 0 ELSE 1 END`).join(' + ')} < ${LEAST_FILLED}` },
  { rule: on('column-order', '数量', { other: '编号' }), failed: () => '"数量" > "编号"', among: '"数量" IS NOT NULL AND "编号" IS NOT NULL' },
]
export const KEY_RULE: Rule = on('unique', '编号')

/** The fourteen as one statement by hand, as somebody who knows the engine would write it: of rule i the checked as `c<i>`, the failed as `f<i>`. */
export const rowsByHand = (dialect: Dialect, source: string): string =>
  `SELECT ${ROW_RULES.flatMap(({ failed, among }, i) => [
    `${among === undefined ? 'count(*)' : `count(*) FILTER (WHERE ${among})`} AS c${i}`,
    `count(*) FILTER (WHERE (${failed(dialect)})${among === undefined ? '' : ` AND (${among})`}) AS f${i}`,
  ]).join(', ')} FROM ${source}`

/** The fifteenth: rows that share their key with another. */
export const keyByHand = (source: string): string => `SELECT coalesce(sum(n), 0) AS shared FROM (SELECT count(*) AS n FROM ${source} GROUP BY "编号" HAVING count(*) > 1) AS g`
