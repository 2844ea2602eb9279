import type { ComparisonOp, Condition, Filter, Operand, OperandKind } from '@datong/data-engine'
import { likeCondition } from '../like.ts'
import { identifier, literal } from '../sql.ts'
import type { Operands } from './operands.ts'
import { blankText, constant, folded, foldValue } from './texts.ts'
import type { Steps } from './steps.ts'

const SIGNS: Readonly<Record<ComparisonOp, string>> = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' }
const VERDICTS = { valid: 2, doubtful: 1, invalid: 0 } as const
const SHORT_LIST = 8
/** Longer lists are looked up in a table of their own, which takes longer to plan, the more so the more there are of them. */
const PLAIN_LIST = 200

/** Compiles conditions over one version into SQL that is true, or false or null. */
export class Conditions {
  readonly #operands: Operands
  readonly #steps: Steps

  constructor(operands: Operands, steps: Steps) {
    this.#operands = operands
    this.#steps = steps
  }

  /** SQL that is true or false, never null. */
  sure(condition: Condition): string {
    return condition.op === 'not' ? `NOT ${this.sure(condition.of)}` : condition.op === 'blank' || condition.op === 'null' || condition.op === 'notNull' ? this.sql(condition) : `coalesce(${this.sql(condition)}, false)`
  }

  sql(condition: Condition): string {
    switch (condition.op) {
      case 'all':
        return this.#all(condition.of)
      case 'any':
        return condition.of.length === 0 ? 'false' : `(${condition.of.map((one) => this.sql(one)).join(' OR ')})`
      case 'not':
        return `(NOT ${this.sure(condition.of)})`
      case 'blank':
        return this.#blank(condition.field)
      case 'matches':
        return `regexp_full_match(${this.#operands.text(condition.field)}, ${constant(condition.pattern)}, 's')`
      case 'finds':
        return `regexp_matches(${this.#operands.text(condition.field)}, ${constant(condition.pattern)}, 's')`
      case 'length':
        return this.#length(condition)
      case 'among':
        return this.#among(condition)
      case 'compare':
        return this.#compare(condition.left, condition.by, condition.right)
      case 'reads':
        return `${condition.as === 'number' ? this.#operands.number(condition.field) : this.#operands.date(condition.field)} IS NOT NULL`
      case 'digits':
        return this.#digits(condition)
      case 'scheme':
        return `${this.#operands.verdict(condition.field, condition.scheme)} = ${VERDICTS[condition.verdict]}`
      case 'filled':
        return `(${condition.fields.map((field) => `CAST(NOT ${this.#blank(field)} AS INTEGER)`).join(' + ')}) >= ${Math.trunc(condition.least)}`
      default:
        return this.#filter(condition)
    }
  }

  /** Regular expressions behind something else are asked only where that is true: AND alone would ask all of every row. */
  #all(of: readonly Condition[]): string {
    if (of.length === 0) return 'true'
    const [first, ...rest] = of.map((one) => this.sql(one)) as [string, ...string[]] // there is one at least
    if (!of.slice(1).some(isSlow)) return `(${[first, ...rest].join(' AND ')})`
    return `CASE WHEN ${first} THEN ${this.#all(of.slice(1))} ELSE false END`
  }

  #blank(field: string): string {
    const column = identifier(field)
    return this.#operands.schema(field).type === 'text' ? this.#steps.column(blankText(column)) : `(${column} IS NULL)`
  }

  #length({ field, least, most }: Extract<Condition, { op: 'length' }>): string {
    const length = `length(${this.#operands.text(field)})`
    const parts = [...(least === undefined ? [] : [`${length} >= ${least}`]), ...(most === undefined ? [] : [`${length} <= ${most}`])]
    return parts.length === 0 ? `${identifier(field)} IS NOT NULL` : `(${parts.join(' AND ')})`
  }

  #among({ value, values, folded: fold = false }: Extract<Condition, { op: 'among' }>): string {
    const text = this.#operands.sql(value, 'text')
    const wanted = [...new Set(fold ? values.map(foldValue) : values)]
    if (wanted.length === 0) return 'false'
    const looked = fold ? this.#steps.column(folded(text), [text]) : text
    const list = wanted.map(constant)
    if (wanted.length <= SHORT_LIST) return `${looked} IN (${list.join(', ')})`
    return wanted.length <= PLAIN_LIST ? `list_contains([${list.join(', ')}], ${looked})` : `${looked} IN (SELECT unnest([${list.join(', ')}]))`
  }

  #compare(left: Operand, by: ComparisonOp, right: Operand): string {
    const as = kindOf(left) ?? kindOf(right) ?? 'stored'
    return `${this.#operands.sql(left, as)} ${SIGNS[by]} ${this.#operands.sql(right, as)}`
  }

  /** Zeros before and behind do not count. */
  #digits({ field, precision, scale }: Extract<Condition, { op: 'digits' }>): string {
    const stored = this.#operands.schema(field)
    if (stored.type === 'integer' && precision >= 16) return `${identifier(field)} IS NOT NULL`
    if (stored.type === 'decimal' && (stored.scale ?? 0) <= scale && (stored.precision ?? 38) <= precision) return `${identifier(field)} IS NOT NULL`
    const text = this.#operands.text(field)
    const shape = String.raw`\s*[+-]?0*([0-9]*)(?:\.([0-9]*?)0*)?\s*`
    const part = (group: number): string => `length(regexp_extract(${text}, ${literal(shape)}, ${group}))`
    return `(regexp_full_match(${text}, ${literal(shape)}) AND regexp_matches(${text}, '[0-9]') AND ${part(2)} <= ${scale} AND ${part(1)} + ${part(2)} <= ${precision})`
  }

  #filter(filter: Filter): string {
    const { type } = this.#operands.schema(filter.field)
    const column = identifier(filter.field)
    const as: OperandKind = type === 'date' ? 'date' : type === 'text' ? 'text' : 'stored'
    const value = (one: string | number | boolean): string => (type === 'datetime' ? `TRY_CAST(${constant(String(one))} AS TIMESTAMP)` : this.#operands.sql({ value: one }, as))
    switch (filter.op) {
      case 'null':
        return `${column} IS NULL`
      case 'notNull':
        return `${column} IS NOT NULL`
      case 'in':
        return filter.values.length === 0 ? 'false' : `${column} IN (${filter.values.map(value).join(', ')})`
      case 'like':
        return likeCondition(column, filter.value, constant)
      case 'contains':
        return `contains(${column}, ${constant(filter.value)})`
      case 'startsWith':
        return `starts_with(${column}, ${constant(filter.value)})`
      default:
        return `${column} ${SIGNS[filter.op]} ${value(filter.value)}`
    }
  }
}

const isSlow = (condition: Condition): boolean => {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.some(isSlow)
  return condition.op === 'not' ? isSlow(condition.of) : condition.op === 'matches' || condition.op === 'finds'
}

const kindOf = (operand: Operand): OperandKind | undefined =>
  'citizen' in operand ? (operand.part === 'birth-date' ? 'date' : 'text') : operand.as
