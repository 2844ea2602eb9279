import type { JoinExpr, Node, SelectStmt } from 'libpg-query'
import { compileExpression, only, type Place, sortOf, stringOf } from './compile-expression.ts'
import { sqlRefused } from './sql-refusal.ts'
import { everyColumn, findColumn, outputOf, type SqlColumn, type SqlRelation, type SqlScope } from './sql-scope.ts'

/** A table that a question may read: SQL of our own that gives these columns and no others. */
export interface SqlTable {
  /** A question in brackets; its columns are called as in `columns`. */
  readonly sql: string
  readonly columns: readonly SqlColumn[]
}

interface Output {
  readonly name: string
}
interface Selected {
  readonly text: string
  readonly outputs: readonly Output[]
}

export interface CompiledSql {
  readonly text: string
  /** Names of the columns, in their order; the SQL itself calls them `c1`, `c2`, … */
  readonly names: readonly string[]
}

const MOST_RELATIONS = 10
const MOST_COLUMNS = 500

/**
 * Writes a parsed question anew, so that it can only say what is written here: its tables are replaced by ours, and no
 * name, function, operator or type of the caller's goes into the SQL that runs.
 * @param tables the tables that the caller may read, by the name that the question uses; all others are refused
 * @throws AppError `delivery/sql-refused`
 */
export function compileSql(statement: SelectStmt, tables: ReadonlyMap<string, SqlTable>): CompiledSql {
  const compiler = new SelectCompiler(tables)
  const { text, outputs } = compiler.select(statement, new Map(), null, 0)
  return { text, names: outputs.map(({ name }) => name) }
}

type Ctes = ReadonlyMap<string, { readonly sql: string; readonly columns: readonly SqlColumn[] }>

class SelectCompiler {
  readonly #tables: ReadonlyMap<string, SqlTable>
  #names = 0
  #relations = 0

  constructor(tables: ReadonlyMap<string, SqlTable>) {
    this.#tables = tables
  }

  select(node: SelectStmt, around: Ctes, parent: SqlScope | null, depth: number): Selected {
    only(node, 'targetList', 'fromClause', 'whereClause', 'groupClause', 'havingClause', 'sortClause', 'limitCount', 'limitOffset', 'limitOption', 'distinctClause', 'withClause', 'op', 'all', 'larg', 'rarg')
    if (node.limitOption === 'LIMIT_OPTION_WITH_TIES') throw sqlRefused('construct', 'WITH TIES is not taken.')
    const { text: before, ctes } = this.#with(node, around, depth)
    const { text, outputs, scope } = node.op === undefined || node.op === 'SETOP_NONE' ? this.#plain(node, ctes, parent, depth) : this.#combined(node, ctes, parent, depth)
    const place = this.#placeOf(scope, ctes, depth)
    const order = (node.sortClause ?? []).map((one) => sortOf(one, (key) => this.#position(key, outputs) ?? (node.op === undefined || node.op === 'SETOP_NONE' ? compileExpression(key, place) : notAnOutput())))
    return {
      outputs,
      text: [before, text, order.length > 0 ? `order by ${order.join(', ')}` : '', countOf('limit', node.limitCount), countOf('offset', node.limitOffset)].filter((part) => part !== '').join(' '),
    }
  }

  #plain(node: SelectStmt, ctes: Ctes, parent: SqlScope | null, depth: number): Selected & { scope: SqlScope } {
    const relations: SqlRelation[] = []
    const from = (node.fromClause ?? []).map((one) => this.#from(one, relations, ctes, parent, depth))
    if (new Set(relations.map(({ alias }) => alias)).size < relations.length) throw sqlRefused('table', 'A relation is named twice; give it an alias.')
    const scope: SqlScope = { relations, parent }
    const place = this.#placeOf(scope, ctes, depth)
    const targets = (node.targetList ?? []).flatMap((target) => targetOf(target, place))
    if (targets.length === 0 || targets.length > MOST_COLUMNS) throw sqlRefused('too-large', `A question answers 1 to ${MOST_COLUMNS} columns.`)
    const group = (node.groupClause ?? []).map((key) => {
      const name = plainName(key)
      const isInput = name !== undefined && findColumn(scope, [name]) !== undefined
      return (isInput ? undefined : this.#position(key, targets)) ?? compileExpression(key, place)
    })
    const text = [
      `select ${distinctOf(node, place)}${targets.map(({ sql }, index) => `${sql} as c${index + 1}`).join(', ')}`,
      from.length > 0 ? `from ${from.join(' cross join ')}` : '',
      node.whereClause === undefined ? '' : `where ${compileExpression(node.whereClause, place)}`,
      group.length > 0 ? `group by ${group.join(', ')}` : '',
      node.havingClause === undefined ? '' : `having ${compileExpression(node.havingClause, place)}`,
    ].filter((part) => part !== '').join(' ')
    return { text, outputs: targets, scope }
  }

  #combined(node: SelectStmt, ctes: Ctes, parent: SqlScope | null, depth: number): Selected & { scope: SqlScope } {
    const word = SET_OPERATIONS.get(node.op ?? '')
    if (word === undefined || node.larg === undefined || node.rarg === undefined || depth > 50) throw sqlRefused('construct', 'This combination is not taken.')
    const left = this.select(node.larg, ctes, parent, depth + 1)
    const right = this.select(node.rarg, ctes, parent, depth + 1)
    return { text: `(${left.text}) ${word}${node.all === true ? ' all' : ''} (${right.text})`, outputs: left.outputs, scope: { relations: [], parent } }
  }

  #with(node: SelectStmt, around: Ctes, depth: number): { text: string; ctes: Ctes } {
    if (node.withClause === undefined) return { text: '', ctes: around }
    only(node.withClause, 'ctes')
    const ctes = new Map(around)
    const texts = (node.withClause.ctes ?? []).map((one) => {
      if (!('CommonTableExpr' in one)) throw sqlRefused('construct', 'WITH holds questions.')
      only(one.CommonTableExpr, 'ctename', 'ctematerialized', 'ctequery')
      this.#countRelation()
      const { text, outputs } = this.#inner(one.CommonTableExpr.ctequery, ctes, null, depth)
      const sql = this.#name('w')
      ctes.set(one.CommonTableExpr.ctename ?? '', { sql, columns: columnsOf(outputs) })
      return `${sql} as (${text})`
    })
    return { text: `with ${texts.join(', ')}`, ctes }
  }

  /** One item of FROM; what it brings is added to `relations`. */
  #from(node: Node, relations: SqlRelation[], ctes: Ctes, parent: SqlScope | null, depth: number): string {
    if (depth > 50) throw sqlRefused('too-large', 'The text is nested too deeply.')
    if ('JoinExpr' in node) return this.#join(node.JoinExpr, relations, ctes, parent, depth)
    this.#countRelation()
    const sql = this.#name('t')
    if ('RangeSubselect' in node) {
      only(node.RangeSubselect, 'subquery', 'alias')
      const { text, outputs } = this.#inner(node.RangeSubselect.subquery, ctes, null, depth)
      relations.push({ alias: aliasOf(node.RangeSubselect.alias) ?? '', sql, columns: columnsOf(outputs), merged: new Set() })
      return `(${text}) as ${sql}`
    }
    if (!('RangeVar' in node)) throw sqlRefused('construct', `${Object.keys(node)[0] ?? 'This'} is not taken in FROM.`)
    only(node.RangeVar, 'relname', 'inh', 'relpersistence', 'alias')
    const name = node.RangeVar.relname ?? ''
    const alias = aliasOf(node.RangeVar.alias) ?? name
    const cte = ctes.get(name)
    const table = cte === undefined ? this.#tables.get(name) : undefined
    if (cte === undefined && table === undefined) throw sqlRefused('table', `Resource "${name}" was not found.`)
    relations.push({ alias, sql, columns: (cte ?? table)!.columns, merged: new Set() }) // one of the two
    return `${cte?.sql ?? table!.sql} as ${sql}` // as above
  }

