import { isLikePattern, likeExpression } from '@datong/data-engine'
import type { A_Const, A_Expr, FuncCall, Node, TypeCast, WindowDef } from 'libpg-query'
import { listed, made, type Made, word } from './made.ts'
import { boundedText, VIEW_FUNCTIONS, VIEW_OPERATORS, VIEW_TYPES, type ViewFunction } from './view-functions.ts'
import { viewRefused } from './view-refusal.ts'
import { findColumn, type Relation } from './view-scope.ts'

const DEEPEST = 150

/** Refuses a node with anything that the code below does not look at: nothing is passed over in silence. */
export function only(node: object, ...known: readonly string[]): void {
  for (const [key, value] of Object.entries(node)) {
    const says = value !== false && value !== undefined && !(Array.isArray(value) && value.length === 0)
    if (says && key !== 'location' && !known.includes(key)) throw viewRefused('construct', `"${key}" is not taken here.`)
  }
}

export const stringOf = (node: Node | undefined): string => (node !== undefined && 'String' in node ? (node.String.sval ?? '') : '')

/** Text in quotes; in our SQL a backslash is only a backslash. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * An expression of a view's query written anew: names resolved to fields, functions, operators and types from our lists. A kind
 * of node that is not here is refused.
 * @throws AppError `collection/view-refused`
 */
export function compileExpression(node: Node | undefined, relations: readonly Relation[], depth = 0): Made {
  if (node === undefined) throw viewRefused('construct', 'Something is missing in an expression.')
  if (depth > DEEPEST) throw viewRefused('too-large', 'The text is nested too deeply.')
  const sql = (one: Node | undefined): Made => compileExpression(one, relations, depth + 1)

  if ('ColumnRef' in node) {
    const parts = (node.ColumnRef.fields ?? []).map(stringOf)
    if (parts.length > 2 || parts.includes('')) throw viewRefused('column', 'A column is named by itself or by its relation and itself.')
    const found = findColumn(relations, parts)
    if (found === undefined) throw viewRefused('column', `Column "${parts.join('.')}" does not exist.`)
    return found.made
  }
  if ('A_Const' in node) return word(constant(node.A_Const))
  if ('A_Expr' in node) return operation(node.A_Expr, sql)
  if ('BoolExpr' in node) {
    const args = (node.BoolExpr.args ?? []).map(sql)
    return node.BoolExpr.boolop === 'NOT_EXPR' ? made`(not ${listed(args)})` : made`(${listed(args, node.BoolExpr.boolop === 'OR_EXPR' ? ' or ' : ' and ')})`
  }
  if ('NullTest' in node) return made`(${sql(node.NullTest.arg)} is ${node.NullTest.nulltesttype === 'IS_NOT_NULL' ? 'not ' : ''}null)`
  if ('BooleanTest' in node) {
    const test = BOOLEAN_TESTS.get(node.BooleanTest.booltesttype ?? '')
    if (test === undefined) throw viewRefused('construct', 'This test is not taken.')
    return made`(${sql(node.BooleanTest.arg)} ${test})`
  }
  if ('CaseExpr' in node) {
    const { arg, args = [], defresult } = node.CaseExpr
    const whens = args.map((when) => {
      if (!('CaseWhen' in when)) throw viewRefused('construct', 'CASE has WHEN and ELSE.')
      return made`when ${sql(when.CaseWhen.expr)} then ${sql(when.CaseWhen.result)}`
    })
    return made`(case ${arg === undefined ? '' : made`${sql(arg)} `}${listed(whens, ' ')}${defresult === undefined ? '' : made` else ${sql(defresult)}`} end)`
  }
  if ('CoalesceExpr' in node) return made`coalesce(${listed((node.CoalesceExpr.args ?? []).map(sql))})`
  if ('MinMaxExpr' in node) return made`${node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest'}(${listed((node.MinMaxExpr.args ?? []).map(sql))})`
  if ('TypeCast' in node) return cast(node.TypeCast, sql)
  if ('FuncCall' in node) return call(node.FuncCall, sql)
  if ('SubLink' in node) throw viewRefused('construct', 'A query inside an expression is not taken; join it in FROM.')
  throw viewRefused('construct', `${Object.keys(node)[0] ?? 'This'} is not taken.`)
}

const BOOLEAN_TESTS = new Map([['IS_TRUE', 'is true'], ['IS_NOT_TRUE', 'is not true'], ['IS_FALSE', 'is false'], ['IS_NOT_FALSE', 'is not false']])

type Compile = (node: Node | undefined) => Made

