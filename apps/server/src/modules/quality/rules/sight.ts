import { AppError } from '@datong/kernel'
import { type Caller, holds, type Reach } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { QualityContext } from '../context.ts'
import type { RuleRow } from './rule-store.ts'

/** The steward writes rules for every entry, a provider's officers for those of their own department. */
export const mayKeep = (context: Pick<QualityContext, 'catalog'>, caller: Caller, entry: EntryRecord): boolean =>
  holds(caller, 'steward') || context.catalog.owns(caller, entry)

/** @throws AppError `request/not-found` alike for unknown entries, unseen ones and those of others */
export async function requireKept(context: Pick<QualityContext, 'catalog'>, code: string, caller: Caller): Promise<EntryRecord> {
  const entry = await context.catalog.requireVisible(code, caller)
  if (!mayKeep(context, caller, entry)) throw new AppError('request/not-found')
  return entry
}

/** Codes of the entries whose rules a caller oversees; null: of all. */
export async function overseen(context: Pick<QualityContext, 'catalog'>, caller: Caller, reach: Reach, organisation?: string): Promise<readonly string[] | null> {
  if (reach === 'all') return organisation === undefined ? null : context.catalog.codesOf(organisation)
  if (caller.organisation === null || (organisation !== undefined && organisation !== caller.organisation)) return []
  return context.catalog.codesOf(caller.organisation)
}

/** A rule with its entry. @throws AppError `request/not-found` alike for unknown and unseen ones */
export async function requireRule(context: Pick<QualityContext, 'catalog' | 'rules'>, id: string, caller: Caller): Promise<{ rule: RuleRow; entry: EntryRecord }> {
  const rule = await context.rules.find(id)
  if (rule === undefined) throw new AppError('request/not-found')
  return { rule, entry: await context.catalog.requireVisible(rule.entry_code, caller) }
}
