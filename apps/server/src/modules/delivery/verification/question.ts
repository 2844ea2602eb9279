import { AppError, type Issue } from '@datong/kernel'
import type { Comparison } from './forms.ts'
import type { VerifyPlan } from './verify-plan.ts'

/** What a caller claims: fields with the form of each claimed value; null matches nothing. */
export interface Claim extends Comparison {
  readonly name: string
  readonly given: string | number | boolean
  readonly form: string | null
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
    if (given !== undefined) claims.push({ ...comparison, name, given, form: comparison.formOf(given) })
  }
  if (!claims.some((claim) => claim.identifying)) {
    const message = identifying.length === 0 ? '该资源没有可用于核验的标识字段' : `须至少给出一个标识字段：${identifying.join('、')}`
    issues.push({ pointer: '', code: 'no-identifier', message })
  }
  if (issues.length > 0) throw new AppError('delivery/invalid-query', { code: plan.entryCode }, issues)
  return claims
}
