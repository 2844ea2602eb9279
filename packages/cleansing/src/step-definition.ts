import type { CodeListVersion } from '@datong/standards'
import type { Scope } from './scope.ts'
import type { Cells, Refusal } from './row.ts'
import type { Tally } from './tally.ts'

/** One step at work on one run over the rows, in their order. */
export type Apply = (cells: Cells, tally: Tally, line: number) => Refusal | undefined

/** A look over all rows before the run, for steps that must know later rows to judge earlier ones. */
export interface Survey {
  see(cells: Cells, line: number): void
  /** What the run needs of it. */
  start(): Apply
}

/** A step that was checked against the table: makes its worker, anew for each run. */
export type StepPlan =
  | { readonly start: () => Apply; readonly survey?: undefined }
  | { readonly survey: () => Survey; readonly start?: undefined }

/** What the steps need to know of the world. */
export interface CleansingTools {
  /** All versions of a code list; undefined when there is no such list. */
  codeVersions(list: string): readonly CodeListVersion[] | undefined
  /** `YYYY-MM-DD` in China. */
  readonly today: string
}

export interface StepDefinition<S> {
  /** Checks the step against the table and changes the scope as the step changes the table; faults go to the scope. */
  plan(step: S, scope: Scope, tools: CleansingTools): StepPlan
}
