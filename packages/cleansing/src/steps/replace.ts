import { textStep } from '../cell-step.ts'
import type { StepDefinition } from '../step-definition.ts'
import { readPattern } from '../text/linear-pattern.ts'

/** Texts are replaced, wherever they stand, or what an expression matches; `$1` stands for its first group. */
export interface ReplaceStep {
  readonly kind: 'replace'
  /** None means all. */
  readonly fields: readonly string[]
  readonly find: string
  readonly pattern: boolean
  readonly ignoreCase: boolean
  readonly replacement: string
}

export const replace: StepDefinition<ReplaceStep> = {
  plan: ({ fields, find, pattern, ignoreCase, replacement }, scope) => {
    const slots = scope.slots(fields, 'fields')
    if (find === '') scope.fault('find', 'required', '请填写要查找的文字')
    if (!pattern && !ignoreCase) return textStep(scope, slots, (text) => text.replaceAll(find, () => replacement))
    const read = readPattern(pattern ? find : literal(find), ignoreCase)
    if (typeof read === 'string') {
      if (find !== '') scope.fault('find', 'invalid-pattern', read)
      return textStep(scope, slots, (text) => text)
    }
    const groups = [...replacement.matchAll(/\$(\d+)/g)].map((found) => Number(found[1]))
    if (pattern && groups.some((group) => group > read.groupCount)) scope.fault('replacement', 'unknown-group', `表达式只有 ${read.groupCount} 个括号组`)
    // What is no group is meant as it is written.
    const instead = replacement.replace(pattern ? /\$(?!\d)/g : /\$/g, '$$$$')
    return textStep(scope, slots, (text) => read.replaceAll(text, instead))
  },
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
