import type { HarvestSchedule } from '@datong/contracts'

const HOUR_MS = 3_600_000
const EVERY_MS: Readonly<Record<HarvestSchedule, number | null>> = { manual: null, hourly: HOUR_MS, daily: 24 * HOUR_MS, weekly: 7 * 24 * HOUR_MS }

/** When a source is asked next after `from`; null when only people ask it. */
export function afterSchedule(schedule: HarvestSchedule, from: Date): Date | null {
  const every = EVERY_MS[schedule]
  return every === null ? null : new Date(from.getTime() + every)
}
