import { AppError } from '@datong/kernel'
import { type Caller, holds } from '../../platform/caller.ts'
import type { EntryRecord } from './entry/entry.ts'

/**
 * Which entries a caller sees (`domain.md`, Powers):
 * everything for the steward and the auditor; for officers what is published, and all of their own department; for the
 * public, developers and system administrators what the portal shows.
 */
export type Sight =
  | { readonly kind: 'everything' }
  | { readonly kind: 'departments'; readonly organisation: string }
  | { readonly kind: 'public' }

/** As much of an entry as decides who sees it. */
export type Sightable = Pick<EntryRecord, 'state' | 'openingType' | 'organisation' | 'visibility' | 'visibleTo'>

export function sightOf(caller: Caller): Sight {
  if (holds(caller, 'steward') || holds(caller, 'auditor')) return { kind: 'everything' }
  const officer = (['provider', 'consumer', 'security', 'leader'] as const).some((role) => holds(caller, role))
  if (officer && caller.organisation !== null) return { kind: 'departments', organisation: caller.organisation }
  // A department's system calling with its key sees what its officers see of others' entries.
  if (caller.actor.kind === 'application' && caller.organisation !== null) return { kind: 'departments', organisation: caller.organisation }
  return { kind: 'public' }
}

/** Shown in the portal: published, not closed to the public, and not kept to departments. */
export const isPublic = (entry: Omit<Sightable, 'organisation' | 'visibleTo'>): boolean =>
  entry.state === 'published' && entry.visibility === 'all' && (entry.openingType === 'open' || entry.openingType === 'on-application')

/**
 * The rule itself. An index that cannot ask it entry by entry says the same in its own terms (`search/`), and a test holds
 * both against each other.
 */
export function isVisible(entry: Sightable, sight: Sight): boolean {
  if (sight.kind === 'everything') return true
  if (sight.kind === 'public') return isPublic(entry)
  if (entry.organisation === sight.organisation) return true
  return entry.state === 'published' && (entry.visibility !== 'named' || entry.visibleTo.includes(sight.organisation))
}

/** Whether those who see the entry may ask for its data at all. */
export const mayBeAskedFor = (entry: Pick<EntryRecord, 'state' | 'sharingType' | 'visibility'>): boolean =>
  entry.state === 'published' && entry.sharingType !== 'not-shared' && entry.visibility !== 'metadata-only'

/**
 * Whether data may be granted at all to an organisation, or to a developer of the public (null): it is shared or opened with
 * them, they see the entry, and it shows more than its description.
 */
export const mayBeGrantedTo = (organisation: string | null, entry: Sightable & Pick<EntryRecord, 'sharingType'>): boolean =>
  organisation === null
    ? entry.state === 'published' && entry.visibility === 'all' && entry.openingType !== 'closed'
    : mayBeAskedFor(entry) && isVisible(entry, { kind: 'departments', organisation })

/** @throws AppError `request/not-found` for what does not exist and for what may not be seen, alike */
export function requireVisible(entry: EntryRecord | undefined, caller: Caller): EntryRecord {
  if (entry === undefined || !isVisible(entry, sightOf(caller))) throw new AppError('request/not-found')
  return entry
}
