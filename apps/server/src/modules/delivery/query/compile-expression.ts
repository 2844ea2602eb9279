import type { A_Const, A_Expr, FuncCall, Node, SubLink, TypeCast, WindowDef } from 'libpg-query'
import pg from 'pg'
import { boundedText, SQL_FUNCTIONS, SQL_OPERATORS, SQL_TYPES } from './sql-functions.ts'
import { sqlRefused } from './sql-refusal.ts'
import { findColumn, type SqlScope } from './sql-scope.ts'

/** Where an expression stands. */
export interface Place {
  readonly scope: SqlScope
  readonly depth: number
  /** The SQL of a question inside a question. */
  select(node: Node, scope: SqlScope, depth: number): string
}

const DEEPEST = 150

/** Refuses a node with anything that the code below does not look at: nothing is passed over in silence. */
export function only(node: object, ...known: readonly string[]): void {
  for (const [key, value] of Object.entries(node)) {
    const says = value !== false && value !== undefined && !(Array.isArray(value) && value.length === 0)
    if (says && key !== 'location' && !known.includes(key)) throw sqlRefused('construct', `"${key}" is not taken here.`)
  }
}

export const stringOf = (node: Node | undefined): string => (node !== undefined && 'String' in node ? (node.String.sval ?? '') : '')

/**
 * An expression of the question as SQL of our own making: names resolved, functions, operators and types from the list,
 * constants written by the driver. A kind of node that is not here is refused.
 * @throws AppError `delivery/sql-refused`
 */
export function compileExpression(node: Node | undefined, place: Place): string {
  if (node === undefined) throw sqlRefused('construct', 'Something is missing in an expression.')
  if (place.depth > DEEPEST) throw sqlRefused('too-large', 'The text is nested too deeply.')
  const inside = { ...place, depth: place.depth + 1 }
  const sql = (one: Node | undefined): string => compileExpression(one, inside)
  const list = (some: readonly Node[] | undefined): string[] => (some ?? []).map(sql)

  if ('ColumnRef' in node) {
    const parts = (node.ColumnRef.fields ?? []).map(stringOf)
    if (parts.length > 2 || parts.includes('')) throw sqlRefused('column', 'A column is named by itself or by its relation and itself.')
    const found = findColumn(place.scope, parts)
    if (found === undefined) throw sqlRefused('column', `Column "${parts.join('.')}" does not exist.`)
    return found
  }
  if ('A_Const' in node) return constant(node.A_Const)
  if ('A_Expr' in node) return operation(node.A_Expr, sql, list)
  if ('BoolExpr' in node) {
    only(node.BoolExpr, 'boolop', 'args')
    const args = list(node.BoolExpr.args)
    return node.BoolExpr.boolop === 'NOT_EXPR' ? `(not ${args.join('')})` : `(${args.join(node.BoolExpr.boolop === 'OR_EXPR' ? ' or ' : ' and ')})`
  }
  if ('NullTest' in node) return `(${sql(node.NullTest.arg)} is ${node.NullTest.nulltesttype === 'IS_NOT_NULL' ? 'not ' : ''}null)`
  if ('BooleanTest' in node) {
    const test = BOOLEAN_TESTS.get(node.BooleanTest.booltesttype ?? '')
    if (test === undefined) throw sqlRefused('construct', 'This test is not taken.')
    return `(${sql(node.BooleanTest.arg)} ${test})`
  }
  if ('CaseExpr' in node) {
    const { arg, args = [], defresult } = node.CaseExpr
    const whens = args.map((when) => {
      if (!('CaseWhen' in when)) throw sqlRefused('construct', 'CASE has WHEN and ELSE.')
      return `when ${sql(when.CaseWhen.expr)} then ${sql(when.CaseWhen.result)}`
    })
    return `(case ${arg === undefined ? '' : `${sql(arg)} `}${whens.join(' ')}${defresult === undefined ? '' : ` else ${sql(defresult)}`} end)`
  }
  if ('CoalesceExpr' in node) return `coalesce(${list(node.CoalesceExpr.args).join(', ')})`
  if ('MinMaxExpr' in node) return `${node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest'}(${list(node.MinMaxExpr.args).join(', ')})`
  if ('TypeCast' in node) return cast(node.TypeCast, sql)
  if ('FuncCall' in node) return call(node.FuncCall, sql)
  if ('SubLink' in node) return subquery(node.SubLink, sql, (inner) => place.select(inner, place.scope, inside.depth))
  if ('SQLValueFunction' in node && node.SQLValueFunction.op === 'SVFOP_CURRENT_DATE') return 'current_date'
  throw sqlRefused('construct', `${Object.keys(node)[0] ?? 'This'} is not taken.`)
}

