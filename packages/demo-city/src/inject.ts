import { MUTATORS, nearDuplicateOf, type CellFault } from './faults.ts'
import type { FaultKind, FaultListener } from './model.ts'
import type { Picker } from './pick.ts'

/**
 * One fault planned for a table: for a share of its rows (`rate`), or for a fixed number of them (`times`).
 * A cell takes one fault at most; `with` names a second field that must be sound and then stays so.
 */
type PlannedFault = { readonly rate: number } | { readonly times: number }

type CellPlan = PlannedFault & { readonly kind: CellFault; readonly field: string; readonly with?: string }
type RowPlan = PlannedFault & (
  | { readonly kind: 'row/exact-duplicate' }
  | { readonly kind: 'row/near-duplicate'; readonly field: string }
  | { readonly kind: 'row/ragged'; readonly how: 'short' | 'long' }
)
export type FaultPlan = readonly (CellPlan | RowPlan)[]

interface Turn {
  due(row: number): boolean
  done(row: number): void
}

function turnsOf(plan: PlannedFault, pick: Picker): Turn {
  if ('rate' in plan) return { due: () => pick.chance(plan.rate), done: () => undefined }
  let left = plan.times
  let next = pick.int(5, 40)
  return {
    due: (row) => left > 0 && row >= next,
    done: (row) => {
      left--
      next = row + pick.int(5, 40)
    },
  }
}

/** Rows that are faulty in fact and not in one cell: they get no further fault, and are reported as they go by. */
export type Marks = Map<string[], { readonly kind: FaultKind; readonly field: string }>

/** Copies that wait to be written some rows later. */
interface Later {
  readonly row: string[]
  readonly at: number
  readonly plan: RowPlan
}

/**
 * Puts the planned faults into clean rows and tells the listener of each. Rows with a fault are never copied, so
 * that each fault stands in the table exactly once.
 */
export function* inject(
  clean: Iterable<string[]>, marks: Marks, fields: readonly string[], plan: FaultPlan, pick: Picker, onFault: FaultListener,
): Generator<string[], void, undefined> {
  const column = (name: string): number => {
    const index = fields.indexOf(name)
    if (index < 0) throw new RangeError(`The fault plan names a field that the table lacks: ${name}`)
    return index
  }
  const cells = plan.flatMap((entry) => (entry.kind.startsWith('row/') ? [] : [entry as CellPlan])).map((entry) => ({
    ...entry, turn: turnsOf(entry, pick), index: column(entry.field), beside: entry.with === undefined ? -1 : column(entry.with),
  }))
  const rows = plan.flatMap((entry) => (entry.kind.startsWith('row/') ? [entry as RowPlan] : []))
    .map((entry) => ({ entry, turn: turnsOf(entry, pick) }))
  const waiting: Later[] = []
  const touched = new Uint8Array(fields.length)
  let number = 0

  const emitCopy = ({ row, plan: { kind, ...rest } }: Later): string[] => {
    number++
    onFault({ kind, row: number, ...('field' in rest ? { field: rest.field } : {}) })
    return row
  }

  for (const row of clean) {
    touched.fill(0)
    number++
    const mark = marks.get(row)
    if (mark !== undefined) {
      onFault({ ...mark, row: number })
      yield row
      continue
    }
    let faults = 0
    for (const { kind, field, turn, index, beside } of cells) {
      if (!turn.due(number) || touched[index] === 1 || row[index] === '') continue
      if (beside >= 0 && (touched[beside] === 1 || row[beside] === '')) continue
      const before = row[index]!
      const after = MUTATORS[kind](before, pick, beside < 0 ? '' : row[beside]!)
      if (after === null || after === before) continue
      row[index] = after
      touched[index] = 1
      if (beside >= 0) touched[beside] = 1
      faults++
      turn.done(number)
      onFault({ kind, row: number, field, before })
    }
    const spoilt = rows.find(({ turn }) => turn.due(number))
    if (spoilt !== undefined && faults === 0) {
      const { entry, turn } = spoilt
      if (entry.kind === 'row/ragged') {
        if (entry.how === 'short') row.splice(-2, 2)
        else row.push('补录')
        onFault({ kind: entry.kind, row: number })
        turn.done(number)
      } else {
        const copy = [...row]
        const index = entry.kind === 'row/near-duplicate' ? column(entry.field) : -1
        const changed = index < 0 ? '' : nearDuplicateOf(copy[index]!, pick)
        if (changed !== null) {
          if (index >= 0) copy[index] = changed
          waiting.push({ row: copy, at: number + pick.int(1, 400), plan: entry })
          turn.done(number)
        }
      }
    }
    yield row
    const ready = waiting.findIndex(({ at }) => at <= number)
    if (ready >= 0) yield emitCopy(waiting.splice(ready, 1)[0]!)
  }
  for (const later of waiting) yield emitCopy(later)
}
