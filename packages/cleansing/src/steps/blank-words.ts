import { textStep } from '../cell-step.ts'
import type { StepDefinition } from '../step-definition.ts'

/** Texts that only pretend to be values become blank. */
export interface BlankWordsStep {
  readonly kind: 'blank-words'
  /** None means all. */
  readonly fields: readonly string[]
  /** Compared without regard to case and to spaces around. */
  readonly words: readonly string[]
}

export const blankWords: StepDefinition<BlankWordsStep> = {
  plan: ({ fields, words }, scope) => {
    const slots = scope.slots(fields, 'fields')
    const placeholders = new Set(words.map((word) => word.trim().toLowerCase()))
    if (placeholders.size === 0) scope.fault('words', 'required', '请至少填写一个词')
    return textStep(scope, slots, (text) => (placeholders.has(text.trim().toLowerCase()) ? '' : text))
  },
}
