import type { Value } from '@datong/data-engine'
import { AppError, type Issue } from '@datong/kernel'
import type { Comparison } from './forms.ts'
import type { VerifyPlan } from './verify-plan.ts'

/** A field and the value that a caller claims for it. */
export class Claim {
  readonly name: string
  readonly given: string | number | boolean
  readonly #comparison: Comparison
  #form: string | null | undefined

  constructor(name: string, given: string | number | boolean, comparison: Comparison) {
    this.name = name
    this.given = given
    this.#comparison = comparison
  }

  get identifying(): boolean {
    return this.#comparison.identifying
  }

  get isText(): boolean {
    return this.#comparison.field.schema.type === 'text'
  }

  /** Null matches nothing. Made when it is looked at: most values are claimed just as they are stored, and then only an identifier's is. */
  get form(): string | null {
    return (this.#form ??= this.#comparison.formOf(this.given))
  }

  /** Equal writings of a text have equal forms; only where they differ does the form of the stored one need making. */
  holds(cell: Value): boolean {
    if (this.isText && cell === this.given) return true
    return this.form !== null && this.#comparison.formOf(cell) === this.form
  }
}

/**
 * Checks a claim against the plan. A value that cannot be one of its field is no mistake of the question: it does not
 * match. A field outside the plan is unknown, whether the entry has it or not.
 * @throws AppError `delivery/invalid-query` with every issue
 */
export function parseQuestion({ plan, comparisons, identifying }: VerifyPlan, body: Readonly<Record<string, string | number | boolean>>): Claim[] {
  const issues: Issue[] = []
  const claims: Claim[] = []
  // In the order of the version, so that one selection of fields has one statement.
  const names = Object.keys(body)
  for (const name of names) {
    if (!comparisons.has(name)) issues.push({ pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, code: 'unknown-field', message: `没有可核验的字段“${name.slice(0, 80)}”` })
  }
  for (const [name, comparison] of comparisons) {
    const given = Object.hasOwn(body, name) ? body[name] : undefined
    if (given !== undefined) claims.push(new Claim(name, given, comparison))
  }
  if (!claims.some((claim) => claim.identifying)) {
    const message = identifying.length === 0 ? '该资源没有可用于核验的标识字段' : `须至少给出一个标识字段：${identifying.join('、')}`
    issues.push({ pointer: '', code: 'no-identifier', message })
  }
  if (issues.length > 0) throw new AppError('delivery/invalid-query', { code: plan.entryCode }, issues)
  return claims
}
