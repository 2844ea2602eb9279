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

export function sightOf(caller: Caller): Sight {
  if (holds(caller, 'steward') || holds(caller, 'auditor')) return { kind: 'everything' }
  const officer = (['provider', 'consumer', 'security', 'leader'] as const).some((role) => holds(caller, role))
  if (officer && caller.organisation !== null) return { kind: 'departments', organisation: caller.organisation }
  // A department's system calling with its key sees what its officers see of others' entries.
  if (caller.actor.kind === 'application' && caller.organisation !== null) return { kind: 'departments', organisation: caller.organisation }
  return { kind: 'public' }
}

/** Shown in the portal: published, and not closed to the public. */
const isPublic = (entry: EntryRecord): boolean =>
  entry.state === 'published' && (entry.openingType === 'open' || entry.openingType === 'on-application')

export function isVisible(entry: EntryRecord, sight: Sight): boolean {
  if (sight.kind === 'everything') return true
  if (sight.kind === 'public') return isPublic(entry)
  return entry.state === 'published' || entry.organisation === sight.organisation
}

/** @throws AppError `request/not-found` for what does not exist and for what may not be seen, alike */
export function requireVisible(entry: EntryRecord | undefined, caller: Caller): EntryRecord {
  if (entry === undefined || !isVisible(entry, sightOf(caller))) throw new AppError('request/not-found')
  return entry
}
