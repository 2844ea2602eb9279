import type { GrantRow } from '../sharing-store.ts'
import type { Quota } from '../tables.ts'

/** A grant's quota as it is shown and recorded. */
export const quotaOf = ({ quota_per_second, quota_per_day, quota_total }: Pick<GrantRow, 'quota_per_second' | 'quota_per_day' | 'quota_total'>): Quota => ({
  perSecond: quota_per_second, perDay: quota_per_day, ...(quota_total === null ? {} : { total: quota_total }),
})

/** What two quotas both allow. */
export function smaller(a: Quota, b: Quota): Quota {
  const total = Math.min(a.total ?? Infinity, b.total ?? Infinity)
  return { perSecond: Math.min(a.perSecond, b.perSecond), perDay: Math.min(a.perDay, b.perDay), ...(total === Infinity ? {} : { total }) }
}
