import type { Condition } from '@datong/data-engine'
import type { FieldType } from '@datong/kernel'
import { any, countRows, given, not, onField, parameter, textOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const AS_STORED: Readonly<Record<string, readonly FieldType[]>> = { number: ['integer', 'decimal'], integer: ['integer'], date: ['date', 'datetime'], boolean: ['boolean'] }
const BOOLEANS = ['是', '否', 'true', 'false', 'yes', 'no', 'y', 'n', '1', '0', '有', '无']
const LOOKS: Readonly<Record<string, (field: string) => Condition>> = {
  number: (field) => ({ op: 'reads', field, as: 'number' }),
  integer: (field) => ({ op: 'digits', field, precision: 38, scale: 0 }),
  date: (field) => ({ op: 'reads', field, as: 'date' }),
  boolean: (field) => ({ op: 'among', value: { field, as: 'text' }, values: BOOLEANS, folded: true }),
}

/** Values that are what their field is said to hold; on the whole table, rows that fitted the types of their fields. */
export const valueType: RuleDefinition = {
  id: 'value-type',
  dimension: 'normativity',
  titleZh: '值类型',
  titleEn: 'Values of their type',
  aboutZh: '取值符合字段应有的类型；不指定字段时看有多少行因类型不符被拒收。',
  aboutEn: 'Values are of the type that their field should have; of the whole table, rows that were not rejected.',
  source: 'GB/T 36344-2018, 规范性：数据模型',
  scope: 'either',
  parameters: [
    parameter('choice', ['as', '应是', 'Should be'], { default: 'number', options: [{ value: 'number', titleZh: '数值', titleEn: 'Number' }, { value: 'integer', titleZh: '整数', titleEn: 'Whole number' }, { value: 'date', titleZh: '日期', titleEn: 'Date' }, { value: 'boolean', titleZh: '是否', titleEn: 'Yes or no' }] }),
  ],
  weight: 2,
  severity: 'major',
  toleranceShare: 0.01,
  plan: (rule, subject) => {
    if (rule.field === null) {
      const { rowsStored, rowsRejected } = subject
      return { by: 'facts', finding: { checked: rowsStored + rowsRejected, failed: rowsRejected } }
    }
    return onField(rule, subject, ({ name, type }) => {
      const as = textOf(rule, 'as') ?? 'number'
      if (AS_STORED[as]?.includes(type) === true) return countRows(any(), given(name))
      return countRows(not(LOOKS[as]?.(name) ?? any()), given(name))
    })
  },
}