  #join(node: JoinExpr, relations: SqlRelation[], ctes: Ctes, parent: SqlScope | null, depth: number): string {
    only(node, 'jointype', 'larg', 'rarg', 'quals', 'usingClause')
    const word = JOINS.get(node.jointype ?? 'JOIN_INNER')
    if (word === undefined || node.larg === undefined || node.rarg === undefined) throw sqlRefused('construct', 'This join is not taken.')
    const lefts: SqlRelation[] = []
    const rights: SqlRelation[] = []
    const left = this.#from(node.larg, lefts, ctes, parent, depth + 1)
    const right = this.#from(node.rarg, rights, ctes, parent, depth + 1)
    relations.push(...lefts, ...rights)
    const using = (node.usingClause ?? []).map(stringOf)
    if (using.length > 0 && word !== 'inner join' && word !== 'left join') throw sqlRefused('construct', 'USING is taken in inner and left joins.')
    const pairs = using.map((name) => {
      const [one, other] = [findColumn({ relations: lefts, parent: null }, [name]), findColumn({ relations: rights, parent: null }, [name])]
      if (one === undefined || other === undefined) throw sqlRefused('column', `Column "${name}" does not exist on both sides.`)
      return { name, text: `${one} = ${other}` }
    })
    for (const { name } of pairs) for (const relation of rights) relation.merged.add(name)
    const on = node.quals === undefined ? pairs.map(({ text }) => text).join(' and ') : compileExpression(node.quals, this.#placeOf({ relations: [...lefts, ...rights], parent }, ctes, depth))
    return on === '' ? (word === 'inner join' ? `(${left} cross join ${right})` : notOn()) : `(${left} ${word} ${right} on (${on}))`
  }

