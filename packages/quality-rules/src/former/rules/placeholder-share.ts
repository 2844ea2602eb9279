import { goodShare, type RuleDefinition } from '../rule.ts'
import { isPlaceholder } from '../../text/placeholders.ts'

/** Where 有 is an answer, these are the other one and no placeholders. */
const NONE = /^(?:无|無|没有|沒有)$/

const rowsOf = (top: readonly { count: number }[]): number => top.reduce((sum, { count }) => sum + count, 0)

/** How many filled values only pretend to be filled. From the most frequent values it is a lower bound, and says so. */
export const placeholderShare: RuleDefinition = {
  id: 'placeholder-share',
  dimension: 'completeness',
  titleZh: '占位值占比',
  titleEn: 'Placeholder values',
  source: 'GB/T 36344-2018, 完整性：数据元素完整性',
  weight: 1,
  messages: ['quality.placeholder-share.counted', 'quality.placeholder-share.at-least'],
  evaluate: ({ fields }) =>
    fields
      .filter(({ type }) => type === 'text' || type === 'date' || type === 'datetime')
      .map(({ name, filled, top, placeholders }) => {
        const answers = top.some(({ value }) => value.trim() === '有') ? top.filter(({ value }) => NONE.test(value.trim())) : []
        const found = top.filter((entry) => isPlaceholder(entry.value) && !answers.includes(entry))
        const counted = placeholders === undefined ? rowsOf(found) : Math.max(0, placeholders - rowsOf(answers))
        const failing = Math.min(filled, counted)
        return {
          rule: 'placeholder-share',
          field: name,
          dimension: 'completeness',
          score: goodShare(failing, filled),
          checked: filled,
          failing,
          message: placeholders === undefined ? 'quality.placeholder-share.at-least' : 'quality.placeholder-share.counted',
          params: { failing, filled, example: found[0]?.value ?? null },
        }
      }),
}
