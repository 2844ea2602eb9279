import type { FieldSchema, ReadPlan, SheetForm, VersionRef } from '@datong/data-engine'
import { type Compiled, compilePlan } from './read-rows.ts'
import { identifier, literal } from './sql.ts'

/** The lines are made by the statement itself, so the writer only puts one below the other: forced, it does not look for what must be quoted, and then has no quotes. */
export const sheetOptions = ({ kind }: SheetForm): string => `FORMAT csv, HEADER ${kind === 'csv'}, FORCE_QUOTE *, QUOTE '', ESCAPE '', DELIMITER '\u0001', NULLSTR ''`

/** What JavaScript's `\s` holds, and the zero-width space. */
const BLANKS = String.raw`\t\n\x{b}\f\r \x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
const STARTERS = String.raw`=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}`
/** The same as `isFormulaLike` of the anonymisation package, which delivery holds this against. */
const FORMULA_START = String.raw`^(?:[\t\r\n]|[${BLANKS}]*[${STARTERS}])`
const HARMLESS = String.raw`^(?:[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|-{1,4})$`
const SPECIAL = String.raw`[",\r\n]`
/** Most texts are plain: nothing to quote, and no beginning that could be a formula's. */
const PLAIN = String.raw`^[^${BLANKS}${STARTERS}",][^",\r\n]*$`

/** First signs with which nearly every text begins, from and up to; none of them is a blank or a formula's. Han characters among them. */
const USUAL_STARTS = [['0', ':'], ['A', '['], ['a', '{'], ['\u3400', '\uabff']] as const

/** That a text is plain, in comparisons that cost a third of a regular expression; not every plain text is found so. */
const isPlainAtOnce = (column: string): string => [
  `(${USUAL_STARTS.map(([from, to]) => `${column} >= ${literal(from)} AND ${column} < ${literal(to)}`).join(' OR ')})`,
  ...[`'"'`, `','`, 'chr(13)', 'chr(10)'].map((sign) => `NOT contains(${column}, ${sign})`),
].join(' AND ')

/** The planner's work grows with the square of all comparisons; in a wide sheet it would take longer than what they save. */
const MOST_TEXTS_AT_ONCE = 100

const matches = (text: string, pattern: string): string => `regexp_matches(${text}, ${literal(pattern)})`

function csvText(column: string, atOnce: boolean): string {
  const safe = `CASE WHEN ${matches(column, FORMULA_START)} AND NOT ${matches(column, HARMLESS)} THEN '''' || ${column} ELSE ${column} END`
  const quoted = `'"' || replace(${safe}, '"', '""') || '"'`
  return `CASE WHEN ${atOnce ? `${isPlainAtOnce(column)} OR ` : ''}${matches(column, PLAIN)} THEN ${column} WHEN ${matches(`(${safe})`, SPECIAL)} THEN ${quoted} ELSE ${safe} END`
}

const NAMED_ESCAPES = new Map([['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\f', '\\f'], ['\r', '\\r']])

/** As `JSON.stringify` writes it. The engine's own way differs where it writes signs as numbers, in capitals. */
function jsonText(column: string): string {
  let escaped = `replace(replace(${column}, '\\', '\\\\'), '"', '\\"')`
  for (let code = 1; code < 32; code++) {
    const sign = NAMED_ESCAPES.get(String.fromCharCode(code)) ?? `\\u${code.toString(16).padStart(4, '0')}`
    escaped = `replace(${escaped}, chr(${code}), '${sign}')`
  }
  const own = `CAST(to_json(${column}) AS VARCHAR)`
  return `CASE WHEN contains(${own}, '\\u00') THEN '"' || ${escaped} || '"' ELSE ${own} END`
}

const isLong = (field: FieldSchema): boolean => field.type === 'decimal' && (field.precision ?? 38) > 15

/** Digits without zeros at the end of a fraction, as rows carry numbers. */
const decimalCell = ({ scale = 0 }: FieldSchema, text: string): string => (scale === 0 ? text : `CASE WHEN suffix(${text}, '0') THEN rtrim(rtrim(${text}, '0'), '.') ELSE ${text} END`)

/** SQL of a value's text as it is. */
function raw(field: FieldSchema): string {
  const column = identifier(field.name)
  if (field.type === 'text') return column
  const text = `CAST(${column} AS VARCHAR)`
  return field.type === 'decimal' && !isLong(field) ? decimalCell(field, text) : text
}

/** SQL of a cell as its form writes it; null is nothing in CSV, and `null` in JSON. */
function written(field: FieldSchema, { kind }: SheetForm, atOnce: boolean): string {
  const text = raw(field)
  if (kind === 'csv') return `coalesce(${field.type === 'text' ? csvText(text, atOnce) : text}, '')`
  const isQuoted = isLong(field) || field.type === 'date' || field.type === 'datetime'
  return `coalesce(${field.type === 'text' ? jsonText(text) : isQuoted ? `'"' || ${text} || '"'` : text}, 'null')`
}

/** A part of a line: what always stands together, or a cell that stands by itself. */
type Part = { readonly cell: string } | { readonly pieces: string[] }

function partsOf(fields: readonly FieldSchema[], form: SheetForm): Part[] {
  let text: string[] = []
  const parts: Part[] = [{ pieces: text }]
  const atOnce = fields.filter(({ type }) => type === 'text').length <= MOST_TEXTS_AT_ONCE
  for (const [index, field] of fields.entries()) {
    const before = form.kind === 'csv' ? (index === 0 ? '' : ',') : `${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`
    if (before !== '') text.push(literal(before))
    const apart = form.apart.get(field.name)
    if (apart === undefined) text.push(written(field, form, atOnce))
    else parts.push({ cell: apart === 'raw' ? raw(field) : written(field, form, atOnce) }, { pieces: (text = []) })
  }
  text.push(form.kind === 'csv' ? 'chr(13)' : `'},'`)
  return parts
}

const joined = (pieces: readonly string[]): string => (pieces.length === 0 ? `''` : `concat(${pieces.join(', ')})`)

/** Compiles the lines of a sheet: one text for each row, the header as the name of the only column. */
export function compileSheet(version: VersionRef, plan: ReadPlan, form: SheetForm): Compiled {
  const { sql, values } = compilePlan(version, plan, 'exported')
  const schemas = new Map(version.schema.map((field) => [field.name, field]))
  const parts = partsOf(plan.columns.map((name) => schemas.get(name)!), form) // compilePlan has refused unknown names
  const header = identifier(form.kind === 'csv' ? `${form.header}\r` : 'lines')
  if (form.apart.size === 0) return { sql: `SELECT ${parts.map((part) => ('cell' in part ? part.cell : joined(part.pieces))).join('')} AS ${header} FROM (${sql})`, values }
  const names = parts.map((_, index) => `part${index}`)
  const made = parts.map((part, index) => `${'cell' in part ? part.cell : joined(part.pieces)} AS part${index}`)
  const lengths = parts.map((part, index) => ('cell' in part ? `coalesce(CAST(strlen(part${index}) AS VARCHAR), '')` : `strlen(part${index})`))
  return { sql: `SELECT concat(${lengths.join(`, ',', `)}, ':', ${names.join(', ')}) AS ${header} FROM (SELECT ${made.join(', ')} FROM (${sql}))`, values }
}
