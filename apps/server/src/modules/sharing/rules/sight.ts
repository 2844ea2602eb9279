import { AppError } from '@datong/kernel'
import { type Caller, holds, type Reach } from '../../../platform/caller.ts'
import type { RuleRow, RuleSight } from './rule-store.ts'

/** A department sees the city's rules and its own. */
export const ruleSightOf = (caller: Caller, reach: Reach): RuleSight =>
  (reach === 'all' ? { kind: 'all' } : { kind: 'department', organisation: caller.organisation })

/** @throws AppError `request/not-found`, alike for unknown and unseen */
export function requireSeen(row: RuleRow | undefined, sight: RuleSight): RuleRow {
  if (row !== undefined && (sight.kind === 'all' || row.scope_organisation === null || row.scope_organisation === sight.organisation)) return row
  throw new AppError('request/not-found')
}

/** The steward writes for the whole city, a provider's officers for the entries of their own department. */
export const mayWrite = (caller: Caller, scope: string | null): boolean =>
  (scope === null ? holds(caller, 'steward') : holds(caller, 'provider') && caller.organisation === scope)

/** The steward may also end a department's rule. */
export const mayRetire = (caller: Caller, scope: string | null): boolean => mayWrite(caller, scope) || holds(caller, 'steward')
