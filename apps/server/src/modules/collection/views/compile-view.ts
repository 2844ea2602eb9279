import type { JoinExpr, Node, SelectStmt } from 'libpg-query'
import type { FieldCondition, FieldOrigin } from '../versions/lineage.ts'
import { compileExpression, only, sortOf, stringOf } from './compile-view-expression.ts'
import { listed, made, type Made, sourcesOf, type Source, word } from './made.ts'
import { aliasOf, countOf, distinctOf, plainName, positionOf, refuseNames, targetOf } from './view-parts.ts'
import { viewRefused } from './view-refusal.ts'
import { findColumn, quoted, type Relation, type ScopeColumn } from './view-scope.ts'

/** A resource that a query reads: what the query calls it, and its fields that may be read. */
export interface ViewTable {
  readonly name: string
  readonly fields: readonly string[]
}

/** A query ready for the engine, in which input `n` is the relation `in<n>` with the fields' own names. */
export interface CompiledView {
  readonly sql: string
  /** Names of the columns, in their order. */
  readonly names: readonly string[]
  readonly origins: readonly FieldOrigin[]
  /** Fields that decide which rows there are. */
  readonly conditions: readonly FieldCondition[]
  /** The query says the order of its rows itself. */
  readonly ordered: boolean
}

const MOST_RELATIONS = 12
const MOST_COLUMNS = 500
const DEEPEST = 20

interface Selected {
  readonly made: Made
  readonly outputs: readonly ScopeColumn[]
}
type Ctes = ReadonlyMap<string, { readonly sql: string; readonly columns: readonly ScopeColumn[] }>

/**
 * Writes a parsed query anew, so that it can only say what is written here, and follows each field to where it comes from.
 * @throws AppError `collection/view-refused`
 */
export function compileView(statement: SelectStmt, tables: readonly ViewTable[]): CompiledView {
  const compiler = new ViewCompiler(tables)
  const { made: whole, outputs } = compiler.select(statement, new Map(), 0)
  return {
    sql: whole.sql,
    names: outputs.map(({ name }) => name),
    origins: outputs.map(({ name, from, how }) => ({ field: name, from, how })),
    conditions: compiler.conditions(),
    ordered: (statement.sortClause ?? []).length > 0,
  }
}

class ViewCompiler {
  readonly #tables: readonly ViewTable[]
  readonly #conditions = new Map<string, FieldCondition>()
  #names = 0
  #relations = 0

  constructor(tables: readonly ViewTable[]) {
    this.#tables = tables
  }

