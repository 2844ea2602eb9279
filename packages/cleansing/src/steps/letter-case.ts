import { textStep } from '../cell-step.ts'
import type { StepDefinition } from '../step-definition.ts'

/** Letters become capitals, or small. */
export interface LetterCaseStep {
  readonly kind: 'letter-case'
  readonly fields: readonly string[]
  readonly to: 'upper' | 'lower'
}

export const letterCase: StepDefinition<LetterCaseStep> = {
  plan: ({ fields, to }, scope) =>
    textStep(scope, scope.slots(fields, 'fields'), (text) => (to === 'upper' ? text.toUpperCase() : text.toLowerCase())),
}
