import { cellStep } from '../cell-step.ts'
import type { Misfit } from '../misfit.ts'
import type { StepDefinition } from '../step-definition.ts'
import { type DayReading, readDay } from '../text/read-day.ts'

/** Dates in one form: 2019-11-05. */
export interface DayStep extends DayReading {
  readonly kind: 'day'
  readonly fields: readonly string[]
  readonly misfit: Misfit
}

export const day: StepDefinition<DayStep> = {
  plan: (step, scope) => cellStep(scope, scope.slots(step.fields, 'fields'), (text) => readDay(text, step), step.misfit, 'a date'),
}