function constant(value: A_Const): string {
  only(value, 'ival', 'fval', 'sval', 'boolval', 'isnull')
  if (value.isnull === true) return 'null'
  if (value.sval !== undefined) return literal(value.sval.sval ?? '')
  if (value.boolval !== undefined) return value.boolval.boolval === true ? 'true' : 'false'
  if (value.ival !== undefined) return String(Math.trunc(value.ival.ival ?? 0))
  const number = value.fval?.fval ?? ''
  if (!/^(\d{1,38}\.?\d{0,38}|\.\d{1,38})(e[+-]?\d{1,3})?$/i.test(number)) throw viewRefused('construct', 'This number is not taken.')
  return number
}

const INFIX: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AEXPR_DISTINCT: { '=': 'is distinct from' }, AEXPR_NOT_DISTINCT: { '=': 'is not distinct from' },
}
const LIKE = new Map([['~~', 'like'], ['!~~', 'not like'], ['~~*', 'ilike'], ['!~~*', 'not ilike']])
const BETWEEN: Readonly<Record<string, string>> = { AEXPR_BETWEEN: 'between', AEXPR_NOT_BETWEEN: 'not between' }

function operation(node: A_Expr, sql: Compile): Made {
  only(node, 'kind', 'name', 'lexpr', 'rexpr', 'rexpr_list_start', 'rexpr_list_end')
  const { kind = '', name = [], lexpr, rexpr } = node
  const symbol = name.length === 1 ? stringOf(name[0]) : ''
  const items = rexpr !== undefined && 'List' in rexpr ? rexpr.List.items : undefined
  const between = BETWEEN[kind]
  if (between !== undefined && items?.length === 2) return made`(${sql(lexpr)} ${between} ${listed(items.map(sql), ' and ')})`
  if (kind === 'AEXPR_IN' && items !== undefined && (symbol === '=' || symbol === '<>')) return made`(${sql(lexpr)} ${symbol === '=' ? '' : 'not '}in (${listed(items.map(sql))}))`
  if (kind === 'AEXPR_NULLIF') return made`nullif(${sql(lexpr)}, ${sql(rexpr)})`
  const infix = INFIX[kind]?.[symbol]
  if (infix !== undefined) return made`(${sql(lexpr)} ${infix} ${sql(rexpr)})`
  const like = kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE' ? LIKE.get(symbol) : undefined
  if (like !== undefined) return matching(sql(lexpr), like, rexpr, sql)
  if (kind !== 'AEXPR_OP') throw viewRefused('construct', 'This comparison is not taken.')
  if (symbol === '||') {
    const joined = made`(${sql(lexpr)} || ${sql(rexpr)})`
    return { ...joined, sql: boundedText(joined.sql) }
  }
  if (lexpr === undefined && (symbol === '-' || symbol === '+')) return made`(${symbol} ${sql(rexpr)})`
  if (!VIEW_OPERATORS.has(symbol)) throw viewRefused('operator', `Operator "${symbol}" is not taken.`)
  return made`(${sql(lexpr)} ${symbol} ${sql(rexpr)})`
}

/** A pattern as an expression that runs in linear time, which LIKE does not. */
function matching(text: Made, like: string, pattern: Node | undefined, sql: Compile): Made {
  const written = pattern !== undefined && 'A_Const' in pattern ? pattern.A_Const.sval?.sval : undefined
  if (written === undefined || !isLikePattern(written)) throw viewRefused('construct', 'A pattern is a text of up to 1,000 characters that is written out and does not end with an escape.')
  const flags = like.endsWith('ilike') ? 'si' : 's'
  return { ...made`(${text} ${like} ${sql(pattern)})`, sql: `(${like.startsWith('not') ? 'not ' : ''}regexp_full_match(${text.sql}, ${literal(likeExpression(written))}, '${flags}'))` }
}

const wholeNumber = (node: Node | undefined): number | undefined =>
  node !== undefined && 'A_Const' in node && node.A_Const.ival !== undefined ? Math.trunc(node.A_Const.ival.ival ?? 0) : undefined

/** What digits a number gets of which nobody said how many. */
const USUAL_DECIMAL = 'DECIMAL(38, 8)'

function cast({ arg, typeName }: TypeCast, sql: Compile): Made {
  if (typeName === undefined) throw viewRefused('type', 'The type is missing.')
  only(typeName, 'names', 'typemod', 'typmods')
  const names = (typeName.names ?? []).map(stringOf)
  const name = names.at(-1) ?? ''
  const type = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog') ? VIEW_TYPES.get(name) : undefined
  if (type === undefined) throw viewRefused('type', `Type "${names.join('.')}" is not taken.`)
  const sizes = (typeName.typmods ?? []).map(wholeNumber)
  if (name === 'varchar' || name === 'numeric') {
    if (sizes.includes(undefined)) throw viewRefused('type', 'A type has numbers in its brackets.')
  } else if (sizes.length > 0) throw viewRefused('type', `Type "${name}" has no such brackets.`)
  const [digits = 0, scale = 0] = sizes
  if (name === 'numeric' && sizes.length > 0 && (digits < 1 || digits > 38 || scale < 0 || scale > digits)) throw viewRefused('type', 'A number has at most 38 digits.')
  const target = name !== 'numeric' ? type.sql : sizes.length === 0 ? USUAL_DECIMAL : `DECIMAL(${digits}, ${scale})`
  const inner = sql(arg)
  const text = made`cast(${inner} as ${target})`
  return name === 'varchar' && sizes.length > 0 ? { ...text, sql: `left(${text.sql}, ${Math.max(0, digits)})` } : text
}

