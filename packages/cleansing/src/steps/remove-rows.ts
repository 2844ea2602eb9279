import type { StepDefinition } from '../step-definition.ts'
import { readPattern } from '../text/linear-pattern.ts'

/** Rows that are none: totals, notes, blank keys. They are listed among the rejects. */
export interface RemoveRowsStep {
  readonly kind: 'remove-rows'
  readonly field: string
  readonly when: 'blank' | 'equals' | 'contains' | 'matches'
  readonly value: string
}

export const removeRows: StepDefinition<RemoveRowsStep> = {
  plan: ({ field, when, value }, scope) => {
    const slot = scope.slot(field, 'field')
    const pattern = when === 'matches' ? readPattern(value, false) : undefined
    if (typeof pattern === 'string') scope.fault('value', 'invalid-pattern', pattern)
    if ((when === 'equals' || when === 'contains') && value === '') scope.fault('value', 'required', '请填写要比较的文字')
    const unwanted = (text: string): boolean => {
      if (when === 'blank') return text.trim() === ''
      if (when === 'equals') return text === value
      return when === 'contains' ? text.includes(value) : typeof pattern === 'object' && pattern.matches(text)
    }
    return {
      start: () => (cells, tally) =>
        unwanted(cells[slot] ?? '') ? { reason: 'unwanted-row', intended: true, field: tally.nameOf(slot), detail: `${when} ${value}`.trim() } : undefined,
    }
  },
}
