import type { FormField } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import type { CollectionContext } from '../context.ts'
import { isRecognizer } from './read-value.ts'

/** Columns that each load of a form adds behind its fields. */
export const ADDED_COLUMNS = ['填报单位', '填报单位代码', '提交时间'] as const

/** What a form is made of. */
export interface Design {
  readonly organisation: string
  readonly departments: readonly string[]
  readonly fields: readonly FormField[]
  readonly keyFields: readonly string[]
}

/** @throws AppError `collection/form-invalid` with all issues */
export function requireDesign({ organisations, standards }: Pick<CollectionContext, 'organisations' | 'standards'>, { organisation, departments, fields, keyFields }: Design): void {
  const issues: Issue[] = []
  const wrong = (pointer: string, code: string, message: string): void => void issues.push({ pointer, code, message })
  if (organisations.find(organisation) === undefined) wrong('/organisation', 'unknown', '没有这个部门')
  departments.forEach((code, at) => {
    if (organisations.find(code) === undefined) wrong(`/departments/${at}`, 'unknown', '没有这个部门')
  })
  const names = new Set<string>(ADDED_COLUMNS)
  fields.forEach((field, at) => {
    const name = field.name.trim().toLowerCase()
    if (name === '' || field.name !== field.name.trim()) wrong(`/fields/${at}/name`, 'blank', '信息项名称不能为空，首尾不留空格')
    else if (names.has(name)) wrong(`/fields/${at}/name`, 'duplicate', '信息项名称重复')
    names.add(name)
    if (field.minimum !== null && field.maximum !== null && field.minimum > field.maximum) wrong(`/fields/${at}/minimum`, 'range', '最小值大于最大值')
    if (field.codeList !== null && standards.codesAt(field.codeList) === undefined) wrong(`/fields/${at}/codeList`, 'unknown', '没有这个代码集')
    if (field.codeList !== null && field.type !== 'text') wrong(`/fields/${at}/type`, 'not-text', '代码按文本填写')
    if (field.recognizer !== null && !isRecognizer(field.recognizer)) wrong(`/fields/${at}/recognizer`, 'unknown', '没有这种校验')
  })
  keyFields.forEach((name, at) => {
    if (!fields.some((field) => field.name === name)) wrong(`/keyFields/${at}`, 'unknown', '没有这个信息项')
  })
  if (issues.length > 0) throw new AppError('collection/form-invalid', {}, issues)
}
