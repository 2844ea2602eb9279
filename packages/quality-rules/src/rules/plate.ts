import { recognised } from '../recognised.ts'
import type { RuleDefinition } from '../rule.ts'

/** Number plates of vehicles. */
export const plate: RuleDefinition = {
  id: 'plate',
  dimension: 'accuracy',
  titleZh: '车牌号',
  titleEn: 'Number plate',
  aboutZh: '机动车号牌号码符合标准。',
  aboutEn: 'Number plates keep to the standard.',
  source: 'GA 36-2018',
  scope: 'field',
  parameters: [],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => recognised(rule, subject, 'plate', '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][0-9]{5}'),
}
