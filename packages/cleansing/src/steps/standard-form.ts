import { RECOGNIZERS } from '@datong/recognizers'
import { cellStep } from '../cell-step.ts'
import type { Misfit } from '../misfit.ts'
import type { StepDefinition } from '../step-definition.ts'

/** Values of a known kind (telephone, credit code, plate …) in the one form that its standard gives them. */
export interface StandardFormStep {
  readonly kind: 'standard-form'
  readonly fields: readonly string[]
  readonly as: 'unified-credit-code' | 'organisation-code' | 'bank-card' | 'phone' | 'email' | 'plate' | 'passport' | 'postcode' | 'organisation-name' | 'ipv4'
  readonly misfit: Misfit
}

export const standardForm: StepDefinition<StandardFormStep> = {
  plan: ({ fields, as, misfit }, scope) => {
    const { standardise, titleEn } = RECOGNIZERS[as]
    return cellStep(scope, scope.slots(fields, 'fields'), (text) => standardise?.(text) ?? null, misfit, `in the form of: ${titleEn}`)
  },
}
