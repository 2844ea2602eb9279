import { countRows, given, onField, TEXTUAL } from '../parts.ts'
import type { RuleDefinition } from '../rule.ts'

/** Card numbers that pass the Luhn formula. */
export const luhn: RuleDefinition = {
  id: 'luhn',
  dimension: 'accuracy',
  titleZh: '卡号校验',
  titleEn: 'Luhn check',
  aboutZh: '银行卡号等通过 Luhn 校验。',
  aboutEn: 'Card numbers pass the Luhn formula.',
  source: 'ISO/IEC 7812-1, 附录 B',
  scope: 'field',
  parameters: [],
  weight: 2,
  severity: 'major',
  toleranceShare: 0,
  plan: (rule, subject) => onField(rule, subject, ({ name }) => countRows({ op: 'scheme', field: name, scheme: 'luhn', verdict: 'invalid' }, given(name)), TEXTUAL),
}
