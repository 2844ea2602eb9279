import type { Value } from '@datong/data-engine'
import type { PlanField } from '../plan/plan.ts'
import type { ByteBuilder } from './byte-builder.ts'

/** Values of a masked column whose masked cell is remembered; columns that rarely repeat are not remembered at all. */
const REMEMBERED = 50_000

/** Puts the masked cell of a raw one behind `out`: UTF-8 from `begin` up to `end`; an `end` before `begin` is null. */
export type CellMask = (bytes: Buffer, begin: number, end: number, out: ByteBuilder) => void

/** @param write how a masked value stands in the file */
export function cellMask({ mask, schema }: PlanField, write: (cell: Value) => string): CellMask | null {
  if (mask === null) return null
  const isNumber = schema.type === 'integer' || (schema.type === 'decimal' && (schema.precision ?? 38) <= 15)
  const valueOf = (text: string): Value => (isNumber ? Number(text) : schema.type === 'boolean' ? text === 'true' : text)
  const masked = (bytes: Buffer, begin: number, end: number): string => write(mask(valueOf(bytes.toString('utf8', begin, end))))
  const remembered = new Map<string, string>()
  let nothing: string | undefined
  let hits = 0
  let remembers = true
  return (bytes, begin, end, out) => {
    if (end < begin) return out.text((nothing ??= write(mask(null))))
    if (!remembers) return out.text(masked(bytes, begin, end))
    // One character a byte: quick to make, and as good a name for the value as the text itself.
    const name = bytes.toString('latin1', begin, end)
    const known = remembered.get(name)
    if (known !== undefined) {
      hits++
      return out.text(known)
    }
    if (remembered.size === REMEMBERED) {
      remembers = hits > REMEMBERED
      remembered.clear()
      hits = 0
    }
    const cell = masked(bytes, begin, end)
    remembered.set(name, cell)
    out.text(cell)
  }
}