  conditions(): FieldCondition[] {
    return [...this.#conditions.values()]
  }

  select(node: SelectStmt, around: Ctes, depth: number): Selected {
    if (depth > DEEPEST) throw viewRefused('too-large', 'The text is nested too deeply.')
    only(node, 'targetList', 'fromClause', 'whereClause', 'groupClause', 'havingClause', 'sortClause', 'limitCount', 'limitOffset', 'limitOption', 'distinctClause', 'withClause', 'op', 'all', 'larg', 'rarg')
    if (node.limitOption === 'LIMIT_OPTION_WITH_TIES') throw viewRefused('construct', 'WITH TIES is not taken.')
    const { made: before, ctes } = this.#with(node, around, depth)
    const isPlain = node.op === undefined || node.op === 'SETOP_NONE'
    const { made: body, outputs, relations } = isPlain ? this.#plain(node, ctes, depth) : this.#combined(node, ctes, depth)
    const order = (node.sortClause ?? []).map((one) => sortOf(one, (key) => positionOf(key, outputs) ?? (isPlain ? compileExpression(key, relations) : notAnOutput())))
    this.#note('sort', order)
    const tail = [order.length > 0 ? made`order by ${listed(order)}` : word(''), word(countOf('limit', node.limitCount)), word(countOf('offset', node.limitOffset))]
    return { outputs, made: listed([before, body, ...tail].filter(({ sql }) => sql !== ''), ' ') }
  }

  #plain(node: SelectStmt, ctes: Ctes, depth: number): Selected & { relations: readonly Relation[] } {
    const relations: Relation[] = []
    const from = (node.fromClause ?? []).map((one) => this.#from(one, relations, ctes, depth))
    if (new Set(relations.map(({ alias }) => alias)).size < relations.length) throw viewRefused('table', 'A relation is named twice; give it an alias.')
    const targets = (node.targetList ?? []).flatMap((target) => targetOf(target, relations))
    if (targets.length === 0 || targets.length > MOST_COLUMNS) throw viewRefused('too-large', `A view has 1 to ${MOST_COLUMNS} fields.`)
    const outputs = targets.map(({ name, made: value, how }): ScopeColumn => ({ name, from: value.from, how: how ?? value.said }))
    refuseNames(outputs)
    const group = (node.groupClause ?? []).map((key) => {
      const name = plainName(key)
      const isInput = name !== undefined && findColumn(relations, [name]) !== undefined
      return (isInput ? undefined : positionOf(key, outputs)) ?? compileExpression(key, relations)
    })
    const where = node.whereClause === undefined ? [] : [compileExpression(node.whereClause, relations)]
    const having = node.havingClause === undefined ? [] : [compileExpression(node.havingClause, relations)]
    this.#note('filter', [...where, ...having])
    this.#note('group', group)
    if (where.some(({ aggregates }) => aggregates)) throw viewRefused('construct', 'Aggregates are not taken in WHERE.')
    const parts = [
      made`select ${distinctOf(node)}${listed(targets.map(({ name, made: value }) => made`${value} as ${quoted(name)}`))}`,
      ...(from.length > 0 ? [made`from ${listed(from, ' cross join ')}`] : []),
      ...where.map((one) => made`where ${one}`),
      ...(group.length > 0 ? [made`group by ${listed(group)}`] : []),
      ...having.map((one) => made`having ${one}`),
    ]
    return { made: listed(parts, ' '), outputs, relations }
  }

  #combined(node: SelectStmt, ctes: Ctes, depth: number): Selected & { relations: readonly Relation[] } {
    const operator = SET_OPERATIONS.get(node.op ?? '')
    if (operator === undefined || node.larg === undefined || node.rarg === undefined) throw viewRefused('construct', 'This combination is not taken.')
    const left = this.select(node.larg, ctes, depth + 1)
    const right = this.select(node.rarg, ctes, depth + 1)
    if (left.outputs.length !== right.outputs.length) throw viewRefused('construct', 'Both sides of a combination have as many fields.')
    const outputs = left.outputs.map((output, index): ScopeColumn => {
      const other = right.outputs[index]! // as many
      return { name: output.name, from: sourcesOf([output, other]), how: output.how === other.how ? output.how : `${output.how} | ${other.how}` }
    })
    return { made: made`(${left.made}) ${operator}${node.all === true ? ' all' : ''} (${right.made})`, outputs, relations: [] }
  }

