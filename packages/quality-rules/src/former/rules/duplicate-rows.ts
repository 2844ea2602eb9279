import { goodShare, type RuleDefinition } from '../rule.ts'
import { keyCandidates } from './unique-key.ts'

/** How many rows only repeat another one. A table with a unique key has none, counted or not. */
export const duplicateRows: RuleDefinition = {
  id: 'duplicate-rows',
  dimension: 'accuracy',
  titleZh: '重复行占比',
  titleEn: 'Duplicate rows',
  source: 'GB/T 36344-2018, 准确性：数据重复率',
  weight: 2,
  messages: ['quality.duplicate-rows', 'quality.duplicate-rows.not-counted'],
  evaluate: (figures) => {
    const { rowsStored, duplicateRows: counted } = figures
    const duplicates = counted ?? (keyCandidates(figures).length > 0 ? 0 : null)
    return [
      {
        rule: 'duplicate-rows',
        field: null,
        dimension: 'accuracy',
        score: duplicates === null ? null : goodShare(duplicates, rowsStored),
        checked: duplicates === null ? 0 : rowsStored,
        failing: duplicates ?? 0,
        message: duplicates === null ? 'quality.duplicate-rows.not-counted' : 'quality.duplicate-rows',
        params: { rows: rowsStored, failing: duplicates },
      },
    ]
  },
}
