import type { FieldSchema, Operand, OperandKind } from '@datong/data-engine'
import { carried } from '../read-rows.ts'
import { identifier, literal } from '../sql.ts'
import { citizenInteger, citizenPart, citizenVerdict, SCHEME_SQL } from './schemes.ts'
import type { Steps } from './steps.ts'
import { constant, halfWidth } from './texts.ts'

const NUMBER = String.raw`\s*[+-]?([0-9][0-9,]*(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?\s*`
const PLAIN_DAY = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}`
const SPLIT_DAY = String.raw`\s*([0-9]{4})\s*(?:-|/|\.|年)\s*([0-9]{1,2})\s*(?:-|/|\.|月)\s*([0-9]{1,2})(?:\s*日)?(?:[T\s].*)?`
const CLOSE_DAY = String.raw`\s*([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{4}|[0-9]{6})?\s*`

/** A text as a number; null when it is none. */
const textNumber = (text: string): string => `CASE WHEN regexp_full_match(${text}, ${literal(NUMBER)}) THEN TRY_CAST(replace(${text}, ',', '') AS DOUBLE) END`

/** A text as a day, in the ways in which files write days; null when the calendar has none such. */
const textDay = (text: string): string => {
  const from = (shape: string, of: string): string => `TRY_CAST(regexp_replace(${of}, ${literal(`^${shape}$`)}, '\\1-\\2-\\3') AS DATE)`
  const any = (of: string): string => `CASE WHEN regexp_full_match(${of}, ${literal(SPLIT_DAY)}) THEN ${from(SPLIT_DAY, of)} WHEN regexp_full_match(${of}, ${literal(CLOSE_DAY)}) THEN ${from(CLOSE_DAY, of)} END`
  return `CASE WHEN regexp_full_match(${text}, ${literal(PLAIN_DAY)}) THEN TRY_CAST(${text} AS DATE) ELSE ${any(halfWidth(text))} END`
}

/** Fields of schemas by name: thousands of conditions may look at one of thousands of fields. */
const BY_NAME = new WeakMap<readonly FieldSchema[], ReadonlyMap<string, FieldSchema>>()

function byName(schema: readonly FieldSchema[]): ReadonlyMap<string, FieldSchema> {
  const known = BY_NAME.get(schema) ?? new Map(schema.map((field) => [field.name, field]))
  BY_NAME.set(schema, known)
  return known
}

/** Columns of a version as conditions read them; what takes work is a step of its own. */
export class Operands {
  readonly #fields: ReadonlyMap<string, FieldSchema>
  readonly #steps: Steps
  readonly #read = new Set<string>()

  constructor(schema: readonly FieldSchema[], steps: Steps) {
    this.#fields = byName(schema)
    this.#steps = steps
  }

  /** The engine's own column `_row` is an integer. */
  schema(name: string): Pick<FieldSchema, 'type' | 'precision' | 'scale'> {
    const field = this.#fields.get(name)
    if (field !== undefined) this.#read.add(name)
    return field ?? { type: 'integer' }
  }

  /** Fields that were asked for so far. */
  get read(): readonly string[] {
    return [...this.#read]
  }

  /** The value as text, as it is exported. */
  text(name: string): string {
    const field = this.schema(name)
    if (field.type === 'text') return identifier(name)
    const short = field.type === 'integer' || field.type === 'decimal'
    return this.#steps.column(short ? `CAST(${identifier(name)} AS VARCHAR)` : `CAST(${carried(field, identifier(name))} AS VARCHAR)`)
  }

  number(name: string): string {
    const { type } = this.schema(name)
    if (type === 'integer' || type === 'decimal') return identifier(name)
    return type === 'text' ? this.#steps.column(textNumber(identifier(name))) : 'CAST(NULL AS DOUBLE)'
  }

  date(name: string): string {
    const { type } = this.schema(name)
    if (type === 'date') return identifier(name)
    if (type === 'datetime') return `CAST(${identifier(name)} AS DATE)`
    if (type === 'boolean' || type === 'decimal') return 'CAST(NULL AS DATE)'
    const text = this.text(name)
    return this.#steps.column(textDay(text), [text])
  }

  /** Verdict of a scheme: 2 valid, 1 doubtful, 0 invalid. */
  verdict(name: string, scheme: keyof typeof SCHEME_SQL): string {
    const text = this.text(name)
    const code = this.#steps.column(SCHEME_SQL[scheme].code(text), [text])
    if (scheme !== 'citizen-number') return this.#steps.column(SCHEME_SQL[scheme].verdict(code), [code])
    const n = this.#citizenInteger(code)
    return this.#steps.column(citizenVerdict(code, n), [n])
  }

  #citizenInteger(code: string): string {
    return this.#steps.column(citizenInteger(code), [code])
  }

  #stored(name: string): string {
    this.schema(name)
    return identifier(name)
  }

  sql(operand: Operand, as: OperandKind): string {
    if ('value' in operand) return typedConstant(operand.value, as)
    if ('citizen' in operand) {
      const verdict = this.verdict(operand.citizen, 'citizen-number')
      const text = this.text(operand.citizen)
      const n = this.#citizenInteger(this.#steps.column(SCHEME_SQL['citizen-number'].code(text), [text]))
      return this.#steps.column(citizenPart(operand.part, n, verdict), [verdict])
    }
    const read = as === 'number' ? this.number(operand.field) : as === 'date' ? this.date(operand.field) : as === 'text' ? this.text(operand.field) : this.#stored(operand.field)
    if (operand.first !== undefined) return `left(${as === 'text' ? read : this.text(operand.field)}, ${Math.trunc(operand.first)})`
    return operand.plusDays === undefined ? read : `(${read} + to_days(CAST(${Math.trunc(operand.plusDays)} AS INTEGER)))`
  }
}

function typedConstant(value: string | number | boolean, as: OperandKind): string {
  if (as === 'date') return `TRY_CAST(${constant(String(value))} AS DATE)`
  if (as === 'number') return typeof value === 'number' ? constant(value) : `TRY_CAST(${constant(String(value))} AS DOUBLE)`
  return as === 'text' ? constant(String(value)) : constant(value)
}
