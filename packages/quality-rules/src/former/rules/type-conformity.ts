import { goodShare, type RuleDefinition } from '../rule.ts'

/** How many rows fitted the types of their fields; the others are in the reject table with line and reason. */
export const typeConformity: RuleDefinition = {
  id: 'type-conformity',
  dimension: 'normativity',
  titleZh: '类型符合率',
  titleEn: 'Rows that fit their types',
  source: 'GB/T 36344-2018, 规范性：数据模型',
  weight: 2,
  messages: ['quality.type-conformity'],
  evaluate: ({ rowsStored, rowsRejected }) => {
    const checked = rowsStored + rowsRejected
    return [
      {
        rule: 'type-conformity',
        field: null,
        dimension: 'normativity',
        score: goodShare(rowsRejected, checked),
        checked,
        failing: rowsRejected,
        message: 'quality.type-conformity',
        params: { rows: checked, rejected: rowsRejected },
      },
    ]
  },
}
