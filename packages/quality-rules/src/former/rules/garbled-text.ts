import { type FieldFigures, goodShare, type RuleDefinition } from '../rule.ts'
import { isGarbled } from '../../text/garbled.ts'

/** Failing values of a text field: counted, or drawn from samples, or at least those among the most frequent. */
function count({ filled, garbled, samples, top }: FieldFigures): { failing: number; basis: 'counted' | 'sample' | 'at-least' } {
  if (garbled !== undefined) return { failing: garbled, basis: 'counted' }
  if (samples !== undefined && samples.length > 0) {
    const share = samples.filter(isGarbled).length / samples.length
    // Seen once means that there is some: rounding must not make it none.
    return { failing: share > 0 ? Math.max(1, Math.round(share * filled)) : 0, basis: 'sample' }
  }
  return { failing: top.reduce((sum, { value, count: rows }) => sum + (isGarbled(value) ? rows : 0), 0), basis: 'at-least' }
}

/** How much text was spoilt by a wrong encoding. */
export const garbledText: RuleDefinition = {
  id: 'garbled-text',
  dimension: 'accuracy',
  titleZh: '乱码占比',
  titleEn: 'Garbled text',
  source: 'GB/T 36344-2018, 准确性：脏数据出现率',
  weight: 2,
  messages: ['quality.garbled-text.counted', 'quality.garbled-text.sample', 'quality.garbled-text.at-least'],
  evaluate: ({ fields }) =>
    fields
      .filter(({ type }) => type === 'text')
      .map((field) => {
        const { failing, basis } = count(field)
        return {
          rule: 'garbled-text',
          field: field.name,
          dimension: 'accuracy',
          score: goodShare(failing, field.filled),
          checked: field.filled,
          failing: Math.min(failing, field.filled),
          message: `quality.garbled-text.${basis}`,
          params: { failing: Math.min(failing, field.filled), filled: field.filled },
        }
      }),
}
