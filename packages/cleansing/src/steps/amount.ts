import { cellStep } from '../cell-step.ts'
import type { Misfit } from '../misfit.ts'
import type { StepDefinition } from '../step-definition.ts'
import { through, writeExact } from '../text/exact-number.ts'
import { type MoneyUnit, readAmount, worthOf } from '../text/read-amount.ts'

const PLAIN = /^-?\d+(?:\.\d+)?$/

/** Sums of money as plain numbers in one unit: 1.2亿元, 12,000 and 壹佰贰拾万元整 in 万元 are 12000, 1.2 and 120. */
export interface AmountStep {
  readonly kind: 'amount'
  readonly fields: readonly string[]
  /** Unit of numbers that name none. */
  readonly unless: MoneyUnit
  readonly unit: MoneyUnit
  readonly misfit: Misfit
}

export const amount: StepDefinition<AmountStep> = {
  plan: ({ fields, unless, unit, misfit }, scope) => {
    const worth = worthOf(unit)
    const read = (text: string): string | null => {
      // A number that needs nothing stays as it is written, with its zeros.
      if (unless === unit && PLAIN.test(text)) return text
      const value = readAmount(text, unless)
      return value === null ? null : writeExact(through(value, worth))
    }
    return cellStep(scope, scope.slots(fields, 'fields'), read, misfit, 'an amount of money in yuan')
  },
}
