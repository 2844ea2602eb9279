import type { BodyOf, operations } from '@datong/contracts'
import { isLikePattern, isValueOf } from '@datong/data-engine'
import type { FieldType, Issue } from '@datong/kernel'

type RowFilter = NonNullable<BodyOf<typeof operations.apply>['filter']>

/**
 * Holds a row restriction against the entry's fields: one that could never be applied must not be granted.
 * @returns issues with pointers into the application
 */
export function filterIssues(filter: RowFilter, fields: readonly { readonly name: string; readonly type: FieldType }[]): Issue[] {
  const types = new Map(fields.map(({ name, type }) => [name, type]))
  return filter.flatMap(({ field, op, value }, index): Issue[] => {
    const at = `/filter/${index}`
    const type = types.get(field)
    if (type === undefined) return [{ pointer: `${at}/field`, code: 'unknown-field', message: `条目没有信息项“${field}”` }]
    if (op === 'like' && type !== 'text') return [{ pointer: `${at}/op`, code: 'operator-not-allowed', message: `信息项“${field}”不支持 like` }]
    const values = Array.isArray(value) ? value : [value]
    const fits = (op === 'in' || !Array.isArray(value)) && values.every((one) => isValueOf(type, type === 'text' ? String(one) : one))
    if (values.length === 0) return [{ pointer: `${at}/value`, code: 'empty', message: '没有给出值' }]
    if (!fits) return [{ pointer: `${at}/value`, code: 'wrong-type', message: `不是信息项“${field}”的值` }]
    if (op === 'like' && !isLikePattern(String(value))) return [{ pointer: `${at}/value`, code: 'invalid-pattern', message: '模式不能以转义符“\\”结尾，也不能超过 1000 个字符' }]
    return []
  })
}
