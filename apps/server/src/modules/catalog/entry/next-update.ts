import { chinaDay, endOfChinaDay } from '@datong/kernel'

const MONTHS: Readonly<Record<string, number>> = { monthly: 1, quarterly: 3, yearly: 12 }
const DAYS: Readonly<Record<string, number>> = { daily: 1, weekly: 7 }

/**
 * When the next data is due: one cycle after the last, until the end of that day in China; the 31st of a shorter month
 * is its last day. Null for `realtime`, `irregular`, and where there is no data yet.
 */
export function nextUpdateDueAt(updateCycle: string, dataUpdatedAt: Date | null): Date | null {
  if (dataUpdatedAt === null) return null
  const [year, month, day] = chinaDay(dataUpdatedAt).split('-').map(Number) as [number, number, number] // an ISO date has three parts
  const months = MONTHS[updateCycle]
  if (months !== undefined) {
    const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0))
    const due = new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth.getUTCDate())))
    return endOfChinaDay(due.toISOString().slice(0, 10))
  }
  const days = DAYS[updateCycle]
  return days === undefined ? null : endOfChinaDay(new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10))
}