  #with(node: SelectStmt, around: Ctes, depth: number): { made: Made; ctes: Ctes } {
    if (node.withClause === undefined) return { made: word(''), ctes: around }
    only(node.withClause, 'ctes')
    const ctes = new Map(around)
    const texts = (node.withClause.ctes ?? []).map((one) => {
      if (!('CommonTableExpr' in one)) throw viewRefused('construct', 'WITH holds queries.')
      only(one.CommonTableExpr, 'ctename', 'ctematerialized', 'ctequery')
      this.#countRelation()
      const { made: inner, outputs } = this.#inner(one.CommonTableExpr.ctequery, ctes, depth)
      const sql = this.#name('w')
      ctes.set(one.CommonTableExpr.ctename ?? '', { sql, columns: outputs })
      return made`${sql} as (${inner})`
    })
    return { made: made`with ${listed(texts)}`, ctes }
  }

  #from(node: Node, relations: Relation[], ctes: Ctes, depth: number): Made {
    if (depth > DEEPEST) throw viewRefused('too-large', 'The text is nested too deeply.')
    if ('RangeVar' in node) {
      only(node.RangeVar, 'relname', 'inh', 'relpersistence', 'alias')
      this.#countRelation()
      const name = node.RangeVar.relname ?? ''
      const { sql: table, columns } = ctes.get(name) ?? this.#table(name)
      const sql = this.#name('t')
      relations.push({ alias: aliasOf(node.RangeVar.alias) ?? name, sql, columns, merged: new Set() })
      return word(`${table} as ${sql}`)
    }
    if ('RangeSubselect' in node) {
      only(node.RangeSubselect, 'subquery', 'alias')
      this.#countRelation()
      const { made: inner, outputs } = this.#inner(node.RangeSubselect.subquery, ctes, depth)
      const sql = this.#name('t')
      relations.push({ alias: aliasOf(node.RangeSubselect.alias) ?? sql, sql, columns: outputs, merged: new Set() })
      return made`(${inner}) as ${sql}`
    }
    if ('JoinExpr' in node) return this.#join(node.JoinExpr, relations, ctes, depth)
    throw viewRefused('construct', 'FROM holds resources, joins and queries.')
  }

  #table(name: string): { sql: string; columns: readonly ScopeColumn[] } {
    const input = this.#tables.findIndex((table) => table.name === name || table.name.toLowerCase() === name)
    const table = this.#tables[input]
    if (table === undefined) throw viewRefused('table', `There is no input "${name}".`)
    return { sql: `in${input}`, columns: table.fields.map((field) => ({ name: field, from: [{ input, field }], how: 'same' })) }
  }

  #join(node: JoinExpr, relations: Relation[], ctes: Ctes, depth: number): Made {
    only(node, 'jointype', 'larg', 'rarg', 'usingClause', 'quals', 'rtindex')
    const kind = JOINS.get(node.jointype ?? '')
    if (kind === undefined || node.larg === undefined || node.rarg === undefined) throw viewRefused('construct', 'This join is not taken.')
    const lefts: Relation[] = []
    const rights: Relation[] = []
    const left = this.#from(node.larg, lefts, ctes, depth + 1)
    const right = this.#from(node.rarg, rights, ctes, depth + 1)
    relations.push(...lefts, ...rights)
    const using = (node.usingClause ?? []).map(stringOf)
    if (using.length > 0 && kind !== 'inner join' && kind !== 'left join') throw viewRefused('construct', 'USING is taken in inner and left joins.')
    const pairs = using.map((name) => {
      const [one, other] = [findColumn(lefts, [name]), findColumn(rights, [name])]
      if (one === undefined || other === undefined) throw viewRefused('column', `Column "${name}" does not exist on both sides.`)
      return { name: other.column.name, made: made`${one.made} = ${other.made}` }
    })
    for (const { name } of pairs) for (const relation of rights) relation.merged.add(name)
    const on = node.quals === undefined ? pairs.map((pair) => pair.made) : [compileExpression(node.quals, [...lefts, ...rights])]
    this.#note('join', on)
    if (on.length > 0) return made`(${left} ${kind} ${right} on (${listed(on, ' and ')}))`
    if (kind !== 'inner join') throw viewRefused('construct', 'This join needs a condition.')
    return made`(${left} cross join ${right})`
  }

  #inner(node: Node | undefined, ctes: Ctes, depth: number): Selected {
    if (node === undefined || !('SelectStmt' in node)) throw viewRefused('construct', 'Only a SELECT is taken.')
    return this.select(node.SelectStmt, ctes, depth + 1)
  }

  #note(how: FieldCondition['how'], pieces: readonly { readonly from: readonly Source[] }[]): void {
    for (const { input, field } of sourcesOf(pieces)) this.#conditions.set(`${how} ${input} ${field}`, { how, input, field })
  }

  #countRelation(): void {
    if (++this.#relations > MOST_RELATIONS) throw viewRefused('too-large', `A view reads at most ${MOST_RELATIONS} relations.`)
  }

  #name(prefix: string): string {
    return `${prefix}${++this.#names}`
  }
}

const SET_OPERATIONS = new Map([['SETOP_UNION', 'union'], ['SETOP_INTERSECT', 'intersect'], ['SETOP_EXCEPT', 'except']])
const JOINS = new Map([['JOIN_INNER', 'inner join'], ['JOIN_LEFT', 'left join'], ['JOIN_RIGHT', 'right join'], ['JOIN_FULL', 'full join']])

const notAnOutput = (): never => {
  throw viewRefused('construct', 'A combination is ordered by the names or numbers of its fields.')
}
