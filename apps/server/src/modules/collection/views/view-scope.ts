import { cutName, isCalled } from '../../../platform/sql-names.ts'
import type { Made, Source } from './made.ts'
import { viewRefused } from './view-refusal.ts'

/** A column that a query may name. */
export interface ScopeColumn {
  readonly name: string
  readonly from: readonly Source[]
  /** How it was made of them, as a field's origin says it. */
  readonly how: string
}

export interface Relation {
  /** As the query calls it. */
  readonly alias: string
  /** As the SQL that runs calls it. */
  readonly sql: string
  readonly columns: readonly ScopeColumn[]
  /** Names that `using` takes from another relation of the join. */
  readonly merged: Set<string>
}

/** A name in quotes: the only way one gets into the SQL that runs. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Names without quotes reach us in small letters. */
const isCalledLoosely = (name: string, written: string): boolean => cutName(name).toLowerCase() === written

/** Said as it was made, where that was in a query inside. */
const madeOf = (relation: Relation, { name, from, how }: ScopeColumn): Made =>
  ({ sql: `${relation.sql}.${quoted(name)}`, said: how === 'same' ? name : how, from, aggregates: false })

/** The column that a name means; undefined for none. @throws AppError when it could be several */
export function findColumn(relations: readonly Relation[], parts: readonly string[]): { made: Made; column: ScopeColumn } | undefined {
  const [first = '', second] = parts
  const within = second === undefined ? relations : relations.filter(({ alias }) => isCalled(alias, first))
  const name = second ?? first
  for (const fits of [isCalled, isCalledLoosely]) {
    const found = within.flatMap((relation) =>
      relation.columns.filter((column) => fits(column.name, name) && (second !== undefined || !relation.merged.has(column.name))).map((column) => ({ relation, column })))
    if (found.length > 1) throw viewRefused('column', `Column "${name}" is ambiguous.`)
    const one = found[0]
    if (one !== undefined) return { made: madeOf(one.relation, one.column), column: one.column }
  }
  return undefined
}

/** All columns of a relation, or of all of a FROM, in their order. */
export function everyColumn(relations: readonly Relation[], alias: string | undefined): { name: string; made: Made; plain: ScopeColumn }[] {
  const wanted = alias === undefined ? relations : relations.filter((relation) => isCalled(relation.alias, alias))
  if (wanted.length === 0) throw viewRefused('table', alias === undefined ? '"*" needs a FROM.' : `There is no relation "${alias}" here.`)
  return wanted.flatMap((relation) => relation.columns.filter(({ name }) => alias !== undefined || !relation.merged.has(name))
    .map((column) => ({ name: column.name, made: madeOf(relation, column), plain: column })))
}
