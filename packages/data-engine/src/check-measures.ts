import { AppError, type Issue } from '@datong/kernel'
import { MOST_VALUES } from './check-plan.ts'
import type { FieldSchema } from './field.ts'
import type { Condition, Measure, Operand, OtherFields } from './measure.ts'
import { ROW_COLUMN } from './read-plan.ts'

/** Most conditions of one measure, and how deep they may be nested. */
const MOST_CONDITIONS = 20_000
const DEEPEST = 50
const NEAR_FIELDS = { least: 2, most: 40 }

/** Collects all that is wrong with a tree of conditions. */
class Checker {
  readonly issues: Issue[] = []
  readonly #names: ReadonlySet<string>
  #conditions = 0

  constructor(schema: readonly FieldSchema[]) {
    this.#names = new Set([ROW_COLUMN, ...schema.map(({ name }) => name)])
  }

  /** What comes is another measure: its conditions are counted by themselves. */
  next(): void {
    this.#conditions = 0
  }

  wrong(pointer: string, code: string, message: string): void {
    this.issues.push({ pointer, code, message })
  }

  field(pointer: string, name: string): void {
    if (!this.#names.has(name)) this.wrong(pointer, 'unknown-field', `There is no field "${name.slice(0, 100)}".`)
  }

  fields(pointer: string, names: readonly string[]): void {
    if (names.length === 0) this.wrong(pointer, 'empty', 'At least one field is needed.')
    names.forEach((name, i) => this.field(`${pointer}/${i}`, name))
  }

  value(pointer: string, value: unknown): void {
    if (typeof value === 'string' && value.includes('\0')) this.wrong(pointer, 'wrong-value', 'A text with a zero character is no value.')
    if (typeof value === 'number' && !Number.isFinite(value)) this.wrong(pointer, 'wrong-value', 'Must be a finite number.')
  }

  operand(pointer: string, operand: Operand): void {
    if ('field' in operand) this.field(`${pointer}/field`, operand.field)
    else if ('citizen' in operand) this.field(`${pointer}/citizen`, operand.citizen)
    else this.value(`${pointer}/value`, operand.value)
  }

  condition(pointer: string, condition: Condition, depth = 0): void {
    if (++this.#conditions > MOST_CONDITIONS || depth > DEEPEST) return this.wrong(pointer, 'too-many', `At most ${MOST_CONDITIONS} conditions, nested ${DEEPEST} deep.`)
    switch (condition.op) {
      case 'all':
      case 'any':
        return condition.of.forEach((one, i) => this.condition(`${pointer}/of/${i}`, one, depth + 1))
      case 'not':
        return this.condition(`${pointer}/of`, condition.of, depth + 1)
      case 'compare':
        this.operand(`${pointer}/left`, condition.left)
        return this.operand(`${pointer}/right`, condition.right)
      case 'among':
        this.operand(`${pointer}/value`, condition.value)
        return condition.values.forEach((value, i) => this.value(`${pointer}/values/${i}`, value))
      case 'filled':
        return this.fields(`${pointer}/fields`, condition.fields)
      case 'matches':
      case 'finds':
        this.field(`${pointer}/field`, condition.field)
        return this.value(`${pointer}/pattern`, condition.pattern)
      case 'in':
        if (condition.values.length > MOST_VALUES) this.wrong(`${pointer}/values`, 'too-many', `At most ${MOST_VALUES} values.`)
        condition.values.forEach((value, i) => this.value(`${pointer}/values/${i}`, value))
        return this.field(`${pointer}/field`, condition.field)
      default:
        if ('value' in condition) this.value(`${pointer}/value`, condition.value)
        return this.field(`${pointer}/field`, condition.field)
    }
  }

  other(pointer: string, { version, fields }: OtherFields, count: number, more: readonly string[] = []): void {
    if (fields.length !== count) this.wrong(`${pointer}/fields`, 'wrong-number', 'As many fields as stand against them.')
    const names = new Set(version.schema.map(({ name }) => name))
    for (const name of [...fields, ...more]) if (!names.has(name)) this.wrong(pointer, 'unknown-field', `There is no field "${name.slice(0, 100)}" there.`)
  }
}

const CHECKS: { readonly [K in Measure['kind']]: (measure: Extract<Measure, { kind: K }>, at: string, checker: Checker) => void } = {
  rows: ({ among, failed, doubtful }, at, checker) => {
    checker.condition(`${at}/failed`, failed)
    if (among !== undefined) checker.condition(`${at}/among`, among)
    if (doubtful !== undefined) checker.condition(`${at}/doubtful`, doubtful)
  },
  groups: ({ by, most, among }, at, checker) => {
    checker.fields(`${at}/by`, by)
    if (among !== undefined) checker.condition(`${at}/among`, among)
    if (!Number.isSafeInteger(most) || most < 1) checker.wrong(`${at}/most`, 'not-a-count', 'Must be a whole number ≥ 1.')
  },
  near: ({ fields }, at, checker) => {
    checker.fields(`${at}/fields`, fields)
    if (fields.length < NEAR_FIELDS.least || fields.length > NEAR_FIELDS.most) checker.wrong(`${at}/fields`, 'wrong-number', `${NEAR_FIELDS.least} to ${NEAR_FIELDS.most} fields.`)
  },
  dependency: ({ from, to }, at, checker) => {
    checker.fields(`${at}/from`, from)
    checker.field(`${at}/to`, to)
  },
  reference: ({ fields, to, lines = [] }, at, checker) => {
    checker.fields(`${at}/fields`, fields)
    if (lines.length > MOST_VALUES) checker.wrong(`${at}/lines`, 'too-many', `At most ${MOST_VALUES} lines.`)
    lines.forEach((line, i) => checker.value(`${at}/lines/${i}`, line))
    checker.other(`${at}/to`, to, fields.length)
  },
  coverage: ({ fields, of }, at, checker) => {
    checker.fields(`${at}/fields`, fields)
    checker.other(`${at}/of`, of, fields.length)
  },
  same: (measure, at, checker) => {
    checker.fields(`${at}/key`, measure.key)
    checker.field(`${at}/field`, measure.field)
    checker.other(`${at}/in`, measure.in, measure.key.length, [measure.in.field])
  },
  sums: ({ key, total, details }, at, checker) => {
    checker.fields(`${at}/key`, key)
    checker.field(`${at}/total`, total)
    checker.other(`${at}/details`, details, key.length, [details.amount])
  },
  outliers: ({ field, factor }, at, checker) => {
    checker.field(`${at}/field`, field)
    if (!(factor > 0)) checker.wrong(`${at}/factor`, 'wrong-value', 'Must be greater than 0.')
  },
}

/** @throws AppError `data-engine/invalid-plan` with all issues, pointers into the measures */
export function checkMeasures(measures: readonly Measure[], schema: readonly FieldSchema[]): void {
  const checker = new Checker(schema)
  measures.forEach((measure, i) => {
    // The registry has the check of exactly this kind; TypeScript cannot tell which.
    const check = CHECKS[measure.kind] as (measure: Measure, at: string, checker: Checker) => void
    checker.next()
    check(measure, `/${i}`, checker)
  })
  throwIssues(checker)
}

/** The same for a condition alone, and the columns that are read with it. */
export function checkCondition(condition: Condition, columns: readonly string[], schema: readonly FieldSchema[]): void {
  const checker = new Checker(schema)
  checker.fields('/columns', columns)
  checker.condition('/condition', condition)
  throwIssues(checker)
}

function throwIssues({ issues }: Checker): void {
  if (issues.length > 0) throw new AppError('data-engine/invalid-plan', { issues: issues.length }, issues)
}
