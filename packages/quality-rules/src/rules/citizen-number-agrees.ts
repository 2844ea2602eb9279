import type { Condition, Operand } from '@datong/data-engine'
import { spansOf } from '../codes.ts'
import { all, any, compare, countRows, not, nothing, onField, parameter, schemaOf, textOf, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

const MALE = ['男', '男性', '1', 'm', 'male']
const FEMALE = ['女', '女性', '2', 'f', 'female']

const amongOf = (field: string, values: readonly string[]): Condition => ({ op: 'among', value: { field, as: 'text' }, values, folded: true })
const says = (field: string, sex: '男' | '女'): Condition => compare({ citizen: field, part: 'sex' }, 'eq', { value: sex, as: 'text' })

/** What a citizen number says against what other fields say: day of birth, sex, and a division that existed then or later (numbers are also given later in life). */
export const citizenNumberAgrees: RuleDefinition = {
  id: 'citizen-number-agrees',
  dimension: 'consistency',
  titleZh: '身份号码与其他字段相符',
  titleEn: 'Citizen number agrees',
  aboutZh: '身份号码中的出生日期、性别与其他字段相符，其中的区划代码在出生时或以后存在。',
  aboutEn: 'Birth date and sex in the number agree with other fields; its division existed at birth or later.',
  source: 'GB 11643-1999；GB/T 2260；GB/T 36344-2018, 一致性',
  scope: 'field',
  parameters: [
    parameter('field', ['birthField', '出生日期字段', 'Field of the birth date']),
    parameter('field', ['sexField', '性别字段', 'Field of the sex']),
    parameter('code-list', ['codeList', '区划代码集', 'List of divisions']),
  ],
  weight: 2,
  severity: 'critical',
  toleranceShare: 0,
  plan: (rule, subject) => {
    const [birth, sex, list] = [textOf(rule, 'birthField'), textOf(rule, 'sexField'), textOf(rule, 'codeList')]
    const versions = list === null ? [] : subject.codeLists.get(list)
    if (versions === undefined) return nothing('unknown-code-list')
    const others = [birth, sex].filter((name) => name !== null)
    if (others.length === 0 && versions.length === 0) return nothing('nothing-to-check')
    if (others.some((name) => schemaOf(subject, name) === undefined)) return nothing('field-missing')
    return onField(rule, subject, ({ name }) => {
      const readable = not({ op: 'scheme', field: name, scheme: 'citizen-number', verdict: 'invalid' })
      const said = [...(birth === null ? [] : [{ op: 'reads', field: birth, as: 'date' } as const]), ...(sex === null ? [] : [amongOf(sex, [...MALE, ...FEMALE])])]
      const wrong = [
        ...(birth === null ? [] : [compare({ citizen: name, part: 'birth-date' }, 'ne', { field: birth, as: 'date' })]),
        ...(sex === null ? [] : [all(says(name, '男'), amongOf(sex, FEMALE)), all(says(name, '女'), amongOf(sex, MALE))]),
      ]
      if (versions.length === 0) return countRows(any(...wrong), all(readable, any(...said)))
      const division: Operand = { citizen: name, part: 'division' }
      const spans = spansOf(versions)
      const codesOf = (codes: readonly { readonly code: string }[]): Condition => ({ op: 'among', value: division, values: codes.map(({ code }) => code) })
      const ever = any(...spans.map(({ codes }) => codesOf(codes)))
      const sinceBirth = any(...spans.map(({ until, codes }) => all(...(until === null ? [] : [compare({ citizen: name, part: 'birth-date' }, 'lt', { value: until, as: 'date' })]), codesOf(codes))))
      const unknown = spans.some(({ partial }) => partial === true) ? [] : [not(ever)]
      const failed = any(...wrong, ...unknown)
      return countRows(failed, readable, all(not(failed), not(sinceBirth)))
    }, TEXTUAL)
  },
}
