import type { Insertable } from 'kysely'
import type { PublishedEntry } from '../../catalog/index.ts'
import type { LastUses } from '../../delivery/index.ts'
import type { GrantInForce } from '../../sharing/index.ts'
import type { SleepingTable } from '../tables.ts'

const DAY_MS = 86_400_000

/** Whole days from one time to another. */
export const daysBetween = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / DAY_MS)

/**
 * Entries and grants that nobody has used for `afterDays` days; those younger than that cannot sleep yet. An owner who
 * looks at his own data does not wake them.
 */
export function findSleeping(
  entries: readonly PublishedEntry[], grants: readonly GrantInForce[], uses: LastUses, now: Date, afterDays: number,
): Insertable<SleepingTable>[] {
  const later = (since: Date, used: Date | undefined): Date => (used !== undefined && used > since ? used : since)
  const ownerOf = new Map(entries.map(({ code, organisation }) => [code, organisation]))
  const usedByOthers = new Map<string, Date>()
  for (const { entryCode, organisation, at } of uses.entries) {
    if (organisation === null || organisation !== ownerOf.get(entryCode)) usedByOthers.set(entryCode, later(at, usedByOthers.get(entryCode)))
  }
  const asleep = [
    ...entries.map((entry): Insertable<SleepingTable> => {
      const used = usedByOthers.get(entry.code)
      return {
        kind: 'entry', id: entry.code, number: entry.code, entry_code: entry.code, title: entry.title, provider: entry.organisation, consumer: null,
        since: entry.publishedAt, last_used_at: used ?? null, awake_until: later(entry.publishedAt, used),
      }
    }),
    ...grants.map((grant): Insertable<SleepingTable> => {
      const used = uses.grants.get(grant.id)
      return {
        kind: 'grant', id: grant.id, number: grant.number, entry_code: grant.entryCode, title: grant.entryTitle, provider: grant.provider,
        consumer: grant.consumer, since: grant.since, last_used_at: used ?? null, awake_until: later(grant.since, used),
      }
    }),
  ]
  return asleep.filter((one) => daysBetween(one.awake_until, now) >= afterDays)
}
