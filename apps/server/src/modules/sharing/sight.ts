import { AppError } from '@datong/kernel'
import { type Caller, holds } from '../../platform/caller.ts'
import type { Sight } from './store/seen.ts'

/** Steward, security officer, auditor and leader see all; departments what they ask and answer; developers their own. */
export function sightOf(caller: Caller, side?: 'consumer' | 'provider'): Sight {
  const all = (['steward', 'security', 'auditor', 'leader'] as const).some((role) => holds(caller, role))
  if (all && side === undefined) return { kind: 'all' }
  const officer = holds(caller, 'provider') || holds(caller, 'consumer')
  if (officer && caller.organisation !== null) return { kind: 'organisation', organisation: caller.organisation, side }
  return all ? { kind: 'all' } : { kind: 'person', userId: caller.actor.id }
}

interface Seen {
  readonly provider_organisation: string
  readonly co_owners: readonly string[]
  readonly consumer_organisation: string | null
  readonly applicant_id: string
}

/** @throws AppError `request/not-found`, alike for unknown and unseen */
export function requireInSight<T extends Seen>(row: T | undefined, caller: Caller): T {
  if (row !== undefined) {
    const sight = sightOf(caller)
    if (sight.kind === 'all') return row
    if (sight.kind === 'person' && row.applicant_id === sight.userId) return row
    if (sight.kind === 'organisation' && [row.provider_organisation, ...row.co_owners, row.consumer_organisation].includes(sight.organisation)) return row
  }
  throw new AppError('request/not-found')
}
