import { recognised } from '../recognised.ts'
import type { RuleDefinition } from '../rule.ts'

/** Telephone numbers of the national numbering plan. */
export const phone: RuleDefinition = {
  id: 'phone',
  dimension: 'accuracy',
  titleZh: '电话号码',
  titleEn: 'Telephone number',
  aboutZh: '电话号码符合编号计划；没有区号的存疑。',
  aboutEn: 'Telephone numbers are of the numbering plan; without area code they are in doubt.',
  source: '电信网编号计划（2017年版）',
  scope: 'field',
  parameters: [],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => recognised(rule, subject, 'phone', '1[3-9][0-9]{9}'),
}
