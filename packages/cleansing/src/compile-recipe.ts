import { AppError, type Issue } from '@datong/kernel'
import { definitionOf } from './registry.ts'
import { type Origin, Scope } from './scope.ts'
import type { Step } from './step.ts'
import type { CleansingTools, StepPlan } from './step-definition.ts'

/** Most steps of a recipe. */
export const MOST_STEPS = 100

export interface PlannedStep {
  readonly plan: StepPlan
  /** Names by slot, as fields are called after the step. */
  readonly names: readonly string[]
}

/** A recipe that fits a table. */
export interface CompiledRecipe {
  readonly steps: readonly PlannedStep[]
  /** Fields of the table that goes in. */
  readonly inputs: readonly string[]
  /** Fields of the table that comes out, with where they come from and what changed them. */
  readonly fields: readonly (Origin & { readonly name: string; readonly slot: number })[]
  /** Places in a row's cells. */
  readonly slots: number
}

/**
 * Checks a recipe against a table's fields.
 * @returns all that is wrong, with pointers such as `/steps/2/field`, when it does not fit
 */
export function checkRecipe(steps: readonly Step[], names: readonly string[], tools: CleansingTools): CompiledRecipe | readonly Issue[] {
  const scope = new Scope(names)
  if (steps.length > MOST_STEPS) return [{ pointer: '/steps', code: 'too-many', message: `最多 ${MOST_STEPS} 步` }]
  const planned = steps.map((step, at): PlannedStep => {
    scope.begin(at, step.kind)
    const plan = definitionOf(step).plan(step, scope, tools)
    return { plan, names: [...scope.names] }
  })
  if (scope.issues.length > 0) return scope.issues
  const fields = scope.columns.map(({ name, slot }) => ({ name, slot, ...scope.originOf(slot) }))
  return { steps: planned, inputs: names, fields, slots: scope.names.length }
}

/** The same, for who has nobody to show the faults to. @throws AppError `cleansing/recipe-does-not-fit` */
export function compileRecipe(steps: readonly Step[], names: readonly string[], tools: CleansingTools): CompiledRecipe {
  const checked = checkRecipe(steps, names, tools)
  if ('steps' in checked) return checked
  throw new AppError('cleansing/recipe-does-not-fit', { faults: checked.length }, checked)
}