const BOOLEAN_TESTS = new Map([
  ['IS_TRUE', 'is true'], ['IS_NOT_TRUE', 'is not true'], ['IS_FALSE', 'is false'], ['IS_NOT_FALSE', 'is not false'], ['IS_UNKNOWN', 'is unknown'], ['IS_NOT_UNKNOWN', 'is not unknown'],
])

type Compile = (node: Node | undefined) => string

function constant(value: A_Const): string {
  only(value, 'ival', 'fval', 'sval', 'boolval', 'isnull')
  if (value.isnull === true) return 'null'
  if (value.sval !== undefined) return pg.escapeLiteral(value.sval.sval ?? '')
  if (value.boolval !== undefined) return value.boolval.boolval === true ? 'true' : 'false'
  if (value.ival !== undefined) return `(${String(Math.trunc(value.ival.ival ?? 0))})`
  const number = value.fval?.fval ?? ''
  if (!/^-?(\d{1,400}\.?\d{0,400}|\.\d{1,400})(e[+-]?\d{1,3})?$/i.test(number)) throw sqlRefused('construct', 'This constant is not taken.')
  return `(${number})`
}

const INFIX: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AEXPR_DISTINCT: { '=': 'is distinct from' }, AEXPR_NOT_DISTINCT: { '=': 'is not distinct from' },
  AEXPR_LIKE: { '~~': 'like', '!~~': 'not like' }, AEXPR_ILIKE: { '~~*': 'ilike', '!~~*': 'not ilike' },
}
const BETWEEN: Readonly<Record<string, string>> = { AEXPR_BETWEEN: 'between', AEXPR_NOT_BETWEEN: 'not between', AEXPR_BETWEEN_SYM: 'between symmetric', AEXPR_NOT_BETWEEN_SYM: 'not between symmetric' }

function operation(node: A_Expr, sql: Compile, list: (some: readonly Node[] | undefined) => string[]): string {
  only(node, 'kind', 'name', 'lexpr', 'rexpr', 'rexpr_list_start', 'rexpr_list_end')
  const { kind = '', name = [], lexpr, rexpr } = node
  const symbol = name.length === 1 ? stringOf(name[0]) : ''
  const items = rexpr !== undefined && 'List' in rexpr ? rexpr.List.items : undefined
  const between = BETWEEN[kind]
  if (between !== undefined && items?.length === 2) return `(${sql(lexpr)} ${between} ${list(items).join(' and ')})`
  if (kind === 'AEXPR_IN' && items !== undefined && (symbol === '=' || symbol === '<>')) return `(${sql(lexpr)} ${symbol === '=' ? '' : 'not '}in (${list(items).join(', ')}))`
  if (kind === 'AEXPR_NULLIF') return `nullif(${sql(lexpr)}, ${sql(rexpr)})`
  const infix = INFIX[kind]?.[symbol]
  if (infix !== undefined) return `(${sql(lexpr)} ${infix} ${sql(rexpr)})`
  if (kind !== 'AEXPR_OP') throw sqlRefused('construct', 'This comparison is not taken.')
  if (symbol === '||') return boundedText(`(${sql(lexpr)} || ${sql(rexpr)})`)
  if (lexpr === undefined && (symbol === '-' || symbol === '+')) return `(${symbol} ${sql(rexpr)})`
  if (!SQL_OPERATORS.has(symbol)) throw sqlRefused('operator', `Operator "${symbol}" is not taken.`)
  return `(${sql(lexpr)} ${symbol} ${sql(rexpr)})`
}

function cast({ arg, typeName }: TypeCast, sql: Compile): string {
  if (typeName === undefined) throw sqlRefused('type', 'The type is missing.')
  only(typeName, 'names', 'typemod', 'typmods')
  const names = (typeName.names ?? []).map(stringOf)
  const type = SQL_TYPES.get(names.at(-1) ?? '')
  if (type === undefined || names.length > 2 || (names.length === 2 && names[0] !== 'pg_catalog')) throw sqlRefused('type', `Type "${names.join('.')}" is not taken.`)
  const modifiers = (typeName.typmods ?? []).map((modifier) => {
    if (!('A_Const' in modifier) || modifier.A_Const.ival === undefined) throw sqlRefused('type', 'A type has numbers in its brackets.')
    return String(Math.trunc(modifier.A_Const.ival.ival ?? 0))
  })
  if (modifiers.length > type.modifiers) throw sqlRefused('type', `Type "${names.at(-1) ?? ''}" has no such brackets.`)
  return `(${sql(arg)})::${type.sql}${modifiers.length > 0 ? `(${modifiers.join(', ')})` : ''}`
}

