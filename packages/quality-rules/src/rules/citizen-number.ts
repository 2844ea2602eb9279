import type { Condition } from '@datong/data-engine'
import { all, any, countRows, flagOf, given, not, onField, parameter, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Digits in about the right number, also in full width and with blanks between. */
const NUMBER_LIKE = String.raw`\s*[0-9０-９]([0-9０-９\s-]{12,20})[0-9０-９XxＸｘ]\s*`

/** Citizen numbers; those of 15 digits have no check and are right only where they are allowed. */
export const citizenNumber: RuleDefinition = {
  id: 'citizen-number',
  dimension: 'accuracy',
  titleZh: '公民身份号码',
  titleEn: 'Citizen number',
  aboutZh: '公民身份号码的长度、日期和校验码正确；可设定是否允许 15 位旧号。',
  aboutEn: 'Length, date and check character of citizen numbers are right; 15 digits as allowed.',
  source: 'GB 11643-1999',
  scope: 'field',
  parameters: [
    parameter('boolean', ['fifteenAllowed', '允许 15 位', '15 digits allowed'], { default: false }),
    parameter('boolean', ['othersAllowed', '字段中还有其他证件', 'Other documents stand here too'], { default: false }),
  ],
  weight: 3,
  severity: 'critical',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const verdict = (of: 'doubtful' | 'invalid'): Condition => ({ op: 'scheme', field: name, scheme: 'citizen-number', verdict: of })
      const failed = flagOf(rule, 'fifteenAllowed') ? verdict('invalid') : any(verdict('invalid'), verdict('doubtful'))
      if (!flagOf(rule, 'othersAllowed')) return countRows(failed, given(name))
      // Codes of organisations have as many characters, and some of them no letter.
      const other: Condition = not({ op: 'scheme', field: name, scheme: 'credit-code', verdict: 'valid' })
      return countRows(failed, all({ op: 'matches', field: name, pattern: NUMBER_LIKE }, other))
    }, TEXTUAL),
}
