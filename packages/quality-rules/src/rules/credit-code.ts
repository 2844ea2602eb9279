import type { Condition } from '@datong/data-engine'
import { countRows, given, onField, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Unified credit codes with the organisation code inside. One of the two checks alone wrong is a doubt: registrars have issued such codes. */
export const creditCode: RuleDefinition = {
  id: 'credit-code',
  dimension: 'accuracy',
  titleZh: '统一社会信用代码',
  titleEn: 'Unified credit code',
  aboutZh: '统一社会信用代码及其中的组织机构代码校验正确；只有一处校验不符的存疑。',
  aboutEn: 'Both check characters of the code are right; one alone wrong is in doubt.',
  source: 'GB 32100-2015；GB 11714-1997',
  scope: 'field',
  parameters: [],
  weight: 3,
  severity: 'critical',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => {
      const verdict = (of: 'doubtful' | 'invalid'): Condition => ({ op: 'scheme', field: name, scheme: 'credit-code', verdict: of })
      return countRows(verdict('invalid'), given(name), verdict('doubtful'))
    }, TEXTUAL),
}
