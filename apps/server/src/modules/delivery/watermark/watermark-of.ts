import { GRADES } from '@datong/kernel'
import { createHmac } from 'node:crypto'
import type { DeliveryDeps } from '../deps.ts'
import { identifies } from '../plan/identifies.ts'
import type { Basis, PlanField, Watermark } from '../plan/plan.ts'
import { MARK_KEY_BYTES, type MarkKey, markKeyOf } from './mark-order.ts'

/** Types whose text is the same in every form of file. */
const SAME_EVERYWHERE: ReadonlySet<string> = new Set(['text', 'integer', 'date'])

/** A grant's own key; it cannot be told from files, nor from other grants' keys. */
export const markKeyOfGrant = (sealer: DeliveryDeps['sealer'], grantId: string): MarkKey =>
  markKeyOf(createHmac('sha256', sealer.derive('watermark')).update(grantId).digest().subarray(0, MARK_KEY_BYTES))

/**
 * The mark of a plan: grants alone have one, from a grade on. The row's content is its identifying fields where they leave
 * unmasked, so that a found file tells though other columns were dropped; otherwise all unmasked ones.
 */
export function watermarkOf({ sealer, watermarkFrom }: Pick<DeliveryDeps, 'sealer' | 'watermarkFrom'>, basis: Basis, fields: ReadonlyMap<string, PlanField>): Watermark | null {
  if (basis.kind !== 'grant' || watermarkFrom === null) return null
  const all = [...fields.values()]
  if (!all.some(({ grade }) => GRADES.indexOf(grade) >= GRADES.indexOf(watermarkFrom))) return null
  const plain = all.filter(({ mask, schema }) => mask === null && SAME_EVERYWHERE.has(schema.type))
  const naming = plain.filter((field) => field.lookUp || identifies(field.identifier, null))
  return { key: markKeyOfGrant(sealer, basis.grantId), fields: (naming.length > 0 ? naming : plain).map(({ name }) => name) }
}
