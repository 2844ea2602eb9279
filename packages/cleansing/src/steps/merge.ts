import type { StepDefinition } from '../step-definition.ts'

/** Several fields become one. */
export interface MergeStep {
  readonly kind: 'merge'
  readonly fields: readonly string[]
  readonly separator: string
  readonly into: string
  /** Whether blank fields are passed over, with their separator. */
  readonly skipBlank: boolean
}

export const merge: StepDefinition<MergeStep> = {
  plan: ({ fields, separator, into, skipBlank }, scope) => {
    if (fields.length < 2) scope.fault('fields', 'required', '请选择至少两个字段')
    const sources = fields.map((name, at) => scope.slot(name, `fields/${at}`))
    const target = scope.target(into, 'into', sources, sources.at(-1))
    return {
      start: () => (cells, tally) => {
        const texts = sources.map((slot) => cells[slot] ?? '')
        const blank = texts.every((text) => text === '')
        tally.set(cells, target, blank ? '' : (skipBlank ? texts.filter((text) => text !== '') : texts).join(separator))
        return undefined
      },
    }
  },
}