/** What literals of size-making arguments may hold, in characters. */
const LONGEST_LITERAL = 100

function call(node: FuncCall, sql: Compile): string {
  only(node, 'funcname', 'args', 'agg_star', 'agg_distinct', 'agg_filter', 'over', 'funcformat')
  const names = (node.funcname ?? []).map(stringOf)
  const name = names.at(-1) ?? ''
  const known = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog') ? SQL_FUNCTIONS.get(name) : undefined
  if (known === undefined) throw sqlRefused('function', `Not authorized to call function ${names.join('.')}`)
  const given = node.args ?? []
  const star = node.agg_star === true
  if (star ? name !== 'count' : given.length < known.least || given.length > known.most) throw sqlRefused('function', `Function ${name} does not take these arguments.`)
  if (node.agg_distinct === true && known.kind !== 'aggregate') throw sqlRefused('construct', 'DISTINCT is for aggregates.')
  for (const index of known.literals ?? []) {
    const literal = given[index]
    const isShort = literal !== undefined && 'A_Const' in literal && literal.A_Const.sval !== undefined && (literal.A_Const.sval.sval ?? '').length <= LONGEST_LITERAL
    if (!isShort) throw sqlRefused('function', `Argument ${index + 1} of ${name} must be a text of at most ${LONGEST_LITERAL} characters, written out.`)
  }
  if (known.kind === 'window' && node.over === undefined) throw sqlRefused('construct', `Function ${name} needs OVER.`)
  if (known.kind === 'scalar' && (node.over !== undefined || node.agg_filter !== undefined)) throw sqlRefused('construct', `Function ${name} takes neither OVER nor FILTER.`)
  const args = given.map(sql)
  const text = star ? 'pg_catalog.count(*)' : known.write(node.agg_distinct === true ? [`distinct ${args[0] ?? ''}`, ...args.slice(1)] : args)
  const filter = node.agg_filter === undefined ? '' : ` filter (where ${sql(node.agg_filter)})`
  return `${text}${filter}${node.over === undefined ? '' : ` over (${windowOf(node.over, sql)})`}`
}

/** RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW: what PostgreSQL takes when nothing is said. */
const USUAL_FRAME = 1058

function windowOf(node: WindowDef, sql: Compile): string {
  only(node, 'partitionClause', 'orderClause', 'frameOptions')
  if (node.frameOptions !== undefined && node.frameOptions !== USUAL_FRAME) throw sqlRefused('construct', 'Window frames are not taken.')
  const partition = (node.partitionClause ?? []).map(sql)
  const order = (node.orderClause ?? []).map((one) => sortOf(one, sql))
  return [partition.length > 0 ? `partition by ${partition.join(', ')}` : '', order.length > 0 ? `order by ${order.join(', ')}` : ''].filter((part) => part !== '').join(' ')
}

/** One item of ORDER BY, its expression compiled by `sql`. */
export function sortOf(node: Node, sql: Compile): string {
  if (!('SortBy' in node)) throw sqlRefused('construct', 'This order is not taken.')
  const { sortby_dir: direction, sortby_nulls: nulls } = node.SortBy
  only(node.SortBy, 'node', 'sortby_dir', 'sortby_nulls')
  if (direction === 'SORTBY_USING') throw sqlRefused('construct', 'USING is not taken in ORDER BY.')
  return `${sql(node.SortBy.node)}${direction === 'SORTBY_DESC' ? ' desc' : ''}${nulls === 'SORTBY_NULLS_FIRST' ? ' nulls first' : nulls === 'SORTBY_NULLS_LAST' ? ' nulls last' : ''}`
}

function subquery(node: SubLink, sql: Compile, select: (inner: Node) => string): string {
  only(node, 'subLinkType', 'testexpr', 'operName', 'subselect')
  if (node.subselect === undefined) throw sqlRefused('construct', 'A subquery is missing.')
  const inner = `(${select(node.subselect)})`
  if (node.subLinkType === 'EXISTS_SUBLINK') return `exists ${inner}`
  if (node.subLinkType === 'EXPR_SUBLINK') return inner
  const symbol = node.operName === undefined ? '=' : stringOf(node.operName[0])
  if (!SQL_OPERATORS.has(symbol) || (node.subLinkType !== 'ANY_SUBLINK' && node.subLinkType !== 'ALL_SUBLINK')) throw sqlRefused('construct', 'This subquery is not taken.')
  return `(${sql(node.testexpr)} ${symbol} ${node.subLinkType === 'ANY_SUBLINK' ? 'any' : 'all'} ${inner})`
}
