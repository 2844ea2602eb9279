import { textStep } from '../cell-step.ts'
import type { StepDefinition } from '../step-definition.ts'
import { type InnerSpaces, trimText } from '../text/spaces.ts'

/** Takes away spaces at both ends and invisible characters. */
export interface TrimStep {
  readonly kind: 'trim'
  /** None means all. */
  readonly fields: readonly string[]
  readonly inner: InnerSpaces
}

export const trim: StepDefinition<TrimStep> = {
  plan: ({ fields, inner }, scope) => textStep(scope, scope.slots(fields, 'fields'), (text) => trimText(text, inner)),
}
