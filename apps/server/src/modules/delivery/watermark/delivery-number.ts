import { randomBytes } from 'node:crypto'
import type { DeliveryPlan } from '../plan/plan.ts'

/** Crockford's alphabet: no letters that look like figures. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Names one delivery of a file: the grant's number and eight letters of chance, such as `G-2026-0312-7K2Q9XAB`. */
export function deliveryNumber({ basis }: Pick<DeliveryPlan, 'basis'>): string {
  const letters = [...randomBytes(8)].map((byte) => LETTERS[byte % LETTERS.length]).join('') // 256 is a multiple of 32
  return `${basis.kind === 'grant' ? basis.number : basis.kind}-${letters}`
}
