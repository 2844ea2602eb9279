import { parseCitizenNumber } from '@datong/recognizers'
import { cellStep } from '../cell-step.ts'
import type { Misfit } from '../misfit.ts'
import type { StepDefinition } from '../step-definition.ts'

/** Citizen numbers in one form: 18 characters, half width, capital X; 15 digits get century and check character (GB 11643-1999). */
export interface CitizenNumberStep {
  readonly kind: 'citizen-number'
  readonly fields: readonly string[]
  readonly misfit: Misfit
}

export const citizenNumber: StepDefinition<CitizenNumberStep> = {
  plan: ({ fields, misfit }, scope) =>
    cellStep(scope, scope.slots(fields, 'fields'), (text) => parseCitizenNumber(text)?.eighteen ?? null, misfit, 'a citizen number'),
}
