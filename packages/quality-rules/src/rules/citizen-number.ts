import type { Condition } from '@datong/data-engine'
import { any, countRows, flagOf, given, onField, parameter, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

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
  ],
  weight: 3,
  severity: 'critical',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const verdict = (of: 'doubtful' | 'invalid'): Condition => ({ op: 'scheme', field: name, scheme: 'citizen-number', verdict: of })
      return countRows(flagOf(rule, 'fifteenAllowed') ? verdict('invalid') : any(verdict('invalid'), verdict('doubtful')), given(name))
    }, TEXTUAL),
}
