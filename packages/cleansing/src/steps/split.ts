import type { Scope } from '../scope.ts'
import type { StepDefinition } from '../step-definition.ts'
import { readPattern } from '../text/linear-pattern.ts'

/** One field becomes several: at a separator, by the groups of an expression, or after so many characters each. */
export interface SplitStep {
  readonly kind: 'split'
  readonly field: string
  readonly way: 'separator' | 'pattern' | 'lengths'
  /** The separator, or the expression. */
  readonly by: string
  readonly lengths: readonly number[]
  readonly into: readonly string[]
  /** What is left over when there are more parts than fields: it stays with the last one, goes, or the row is rejected. */
  readonly rest: 'last' | 'drop' | 'reject'
}

type Parts = (text: string) => readonly string[]

export const split: StepDefinition<SplitStep> = {
  plan: (step, scope) => {
    const source = scope.slot(step.field, 'field')
    if (step.into.length < 2) scope.fault('into', 'required', '请填写至少两个字段名')
    let behind = source
    const targets = step.into.map((name, at) => (behind = scope.target(name, `into/${at}`, [source], behind)))
    const parts = partsOf(step, scope)
    return {
      start: () => (cells, tally) => {
        const text = cells[source] ?? ''
        if (text === '') return undefined
        const found = parts(text)
        if (found.length > targets.length && step.rest === 'reject') {
          return tally.misfit(cells, source, 'reject', `has ${found.length} parts, ${targets.length} fields were asked for`, 'too-many-parts')
        }
        const left = step.rest === 'last' && step.way === 'separator' && found.length > targets.length ? found.slice(targets.length - 1).join(step.by) : undefined
        targets.forEach((slot, at) => tally.set(cells, slot, at === targets.length - 1 && left !== undefined ? left : (found[at] ?? '')))
        return undefined
      },
    }
  },
}

function partsOf({ way, by, lengths, into, rest }: SplitStep, scope: Scope): Parts {
  if (way === 'separator') {
    if (by === '') scope.fault('by', 'required', '请填写分隔符')
    return (text) => text.split(by).map((part) => part.trim())
  }
  if (way === 'lengths') {
    if (lengths.length !== into.length || lengths.some((length) => length < 1)) scope.fault('lengths', 'one-each', '每个新字段各要一个长度')
    return (text) => {
      const all = [...text]
      let from = 0
      const parts = lengths.map((length) => all.slice(from, (from += length)).join(''))
      const left = all.slice(from).join('')
      if (left === '') return parts
      return rest === 'last' ? [...parts.slice(0, -1), (parts.at(-1) ?? '') + left] : [...parts, left]
    }
  }
  const pattern = readPattern(by, false)
  if (typeof pattern === 'string') {
    scope.fault('by', 'invalid-pattern', pattern)
    return () => []
  }
  if (pattern.groupCount !== into.length) scope.fault('by', 'one-each', `表达式有 ${pattern.groupCount} 个括号组，新字段有 ${into.length} 个`)
  return (text) => pattern.groups(text)?.slice(1) ?? []
}
