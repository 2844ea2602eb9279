import type { HeldVersion } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import type { QualityContext } from '../context.ts'
import { mayKeep } from '../rules/sight.ts'
import type { HoldRow } from './gate-store.ts'

/** A version at the gate as a reader sees it. */
export async function viewHold(context: Pick<QualityContext, 'catalog' | 'organisations'>, row: HoldRow, caller: Caller): Promise<HeldVersion> {
  const entry = await context.catalog.requireVisible(row.entry_code, caller)
  return {
    entryCode: row.entry_code, entryTitle: entry.title, organisation: context.organisations.ref(entry.organisation), version: row.version, state: row.state, reasons: row.reasons.map(({ naming = null, ...reason }) => ({ ...reason, naming })), stars: row.stars,
    heldAt: row.held_at.toISOString(), releasedAt: row.released_at?.toISOString() ?? null, releasedBy: row.released_by, reason: row.reason,
    allowedActions: row.state === 'held' && mayKeep(context, caller, entry) ? ['release'] : [],
  }
}
