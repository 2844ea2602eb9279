import type { FormField, FormSchedule } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import type { CollectionContext } from '../context.ts'
import { isRecognizer } from './read-value.ts'

/** Columns that each load of a form adds behind its fields. */
export const ADDED_COLUMNS = ['填报单位', '填报单位代码', '提交时间'] as const

/** Name of the period that a row is about, in what is asked for again and again. */
export const PERIOD_COLUMN = '报告期'

export const ONCE: FormSchedule = { rhythm: 'once', keeps: 'together', opensDay: 1, dueDay: 5 }

/** What a form is made of. */
export interface Design {
  readonly organisation: string
  readonly departments: readonly string[]
  readonly fields: readonly FormField[]
  readonly keyFields: readonly string[]
  readonly schedule: FormSchedule
}

/** @throws AppError `collection/form-invalid` with all issues */
export function requireDesign({ organisations, standards }: Pick<CollectionContext, 'organisations' | 'standards'>, { organisation, departments, fields, keyFields, schedule }: Design): void {
  const issues: Issue[] = []
  const wrong = (pointer: string, code: string, message: string): void => void issues.push({ pointer, code, message })
  if (organisations.find(organisation) === undefined) wrong('/organisation', 'unknown', '没有这个部门')
  departments.forEach((code, at) => {
    if (organisations.find(code) === undefined) wrong(`/departments/${at}`, 'unknown', '没有这个部门')
  })
  const names = new Set<string>([...ADDED_COLUMNS, ...(schedule.rhythm === 'once' ? [] : [PERIOD_COLUMN])])
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
  if (schedule.dueDay < schedule.opensDay) wrong('/schedule/dueDay', 'range', '截止不能早于开始')
  if (issues.length > 0) throw new AppError('collection/form-invalid', {}, issues)
}
