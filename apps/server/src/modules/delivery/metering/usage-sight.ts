import { sql, type SqlBool } from 'kysely'
import { type Caller, holds } from '../../../platform/caller.ts'
import type { DeliveryDeps } from '../deps.ts'

/** Which uses a caller may see figures of. */
export type UsageSight =
  | { readonly kind: 'all' }
  | { readonly kind: 'organisation'; readonly organisation: string; readonly entries: readonly string[] }
  | { readonly kind: 'grants'; readonly ids: readonly string[] }

/** Those who look on see all; departments what they take and what is taken from them; developers their own grants. */
export async function usageSightOf({ catalog, sharing }: Pick<DeliveryDeps, 'catalog' | 'sharing'>, caller: Caller): Promise<UsageSight> {
  const all = (['steward', 'security', 'auditor', 'leader'] as const).some((role) => holds(caller, role))
  if (all) return { kind: 'all' }
  if (caller.organisation !== null && (holds(caller, 'provider') || holds(caller, 'consumer'))) {
    const entries = holds(caller, 'provider') ? await catalog.codesOf(caller.organisation) : []
    return { kind: 'organisation', organisation: caller.organisation, entries }
  }
  return { kind: 'grants', ids: await sharing.grantIdsOfApplicant(caller.actor.id) }
}

/** The condition on rows with `organisation`, `entry_code` and, for a person's own, `grant_id`. */
export function seen(sight: UsageSight) {
  if (sight.kind === 'all') return sql<SqlBool>`true`
  if (sight.kind === 'grants') return sight.ids.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`grant_id in (${sql.join(sight.ids)})`
  const own = sql<SqlBool>`organisation = ${sight.organisation}`
  return sight.entries.length === 0 ? own : sql<SqlBool>`(${own} or entry_code in (${sql.join(sight.entries)}))`
}
