import { textStep } from '../cell-step.ts'
import type { StepDefinition } from '../step-definition.ts'
import { toHalfWidth, type Width } from '../text/width.ts'

/** Full-width characters become half-width. */
export interface WidthStep {
  readonly kind: 'width'
  /** None means all. */
  readonly fields: readonly string[]
  readonly what: Width
}

export const width: StepDefinition<WidthStep> = {
  plan: ({ fields, what }, scope) => textStep(scope, scope.slots(fields, 'fields'), (text) => toHalfWidth(text, what)),
}
