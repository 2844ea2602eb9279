import type { Misfit } from '../misfit.ts'
import type { StepDefinition } from '../step-definition.ts'
import { writeExact } from '../text/exact-number.ts'
import { readFormula, RowFault } from '../text/expression.ts'

/** A field is worked out of others: `round([总价] / [面积], 2)`. */
export interface CalculateStep {
  readonly kind: 'calculate'
  readonly into: string
  readonly formula: string
  /** What becomes of a row for which the formula has no value: division by zero, a text that is no number. */
  readonly misfit: Misfit
}

export const calculate: StepDefinition<CalculateStep> = {
  plan: ({ into, formula, misfit }, scope) => {
    const read = readFormula(formula)
    if (typeof read === 'string') scope.fault('formula', 'invalid-formula', read)
    const sources = typeof read === 'string' ? [] : read.fields.map((name) => scope.slot(name, 'formula'))
    const target = scope.target(into, 'into', sources, sources.at(-1))
    return {
      start: () => (cells, tally) => {
        if (typeof read === 'string') return undefined
        try {
          const value = read.evaluate((field) => cells[sources[field]!] ?? '') // one slot a field
          tally.set(cells, target, value === null ? '' : writeExact(value))
          return undefined
        } catch (error) {
          if (error instanceof RowFault) return tally.misfit(cells, target, misfit, `${error.message} in ${formula.slice(0, 100)}`, error.reason)
          throw error
        }
      },
    }
  },
}
