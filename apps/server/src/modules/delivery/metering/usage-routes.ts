import { operations } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { type Caller, holds } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import type { UsageSight } from './usage-store.ts'

const DAY_MS = 86_400_000

export function usageRoutes(context: DeliveryContext): Route[] {
  return [
    route(operations.usage, async ({ caller, query }) => {
      const now = context.clock.now()
      const today = chinaDay(now)
      const since = chinaDay(new Date(now.getTime() - ((query.days ?? 30) - 1) * DAY_MS))
      const figures = await context.usage.figures(await usageSight(context, caller), { grantId: query.grantId, entryCode: query.entryCode, since, today })
      const titles = new Map((await context.catalog.findMany(figures.byEntry.map((row) => row.entry_code))).map((entry) => [entry.code, entry.title]))
      const byDay = new Map(figures.days.map((row) => [row.day, row]))
      return {
        // Days without a call are days too: a chart must not leave them out.
        days: daysFrom(since, today).map((day) => byDay.get(day) ?? { day, calls: 0, rows: 0, bytes: 0 }),
        byEntry: figures.byEntry.map(({ entry_code, calls, rows }) => ({ entryCode: entry_code, title: titles.get(entry_code) ?? entry_code, calls, rows })),
        byConsumer: figures.byConsumer.map(({ organisation, calls, rows }) => ({
          organisation: organisation ?? 'public', name: organisation === null ? '公众' : context.organisations.ref(organisation).name, calls, rows,
        })),
        totalCalls: figures.days.reduce((sum, day) => sum + day.calls, 0),
        totalRows: figures.days.reduce((sum, day) => sum + day.rows, 0),
        callsToday: figures.callsToday,
      }
    }),
  ]
}

/** Calendar days from the first to the last, both included. */
function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

async function usageSight(context: DeliveryContext, caller: Caller): Promise<UsageSight> {
  const all = (['steward', 'security', 'auditor', 'leader'] as const).some((role) => holds(caller, role))
  if (all) return { kind: 'all' }
  if (caller.organisation !== null && (holds(caller, 'provider') || holds(caller, 'consumer'))) {
    const entries = holds(caller, 'provider') ? await context.catalog.codesOf(caller.organisation) : []
    return { kind: 'organisation', organisation: caller.organisation, entries }
  }
  return { kind: 'grants', ids: await context.sharing.grantIdsOfApplicant(caller.actor.id) }
}