  #inner(node: Node | undefined, ctes: Ctes, parent: SqlScope | null, depth: number): Selected {
    if (node === undefined || !('SelectStmt' in node)) throw sqlRefused('construct', 'Only a SELECT is taken.')
    return this.select(node.SelectStmt, ctes, parent, depth + 1)
  }

  #placeOf(scope: SqlScope, ctes: Ctes, depth: number): Place {
    return {
      scope, depth,
      select: (node, parent, at) => {
        if (at > 50) throw sqlRefused('too-large', 'The text is nested too deeply.')
        return this.#inner(node, ctes, parent, at).text
      },
    }
  }

  /** An output named or numbered in ORDER BY or GROUP BY. */
  #position(key: Node | undefined, outputs: readonly Output[]): string | undefined {
    const name = plainName(key)
    const index = name === undefined ? -1 : outputOf(outputs, name)
    if (index >= 0) return String(index + 1)
    if (key === undefined || !('A_Const' in key) || key.A_Const.ival === undefined) return undefined
    const number = key.A_Const.ival.ival ?? 0
    if (number < 1 || number > outputs.length) throw sqlRefused('column', `Position ${number} is not in the select list.`)
    return String(number)
  }

  #countRelation(): void {
    if (++this.#relations > MOST_RELATIONS) throw sqlRefused('too-large', `A question reads at most ${MOST_RELATIONS} relations.`)
  }

  #name(prefix: string): string {
    return `${prefix}${++this.#names}`
  }
}

const SET_OPERATIONS = new Map([['SETOP_UNION', 'union'], ['SETOP_INTERSECT', 'intersect'], ['SETOP_EXCEPT', 'except']])
const JOINS = new Map([['JOIN_INNER', 'inner join'], ['JOIN_LEFT', 'left join'], ['JOIN_RIGHT', 'right join'], ['JOIN_FULL', 'full join']])

const columnsOf = (outputs: readonly Output[]): SqlColumn[] => outputs.map(({ name }, index) => ({ name, sql: `c${index + 1}` }))

const notAnOutput = (): never => {
  throw sqlRefused('construct', 'A combination is ordered by the names or numbers of its columns.')
}
const notOn = (): never => {
  throw sqlRefused('construct', 'This join needs a condition.')
}

function aliasOf(alias: { readonly aliasname?: string; readonly colnames?: readonly Node[] } | undefined): string | undefined {
  if ((alias?.colnames?.length ?? 0) > 0) throw sqlRefused('construct', 'An alias has no list of columns.')
  return alias?.aliasname
}

/** The name of a column that stands by itself. */
function plainName(node: Node | undefined): string | undefined {
  const fields = node !== undefined && 'ColumnRef' in node ? (node.ColumnRef.fields ?? []) : []
  const name = fields.length === 1 ? stringOf(fields[0]) : ''
  return name === '' ? undefined : name
}

function distinctOf({ distinctClause = [] }: SelectStmt, place: Place): string {
  if (distinctClause.length === 0) return ''
  // Plain DISTINCT is a list of one empty node.
  const on = distinctClause.filter((one) => Object.keys(one).length > 0)
  return on.length === 0 ? 'distinct ' : `distinct on (${on.map((one) => compileExpression(one, place)).join(', ')}) `
}

function targetOf(node: Node, place: Place): { name: string; sql: string }[] {
  if (!('ResTarget' in node)) throw sqlRefused('construct', 'This is not taken in the select list.')
  only(node.ResTarget, 'name', 'val')
  const { val, name } = node.ResTarget
  const fields = val !== undefined && 'ColumnRef' in val ? (val.ColumnRef.fields ?? []) : []
  const last = fields.at(-1)
  if (last !== undefined && 'A_Star' in last) {
    if (fields.length > 2) throw sqlRefused('column', 'A relation is named by itself.')
    return everyColumn(place.scope, fields.length === 1 ? undefined : stringOf(fields[0]))
  }
  return [{ name: name ?? nameOf(val), sql: compileExpression(val, place) }]
}

/** What PostgreSQL calls a column without a name. */
function nameOf(node: Node | undefined): string {
  if (node === undefined) return '?column?'
  if ('ColumnRef' in node) return stringOf(node.ColumnRef.fields?.at(-1))
  if ('FuncCall' in node) return stringOf(node.FuncCall.funcname?.at(-1))
  if ('TypeCast' in node) {
    const inner = nameOf(node.TypeCast.arg)
    return inner === '?column?' ? stringOf(node.TypeCast.typeName?.names?.at(-1)) : inner
  }
  if ('CoalesceExpr' in node) return 'coalesce'
  if ('CaseExpr' in node) return 'case'
  if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest'
  if ('SQLValueFunction' in node) return 'current_date'
  return '?column?'
}

function countOf(word: 'limit' | 'offset', node: Node | undefined): string {
  if (node === undefined) return ''
  if (!('A_Const' in node)) throw sqlRefused('construct', `${word.toUpperCase()} takes a number.`)
  if (node.A_Const.isnull === true) return ''
  const number = node.A_Const.ival === undefined ? -1 : (node.A_Const.ival.ival ?? 0)
  if (number < 0) throw sqlRefused('construct', `${word.toUpperCase()} takes a number ≥ 0.`)
  return `${word} ${number}`
}
