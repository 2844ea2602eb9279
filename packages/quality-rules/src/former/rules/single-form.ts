import { type RuleDefinition } from '../rule.ts'

/**
 * Whether citizen numbers come in one form: 18 characters, or 15 digits of the first generation (which the recogniser
 * holds doubtful). The same person written in two ways cannot be joined.
 */
export const singleForm: RuleDefinition = {
  id: 'single-form',
  dimension: 'consistency',
  titleZh: '号码形式一致',
  titleEn: 'One form of number',
  source: 'GB/T 36344-2018, 一致性：相同数据一致性',
  weight: 1,
  messages: ['quality.single-form'],
  evaluate: ({ fields }) =>
    fields
      .filter(({ recognizer, validShare, doubtfulShare }) => recognizer === 'citizen-number' && validShare !== undefined && doubtfulShare !== undefined)
      .map((field) => {
        const checked = Math.max(0, field.checked ?? field.filled)
        const eighteen = Math.round(checked * (field.validShare ?? 0))
        const fifteen = Math.round(checked * (field.doubtfulShare ?? 0))
        const failing = Math.min(eighteen, fifteen)
        return {
          rule: 'single-form',
          field: field.name,
          dimension: 'consistency',
          score: eighteen + fifteen === 0 ? null : 1 - failing / (eighteen + fifteen),
          checked: eighteen + fifteen,
          failing,
          message: 'quality.single-form',
          params: { eighteen, fifteen },
        }
      }),
}
