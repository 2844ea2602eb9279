import type { BodyOf, Field, operations } from '@datong/contracts'
import { GRADES, type Issue } from '@datong/kernel'
import type { CatalogContext } from '../context.ts'

type FieldPatches = NonNullable<BodyOf<typeof operations.updateEntry>['fields']>

export const weaker = (a: Field['grade'], b: Field['grade']): boolean => GRADES.indexOf(a) < GRADES.indexOf(b)

/** What people say about fields, by name; what is not named stays. Adds what is wrong to `issues`. */
export function patchFields(fields: readonly Field[], patches: FieldPatches, { maskingMethods, organisations, isElement, isCodeList }: CatalogContext, issues: Issue[]): Field[] {
  const byName = new Map(patches.map((patch, index) => [patch.name, { ...patch, index }]))
  const before = new Map(fields.map((field) => [field.name, field]))
  for (const { name, index, masking, owner, element, codeList, grade } of byName.values()) {
    const floor = before.get(name)?.suggestion?.floor
    if (floor !== undefined && grade !== undefined && weaker(grade, floor)) {
      issues.push({ pointer: `/fields/${index}/grade`, code: 'below-inputs', message: `“${name}”由其他资源生成，分级不能低于它们` })
    }
    if (!before.has(name)) issues.push({ pointer: `/fields/${index}/name`, code: 'unknown-field', message: `没有信息项“${name}”` })
    if (masking !== undefined && masking !== null && !maskingMethods.includes(masking)) {
      issues.push({ pointer: `/fields/${index}/masking`, code: 'unknown-masking-method', message: `没有脱敏方法“${masking}”` })
    }
    if (element && element !== before.get(name)?.element && isElement?.(element) === false) {
      issues.push({ pointer: `/fields/${index}/element`, code: 'unknown-element', message: `没有数据元“${element}”` })
    }
    if (codeList && codeList !== before.get(name)?.codeList && isCodeList?.(codeList) === false) {
      issues.push({ pointer: `/fields/${index}/codeList`, code: 'unknown-code-list', message: `没有代码集“${codeList}”` })
    }
    // An organisation that is not known has its code for a name.
    if (owner !== undefined && owner !== null && organisations.ref(owner).name === owner) {
      issues.push({ pointer: `/fields/${index}/owner`, code: 'unknown-organisation', message: `没有部门“${owner}”` })
    }
  }
  return fields.map((field) => {
    const patch = byName.get(field.name)
    if (patch === undefined) return field
    const { index: _, owner, ...rest } = patch
    // What is left out is undefined, what is taken away is null.
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<Field>
    return { ...field, ...said, ...(owner === undefined ? {} : { owner }) }
  })
}

export function gradesWithoutReason(before: readonly Field[], after: readonly Field[], reason: string): Issue[] {
  if (reason.trim() !== '') return []
  return after.flatMap((field, index) => {
    const suggested = field.suggestion?.grade
    const lowered = suggested !== undefined && weaker(field.grade, suggested) && field.grade !== before[index]?.grade
    return lowered ? [{ pointer: `/fields/${index}/grade`, code: 'reason-needed', message: `“${field.name}”的分级低于系统建议，请说明理由` }] : []
  })
}
