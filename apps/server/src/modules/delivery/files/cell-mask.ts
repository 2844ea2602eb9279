import type { Value } from '@datong/data-engine'
import type { PlanField } from '../plan/plan.ts'

/** Values of a masked column whose masked cell is remembered; columns that rarely repeat are not remembered at all. */
const REMEMBERED = 50_000

/** Turns the raw text of a cell into its masked one. */
export type CellMask = (text: string, isNull: boolean) => string

/** @param write how a masked value stands in the file */
export function cellMask({ mask, schema }: PlanField, write: (cell: Value) => string): CellMask | null {
  if (mask === null) return null
  const isNumber = schema.type === 'integer' || (schema.type === 'decimal' && (schema.precision ?? 38) <= 15)
  const valueOf = (text: string): Value => (isNumber ? Number(text) : schema.type === 'boolean' ? text === 'true' : text)
  const remembered = new Map<string, string>()
  let nothing: string | undefined
  let hits = 0
  let remembers = true
  return (text, isNull) => {
    if (isNull) return (nothing ??= write(mask(null)))
    if (!remembers) return write(mask(valueOf(text)))
    const known = remembered.get(text)
    if (known !== undefined) {
      hits++
      return known
    }
    if (remembered.size === REMEMBERED) {
      remembers = hits > REMEMBERED
      remembered.clear()
      hits = 0
    }
    const cell = write(mask(valueOf(text)))
    remembered.set(text, cell)
    return cell
  }
}
