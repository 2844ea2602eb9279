import type { EvidenceItem } from '@datong/contracts'
import { type Caller, holds } from '../../platform/caller.ts'
import type { Visibility } from './evidence-store.ts'

/**
 * Which records a caller may list: security officer and auditor all, the steward decisions, officers what their
 * organisation is a party of, developers what they did themselves.
 */
export function visibilityOf(caller: Caller): Visibility {
  const isOfficer = holds(caller, 'provider') || holds(caller, 'consumer')
  return {
    all: holds(caller, 'auditor') || holds(caller, 'security'),
    chain: holds(caller, 'steward') ? 'decision' : null,
    party: isOfficer ? caller.organisation : null,
    actorId: holds(caller, 'developer') ? caller.actor.id : null,
  }
}

/** Whether a caller may open the receipt of a record: as for lists, and whoever did what it records, by session or key. */
export function maySee(caller: Caller, { chain, body }: Pick<EvidenceItem, 'chain' | 'body'>): boolean {
  if (caller.actor.kind === 'public') return false
  if (body.actor.kind === caller.actor.kind && body.actor.id === caller.actor.id) return true
  if (caller.actor.kind !== 'user') return false
  const { all, chain: listedChain, party } = visibilityOf(caller)
  return all || chain === listedChain || (party !== null && body.parties.includes(party))
}
