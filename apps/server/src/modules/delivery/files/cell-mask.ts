import type { Value } from '@datong/data-engine'
import type { PlanField } from '../plan/plan.ts'

/** Values of a masked column whose masked cell is remembered; columns that rarely repeat are not remembered at all. */
const REMEMBERED = 50_000

/** The masked cell of a raw one, as it stands in the file. */
export type CellMask = (raw: string | null) => string

/** @param write how a masked value stands in the file */
export function cellMask({ mask, schema }: PlanField, write: (cell: Value) => string): CellMask | null {
  if (mask === null) return null
  const isNumber = schema.type === 'integer' || (schema.type === 'decimal' && (schema.precision ?? 38) <= 15)
  const valueOf = (text: string): Value => (isNumber ? Number(text) : schema.type === 'boolean' ? text === 'true' : text)
  const masked = (raw: string | null): string => write(mask(raw === null ? null : valueOf(raw)))
  const remembered = new Map<string | null, string>()
  let hits = 0
  let remembers = true
  return (raw) => {
    if (!remembers) return masked(raw)
    const known = remembered.get(raw)
    if (known !== undefined) {
      hits++
      return known
    }
    if (remembered.size === REMEMBERED) {
      remembers = hits > REMEMBERED
      remembered.clear()
      hits = 0
    }
    const cell = masked(raw)
    remembered.set(raw === null ? null : copyOf(raw), cell)
    return cell
  }
}

/** A text of its own: a part of a larger one would keep all of that. */
const copyOf = (text: string): string => ` ${text}`.slice(1)
