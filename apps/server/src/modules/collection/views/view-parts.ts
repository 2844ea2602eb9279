import type { Node, SelectStmt } from 'libpg-query'
import { compileExpression, only, stringOf } from './compile-view-expression.ts'
import type { Made } from './made.ts'
import { viewRefused } from './view-refusal.ts'
import { everyColumn, findColumn, type Relation, type ScopeColumn } from './view-scope.ts'

/** The names of the fields are those of the resource that comes out: known, and different without regard to case. */
export function refuseNames(outputs: readonly ScopeColumn[]): void {
  const seen = new Set<string>()
  for (const { name } of outputs) {
    if (name === '' || name === '?column?') throw viewRefused('column', 'Each field needs a name: write AS after an expression.')
    if (name.length > 200 || name.startsWith('_row')) throw viewRefused('column', `A field cannot be called "${name.slice(0, 60)}".`)
    if (seen.has(name.toLowerCase())) throw viewRefused('column', `Two fields are called "${name}"; write AS to tell them apart.`)
    seen.add(name.toLowerCase())
  }
}

/** An output named or numbered in ORDER BY or GROUP BY. */
export function positionOf(key: Node | undefined, outputs: readonly ScopeColumn[]): Made | undefined {
  const name = plainName(key)
  const number = key !== undefined && 'A_Const' in key && key.A_Const.ival !== undefined ? (key.A_Const.ival.ival ?? 0) : undefined
  const index = number === undefined ? (name === undefined ? -1 : outputs.findIndex((output) => output.name === name)) : number - 1
  const output = outputs[index]
  if (output !== undefined) return { sql: String(index + 1), said: output.name, from: output.from, aggregates: false }
  if (number !== undefined) throw viewRefused('column', `Position ${number} is not in the select list.`)
  return undefined
}

export function aliasOf(alias: { readonly aliasname?: string; readonly colnames?: readonly Node[] } | undefined): string | undefined {
  if ((alias?.colnames?.length ?? 0) > 0) throw viewRefused('construct', 'An alias has no list of columns.')
  return alias?.aliasname
}

/** The name of a column that stands by itself. */
export function plainName(node: Node | undefined): string | undefined {
  const fields = node !== undefined && 'ColumnRef' in node ? (node.ColumnRef.fields ?? []) : []
  const name = fields.length === 1 ? stringOf(fields[0]) : ''
  return name === '' ? undefined : name
}

export function distinctOf({ distinctClause = [] }: SelectStmt): string {
  if (distinctClause.length === 0) return ''
  // Plain DISTINCT is a list of one empty node.
  if (distinctClause.some((one) => Object.keys(one).length > 0)) throw viewRefused('construct', 'DISTINCT ON is not taken.')
  return 'distinct '
}

interface Target {
  readonly name: string
  readonly made: Made
  /** Of a column that stands by itself: as it is said where it was made. */
  readonly how?: string
}

export function targetOf(node: Node, relations: readonly Relation[]): Target[] {
  if (!('ResTarget' in node)) throw viewRefused('construct', 'This is not taken in the select list.')
  only(node.ResTarget, 'name', 'val')
  const { val, name } = node.ResTarget
  const fields = val !== undefined && 'ColumnRef' in val ? (val.ColumnRef.fields ?? []) : []
  const last = fields.at(-1)
  if (last !== undefined && 'A_Star' in last) {
    if (fields.length > 2) throw viewRefused('column', 'A relation is named by itself.')
    return everyColumn(relations, fields.length === 1 ? undefined : stringOf(fields[0])).map(({ plain, ...column }) => ({ ...column, how: plain.how }))
  }
  const column = fields.length === 0 ? undefined : findColumn(relations, fields.map(stringOf))
  if (column !== undefined) return [{ name: name ?? column.column.name, made: column.made, how: column.column.how }]
  return [{ name: name ?? nameOf(val), made: compileExpression(val, relations) }]
}

/** What a column is called that nobody named; what is no function has no name. */
function nameOf(node: Node | undefined): string {
  if (node === undefined) return ''
  if ('FuncCall' in node) return stringOf(node.FuncCall.funcname?.at(-1))
  if ('TypeCast' in node) return node.TypeCast.arg !== undefined && 'ColumnRef' in node.TypeCast.arg ? stringOf(node.TypeCast.arg.ColumnRef.fields?.at(-1)) : nameOf(node.TypeCast.arg)
  return ''
}

export function countOf(name: 'limit' | 'offset', node: Node | undefined): string {
  if (node === undefined) return ''
  if (!('A_Const' in node)) throw viewRefused('construct', `${name.toUpperCase()} takes a number.`)
  if (node.A_Const.isnull === true) return ''
  const number = node.A_Const.ival === undefined ? -1 : (node.A_Const.ival.ival ?? 0)
  if (number < 0) throw viewRefused('construct', `${name.toUpperCase()} takes a number ≥ 0.`)
  return `${name} ${number}`
}
