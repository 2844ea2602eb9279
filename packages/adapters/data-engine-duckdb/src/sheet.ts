import type { FieldSchema, ReadPlan, SheetForm, VersionRef } from '@datong/data-engine'
import { type Compiled, compilePlan } from './read-rows.ts'
import { identifier, literal } from './sql.ts'

/** The lines are made by the statement itself, so the writer only puts one below the other. */
export const SHEET_OPTIONS = `FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER '\u0001', NULLSTR ''`

/** What JavaScript's `\s` holds, and the zero-width space. */
const BLANKS = String.raw`\t\n\x{b}\f\r \x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
const STARTERS = String.raw`=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}`
/** The same as `isFormulaLike` of the anonymisation package, which delivery holds this against. */
const FORMULA_START = String.raw`^(?:[\t\r\n]|[${BLANKS}]*[${STARTERS}])`
const HARMLESS = String.raw`^(?:[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|-{1,4})$`
const SPECIAL = String.raw`[",\r\n]`
/** Most texts are plain: nothing to quote, and no beginning that could be a formula's. */
const PLAIN = String.raw`^[^${BLANKS}${STARTERS}",][^",\r\n]*$`

const matches = (text: string, pattern: string): string => `regexp_matches(${text}, ${literal(pattern)})`
const quoted = (text: string): string => `'"' || replace(${text}, '"', '""') || '"'`

function textCell(column: string): string {
  const safe = `CASE WHEN ${matches(column, FORMULA_START)} AND NOT ${matches(column, HARMLESS)} THEN '''' || ${column} ELSE ${column} END`
  return `CASE WHEN ${matches(column, PLAIN)} THEN ${column} WHEN ${matches(`(${safe})`, SPECIAL)} THEN ${quoted(`(${safe})`)} ELSE ${safe} END`
}

/** Digits without zeros at the end of a fraction, as rows carry numbers. */
const decimalCell = ({ scale = 0 }: FieldSchema, text: string): string => (scale === 0 ? text : `rtrim(rtrim(${text}, '0'), '.')`)

/** SQL of a cell; null becomes nothing. */
function cell(field: FieldSchema, isApart: boolean): string {
  const column = identifier(field.name)
  const text = `CAST(${column} AS VARCHAR)`
  const long = field.type === 'decimal' && (field.precision ?? 38) > 15
  const plain = field.type === 'decimal' && !long ? decimalCell(field, text) : text
  if (field.type === 'text') return `coalesce(${isApart ? quoted(column) : textCell(column)}, '')`
  return `coalesce(${plain}, '')`
}

/** Compiles the lines of a sheet: one text for each row, the header as the name of the only column. */
export function compileSheet(version: VersionRef, plan: ReadPlan, { header, apart }: SheetForm): Compiled {
  const { sql, values } = compilePlan(version, plan, 'exported')
  const fields = new Map(version.schema.map((field) => [field.name, field]))
  const cells = plan.columns.map((name) => cell(fields.get(name)!, apart.has(name))) // compilePlan has refused unknown names
  const line = `concat(${cells.map((one, index) => (index === 0 ? one : `',', ${one}`)).join(', ')}, chr(13))`
  return { sql: `SELECT ${line} AS ${identifier(`${header}\r`)} FROM (${sql})`, values }
}
