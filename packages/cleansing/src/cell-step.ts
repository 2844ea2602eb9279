import type { Misfit } from './misfit.ts'
import type { Scope } from './scope.ts'
import type { Refusal } from './row.ts'
import type { StepPlan } from './step-definition.ts'

/** Reads one text that is not blank; null when it cannot be read. */
export type ReadCell = (text: string) => string | null

/** Bound on remembered answers: columns of codes and dates repeat themselves, columns of names do not. */
const MOST_REMEMBERED = 20_000

/** The plan of a step that changes cells one by one, blanks staying blank. */
export function cellStep(scope: Scope, slots: readonly number[], read: ReadCell, misfit: Misfit, expected: string): StepPlan {
  return plannedCells(scope, slots, () => remembering(read), { misfit, expected })
}

/** The same for changes that always succeed and are done sooner than looked up. */
export const textStep = (scope: Scope, slots: readonly number[], change: (text: string) => string): StepPlan =>
  plannedCells(scope, slots, () => change, { misfit: 'keep', expected: 'a text' })

function plannedCells(scope: Scope, slots: readonly number[], begin: () => ReadCell, { misfit, expected }: { readonly misfit: Misfit; readonly expected: string }): StepPlan {
  scope.touch(slots)
  return {
    start: () => {
      const recall = begin()
      return (cells, tally): Refusal | undefined => {
        for (const slot of slots) {
          const before = cells[slot] ?? ''
          if (before === '') continue
          const after = recall(before)
          if (after !== null) tally.set(cells, slot, after)
          else {
            const refusal = tally.misfit(cells, slot, misfit, `not ${expected}`)
            if (refusal !== undefined) return refusal
          }
        }
        return undefined
      }
    },
  }
}

/** Remembers answers for texts seen before, up to a bound. */
export function remembering(read: ReadCell): ReadCell {
  const known = new Map<string, string | null>()
  return (text) => {
    const seen = known.get(text)
    if (seen !== undefined) return seen
    const answer = read(text)
    if (known.size < MOST_REMEMBERED) known.set(text, answer)
    return answer
  }
}
