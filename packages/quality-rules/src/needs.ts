import { definitionOf } from './catalogue.ts'
import { HERE } from './other-entry.ts'
import { withDefaults } from './parameters.ts'
import type { Rule } from './rule.ts'

/** What rules name beside their own version; whoever evaluates them puts it into the subject. */
export interface Needs {
  readonly entries: readonly string[]
  readonly codeLists: readonly string[]
  readonly elements: readonly string[]
}

/** What these rules name. Code lists of data elements are asked for when the elements are known. */
export function needsOf(rules: readonly Rule[]): Needs {
  const found = { entry: new Set<string>(), 'code-list': new Set<string>(), element: new Set<string>() }
  for (const { rule, parameters } of rules) {
    const specs = definitionOf(rule).parameters
    const values = withDefaults(specs, parameters)
    for (const { name, kind } of specs) {
      const value = values[name]
      if ((kind === 'entry' || kind === 'code-list' || kind === 'element') && typeof value === 'string' && value !== HERE) found[kind].add(value)
    }
  }
  return { entries: [...found.entry], codeLists: [...found['code-list']], elements: [...found.element] }
}
