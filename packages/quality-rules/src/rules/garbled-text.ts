import { given, not, onField } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'
import { GARBLED_SUSPECTS, isGarbled } from '../text/garbled.ts'

/** Text that was spoilt by a wrong encoding. */
export const garbledText: RuleDefinition = {
  id: 'garbled-text',
  dimension: 'accuracy',
  titleZh: '乱码',
  titleEn: 'Garbled text',
  aboutZh: '文字没有因编码错误变成乱码。',
  aboutEn: 'No text was spoilt by a wrong encoding.',
  source: 'GB/T 36344-2018, 准确性：脏数据出现率',
  scope: 'field',
  parameters: [],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) =>
    onField(rule, subject, ({ name }) => ({
      by: 'rows',
      columns: [name],
      among: given(name),
      surely: not({ op: 'finds', field: name, pattern: GARBLED_SUSPECTS }),
      check: ([text]) => (typeof text === 'string' && isGarbled(text) ? 'wrong' : 'right'),
    }), ['text']),
}
