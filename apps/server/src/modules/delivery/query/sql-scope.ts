import { isCalled } from '../../../platform/sql-names.ts'
import { sqlRefused } from './sql-refusal.ts'

/** A column that a question may name, and what it is called in the SQL that runs. */
export interface SqlColumn {
  readonly name: string
  readonly sql: string
  /** Called when the question uses the column; for evidence. */
  readonly used?: () => void
}

export interface SqlRelation {
  /** As the question calls it. */
  readonly alias: string
  /** As the SQL that runs calls it. */
  readonly sql: string
  readonly columns: readonly SqlColumn[]
  /** Names that `using` takes from another relation of the join. */
  readonly merged: Set<string>
}

/** What names mean at one place: the relations of its FROM, then those around it. */
export interface SqlScope {
  readonly relations: readonly SqlRelation[]
  readonly parent: SqlScope | null
}

/** The SQL of a column, or undefined when there is none of the name. @throws AppError when it could be several */
export function findColumn(scope: SqlScope | null, parts: readonly string[]): string | undefined {
  const [first = '', second] = parts
  for (let place = scope; place !== null; place = place.parent) {
    const relations = second === undefined ? place.relations : place.relations.filter(({ alias }) => isCalled(alias, first))
    const name = second ?? first
    const found = relations.flatMap((relation) =>
      relation.columns.filter((column) => isCalled(column.name, name) && (second !== undefined || !relation.merged.has(column.name))).map((column) => ({ relation, column })))
    if (found.length > 1) throw sqlRefused('column', `Column "${name}" is ambiguous.`)
    const one = found[0]
    if (one !== undefined) {
      one.column.used?.()
      return `${one.relation.sql}.${one.column.sql}`
    }
    if (second !== undefined && relations.length > 0) return undefined
  }
  return undefined
}

/** All columns of a relation, or of all of a FROM, in their order. */
export function everyColumn({ relations }: SqlScope, alias: string | undefined): { name: string; sql: string }[] {
  const wanted = alias === undefined ? relations : relations.filter((relation) => isCalled(relation.alias, alias))
  if (wanted.length === 0) throw sqlRefused('table', alias === undefined ? '"*" needs a FROM.' : `There is no relation "${alias}" here.`)
  return wanted.flatMap((relation) => relation.columns.filter(({ name }) => alias !== undefined || !relation.merged.has(name)).map((column) => {
    column.used?.()
    return { name: column.name, sql: `${relation.sql}.${column.sql}` }
  }))
}

export const outputOf = (outputs: readonly { readonly name: string }[], name: string): number => outputs.findIndex((output) => isCalled(output.name, name))
