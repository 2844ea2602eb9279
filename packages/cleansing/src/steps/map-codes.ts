import { versionAt } from '@datong/standards'
import { remembering } from '../cell-step.ts'
import type { Scope } from '../scope.ts'
import type { CleansingTools, StepDefinition } from '../step-definition.ts'

/** Values become those of a list of pairs, or of a code list: 男 → 1, or 1 → 男性. Pairs go before the list. */
export interface MapCodesStep {
  readonly kind: 'map-codes'
  readonly field: string
  /** Where the answer goes: the field itself, or another one. */
  readonly into: string
  readonly pairs: readonly { readonly from: string; readonly to: string }[]
  /** Identifier of a code list as it is today; null for none. */
  readonly list: string | null
  readonly write: 'code' | 'name'
  readonly others: 'keep' | 'blank' | 'reject' | 'value'
  /** Of values that are not found, with `others: value`. */
  readonly value: string
}

export const mapCodes: StepDefinition<MapCodesStep> = {
  plan: (step, scope, tools) => {
    const source = scope.slot(step.field, 'field')
    const target = step.into === '' || step.into === step.field ? source : scope.target(step.into, 'into', [source], source)
    if (target === source) scope.touch([source])
    const table = tableOf(step, scope, tools)
    return {
      start: () => {
        const recall = remembering((text) => table.get(text) ?? table.get(fold(text)) ?? null)
        return (cells, tally) => {
          const before = cells[source] ?? ''
          if (before === '') return undefined
          const after = recall(before)
          if (after !== null) tally.set(cells, target, after)
          else if (step.others === 'value') tally.set(cells, target, step.value)
          else {
            if (target !== source && step.others === 'keep') tally.set(cells, target, before)
            return tally.misfit(cells, target, step.others, `${before.slice(0, 50)} is not in the list`)
          }
          return undefined
        }
      },
    }
  },
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

function tableOf({ pairs, list, write }: MapCodesStep, scope: Scope, tools: CleansingTools): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  const add = (from: string, to: string): void => {
    for (const key of [from, fold(from)]) if (key !== '' && !table.has(key)) table.set(key, to)
  }
  for (const { from, to } of pairs) add(from, to)
  if (list !== null) {
    const codes = versionAt(tools.codeVersions(list) ?? [], tools.today)?.codes
    if (codes === undefined) scope.fault('list', 'unknown-list', `没有代码集“${list}”，或它今天无效`)
    for (const { code, name, aliases = [] } of codes ?? []) for (const from of [code, name, ...aliases]) add(from, write === 'code' ? code : name)
  }
  if (table.size === 0) scope.fault('pairs', 'required', '请填写对照，或选择代码集')
  return table
}