const LONGEST_LITERAL = 500
const LARGEST_LITERAL = 1_000

const isLiteral = (node: Node | undefined): boolean => {
  if (node === undefined || !('A_Const' in node)) return false
  const number = wholeNumber(node)
  return number === undefined ? node.A_Const.sval !== undefined && (node.A_Const.sval.sval ?? '').length <= LONGEST_LITERAL : number <= LARGEST_LITERAL
}

function call(node: FuncCall, sql: Compile): Made {
  only(node, 'funcname', 'args', 'agg_star', 'agg_distinct', 'agg_filter', 'over', 'funcformat')
  const names = (node.funcname ?? []).map(stringOf)
  const name = names.at(-1) ?? ''
  const known = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog') ? VIEW_FUNCTIONS.get(name) : undefined
  if (known === undefined) throw viewRefused('function', `Function ${names.join('.')} is not taken.`)
  const given = node.args ?? []
  const star = node.agg_star === true
  if (star ? name !== 'count' : given.length < known.least || given.length > known.most) throw viewRefused('function', `Function ${name} does not take these arguments.`)
  for (const index of known.literals ?? []) {
    if (index < given.length && !isLiteral(given[index])) throw viewRefused('function', `Argument ${index + 1} of ${name} must be written out.`)
  }
  requireKind(known, node)
  const distinct = node.agg_distinct === true
  const args = given.map((arg, index) => (distinct && index === 0 ? made`distinct ${sql(arg)}` : sql(arg)))
  const said = made`${name}(${star ? '*' : listed(args)})`
  const written = known.write?.(args.map((arg) => arg.sql)) ?? `${known.name}(${star ? '*' : listed(args).sql})`
  const filter = node.agg_filter === undefined ? word('') : made` filter (where ${sql(node.agg_filter)})`
  const over = node.over === undefined ? word('') : made` over (${windowOf(node.over, sql)})`
  return { ...made`${{ ...said, sql: written }}${filter}${over}`, aggregates: known.kind === 'aggregate' || said.aggregates }
}

function requireKind({ kind, name }: ViewFunction, { agg_distinct: distinct, agg_filter: filter, over }: FuncCall): void {
  if (distinct === true && (kind !== 'aggregate' || over !== undefined)) throw viewRefused('construct', 'DISTINCT is for aggregates.')
  if (kind === 'window' && over === undefined) throw viewRefused('construct', `Function ${name} needs OVER.`)
  if (kind === 'scalar' && (over !== undefined || filter !== undefined)) throw viewRefused('construct', `Function ${name} takes neither OVER nor FILTER.`)
  // What is cut or ordered inside cannot be followed by OVER or FILTER.
  if (name === 'string_agg' && (over !== undefined || filter !== undefined)) throw viewRefused('construct', 'string_agg takes neither OVER nor FILTER.')
}

/** RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW: what PostgreSQL takes when nothing is said. */
const USUAL_FRAME = 1058

function windowOf(node: WindowDef, sql: Compile): Made {
  only(node, 'partitionClause', 'orderClause', 'frameOptions')
  if (node.frameOptions !== undefined && node.frameOptions !== USUAL_FRAME) throw viewRefused('construct', 'Window frames are not taken.')
  const partition = (node.partitionClause ?? []).map(sql)
  const order = (node.orderClause ?? []).map((one) => sortOf(one, sql))
  return listed([...(partition.length > 0 ? [made`partition by ${listed(partition)}`] : []), ...(order.length > 0 ? [made`order by ${listed(order)}`] : [])], ' ')
}

/** One item of ORDER BY; empty values stand last going up and first going down, as PostgreSQL has them. */
export function sortOf(node: Node, sql: Compile): Made {
  if (!('SortBy' in node)) throw viewRefused('construct', 'This order is not taken.')
  const { sortby_dir: direction, sortby_nulls: nulls } = node.SortBy
  if (direction === 'SORTBY_USING') throw viewRefused('construct', 'USING is not taken in ORDER BY.')
  const descending = direction === 'SORTBY_DESC'
  const first = nulls === 'SORTBY_NULLS_FIRST' || (nulls !== 'SORTBY_NULLS_LAST' && descending)
  return made`${sql(node.SortBy.node)}${descending ? ' desc' : ''} nulls ${first ? 'first' : 'last'}`
}
