import { goodShare, type RuleDefinition } from '../rule.ts'

/** Names that a reader or a spreadsheet gave because the file had none. */
const NAMELESS = /^(?:|_?\d+|(?:column|col|field|f|unnamed|列|字段)[\s_:]*\d*)$/i

/** Whether every field has a name that somebody gave it. */
export const namedFields: RuleDefinition = {
  id: 'named-fields',
  dimension: 'normativity',
  titleZh: '字段有名率',
  titleEn: 'Fields with a name',
  source: 'GB/T 36344-2018, 规范性：元数据',
  weight: 1,
  messages: ['quality.named-fields'],
  evaluate: ({ fields }) => {
    const failing = fields.filter(({ name }) => NAMELESS.test(name.trim())).length
    return [
      {
        rule: 'named-fields',
        field: null,
        dimension: 'normativity',
        score: goodShare(failing, fields.length),
        checked: fields.length,
        failing,
        message: 'quality.named-fields',
        params: { fields: fields.length, nameless: failing },
      },
    ]
  },
}
