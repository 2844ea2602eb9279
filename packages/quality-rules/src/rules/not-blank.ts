import type { Condition, Operand } from '@datong/data-engine'
import { all, any, blank, compare, countRows, isNull, not, onField, parameter, textsOf } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'
import { DOUBTFUL_DAY, PLACEHOLDER_DAYS, PLACEHOLDER_RUNS, PLACEHOLDERS } from '../text/placeholders.ts'

const NO_DAYS = ['0001-01-01', '1900-01-01', '9999-12-31']
const DOUBTFUL_DAYS = ['1970-01-01']

/** Values that only pretend to be one: white space, 无, 不详, 0000, --, 1900-01-01. The day 1970-01-01 is in doubt. */
export const notBlank: RuleDefinition = {
  id: 'not-blank',
  dimension: 'completeness',
  titleZh: '非占位值',
  titleEn: 'Not a placeholder',
  aboutZh: '填了的值不是空白或“无”“不详”“0000”“--”“1900-01-01”之类的占位值。',
  aboutEn: 'What is filled in is no white space or placeholder.',
  source: 'GB/T 36344-2018, 完整性：数据元素完整性',
  scope: 'field',
  parameters: [
    parameter('texts', ['allowed', '不算占位的值', 'Values that are no placeholders'], { default: [] }),
    parameter('texts', ['more', '另外的占位值', 'More placeholders'], { default: [] }),
  ],
  weight: 1,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name, type }) => {
      const value: Operand = { field: name, as: 'text' }
      const allowed = new Set(textsOf(rule, 'allowed').map((text) => text.trim().toLowerCase()))
      if (type === 'date') {
        const [none, doubt] = [NO_DAYS, DOUBTFUL_DAYS].map((days) => days.filter((day) => !allowed.has(day)))
        return countRows({ field: name, op: 'in', values: none ?? [] }, not(isNull(name)), { field: name, op: 'in', values: doubt ?? [] })
      }
      const words = [...PLACEHOLDERS.filter((text) => !allowed.has(text)), ...textsOf(rule, 'more')]
      // What begins with a digit or a blank comes before the colon; nothing else needs a closer look.
      const digits = compare(value, 'lt', { value: ':', as: 'text' })
      const looks = (pattern: string): Condition => all(digits, { op: 'matches', field: name, pattern })
      const runs = looks(type === 'text' ? PLACEHOLDER_RUNS : PLACEHOLDER_DAYS)
      const kept = allowed.size === 0 ? [] : [not({ op: 'among', value, values: [...allowed], folded: true })]
      const failed = type === 'text' ? any(blank(name), all(any({ op: 'among', value, values: words, folded: true }, runs), ...kept)) : all(runs, ...kept)
      return countRows(failed, not(isNull(name)), looks(DOUBTFUL_DAY))
    }, ['text', 'date', 'datetime']),
}
