import { type ErrorCode, ERRORS } from '@datong/contracts'
import { isAppError, type Issue } from '@datong/kernel'

/** How a step that many things took went for one of them. */
export interface StepTaken<T> {
  readonly id: string
  /** What the step answered; null where it was refused. */
  readonly result: T | null
  readonly problem: { readonly code: string; readonly title: string; readonly errors: Issue[] } | null
}

/** The same step on many things, one after the other, each by itself: a refusal of one is no refusal of the others. A fault of the program stops it. */
export async function oneByOne<T>(ids: readonly string[], step: (id: string) => Promise<T>): Promise<StepTaken<T>[]> {
  const taken: StepTaken<T>[] = []
  for (const id of ids) {
    try {
      taken.push({ id, result: await step(id), problem: null })
    } catch (error) {
      if (!isAppError(error)) throw error
      const { title } = ERRORS[error.code as ErrorCode] // every code that is thrown is registered
      taken.push({ id, result: null, problem: { code: error.code, title, errors: [...error.issues] } })
    }
  }
  return taken
}
