import { endOfChinaDay } from '@datong/kernel'
import type { GrantRow } from '../sharing-store.ts'

type Evaluated = Pick<GrantRow, 'state' | 'created_at' | 'until' | 'ended_at' | 'evaluated_at'>

/** The same day of a later month, or the last day of a shorter month; UTC. */
function addMonths(from: Date, months: number): Date {
  const at = new Date(from)
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(from.getUTCDate(), lastDay))
  return at
}

/**
 * When the consumer must next evaluate what a grant gave: every `months` months, and when it ends, by its last day or
 * revoked. Null when nothing will be due any more: it was evaluated after its end, or another grant took its place.
 */
export function evaluationDueAt(grant: Evaluated, months: number): Date | null {
  if (grant.state === 'replaced') return null
  const end = grant.ended_at ?? endOfChinaDay(grant.until)
  if (grant.evaluated_at !== null && grant.evaluated_at >= end) return null
  const next = addMonths(grant.evaluated_at ?? grant.created_at, months)
  return next < end ? next : end
}
