import { goodShare, type RuleDefinition } from '../rule.ts'

/** How much of each field is filled. */
export const fillRate: RuleDefinition = {
  id: 'fill-rate',
  dimension: 'completeness',
  titleZh: '填充率',
  titleEn: 'Fill rate',
  source: 'GB/T 36344-2018, 完整性：数据元素完整性',
  weight: 3,
  messages: ['quality.fill-rate'],
  evaluate: ({ rowsStored, fields }) =>
    fields.map(({ name, filled }) => {
      const failing = Math.max(0, rowsStored - filled)
      return {
        rule: 'fill-rate',
        field: name,
        dimension: 'completeness',
        score: goodShare(failing, rowsStored),
        checked: rowsStored,
        failing,
        message: 'quality.fill-rate',
        params: { filled, rows: rowsStored },
      }
    }),
}
