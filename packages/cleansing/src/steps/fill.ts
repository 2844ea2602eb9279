import type { StepDefinition } from '../step-definition.ts'

/** Blanks are filled: from the row above, as merged cells of a sheet need it; with a value; or from another field. */
export interface FillStep {
  readonly kind: 'fill'
  readonly fields: readonly string[]
  readonly way: 'previous' | 'value' | 'field'
  /** The value, or the name of the other field. */
  readonly by: string
}

export const fill: StepDefinition<FillStep> = {
  plan: ({ fields, way, by }, scope) => {
    const slots = scope.slots(fields, 'fields')
    const other = way === 'field' ? scope.slot(by, 'by') : -1
    if (way === 'value' && by === '') scope.fault('by', 'required', '请填写要填入的值')
    for (const slot of slots) if (slot >= 0) scope.target(scope.names[slot] ?? '', 'fields', other < 0 ? [slot] : [slot, other])
    return {
      start: () => {
        const above = new Map<number, string>()
        return (cells, tally) => {
          for (const slot of slots) {
            if ((cells[slot] ?? '') === '') tally.set(cells, slot, way === 'value' ? by : way === 'field' ? (cells[other] ?? '') : (above.get(slot) ?? ''))
            above.set(slot, cells[slot] ?? '')
          }
          return undefined
        }
      },
    }
  },
}
