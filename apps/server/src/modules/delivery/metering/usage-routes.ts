import { operations } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import { type Route, route } from '../../../platform/route.ts'
import type { DeliveryContext } from '../context.ts'
import { percentileMs } from './call-meter.ts'
import { usageSightOf } from './usage-sight.ts'

const DAY_MS = 86_400_000
const NO_CALLS: Awaited<ReturnType<DeliveryContext['callFigures']['figures']>> = { days: [], errors: [], latency: [] }

export function usageRoutes(context: DeliveryContext): Route[] {
  return [
    route(operations.usage, async ({ caller, query }) => {
      const now = context.clock.now()
      const today = chinaDay(now)
      const since = chinaDay(new Date(now.getTime() - ((query.days ?? 30) - 1) * DAY_MS))
      const sight = await usageSightOf(context, caller)
      const { entryCode, grantId } = query
      const figures = await context.usage.figures(sight, { grantId, entryCode, since, today })
      const grants = await context.sharing.findGrants([...figures.byGrant.map((row) => row.grant_id!), ...(grantId === undefined ? [] : [grantId])]) // only rows that have one
      const grant = grantId === undefined || (sight.kind === 'grants' && !sight.ids.includes(grantId)) ? undefined : grants.get(grantId)
      // Calls know no grant, but the app that it was made for: of a grant that is unknown or another's there is nothing to tell.
      const calls = grantId !== undefined && grant === undefined ? NO_CALLS
        : await context.callFigures.figures(sight, { since, entryCode: entryCode ?? grant?.entry_code, appId: grant?.app_id })
      const entries = new Map((await context.catalog.findMany(figures.byEntry.map((row) => row.entry_code))).map((entry) => [entry.code, entry]))
      const byDay = new Map(figures.days.map((row) => [row.day, row]))
      const errors = new Map(calls.days.map((row) => [row.day, row.errors]))
      return {
        // Days without a call are days too: a chart must not leave them out.
        days: daysFrom(since, today).map((day) => ({ ...byDay.get(day) ?? { day, calls: 0, rows: 0, bytes: 0 }, errors: errors.get(day) ?? 0 })),
        byEntry: figures.byEntry.map(({ entry_code: code, calls: count, rows }) => ({ entryCode: code, title: entries.get(code)?.title ?? code, calls: count, rows })),
        byConsumer: figures.byConsumer.map(({ organisation, calls: count, rows }) => ({
          ...nameOf(context, organisation), calls: count, rows,
        })),
        byPurpose: summed(figures.byGrant.map((row) => ({ ...row, name: grants.get(row.grant_id!)?.purpose ?? '' }))).map(({ name, ...sum }) => ({ purpose: name, ...sum })), // as above
        byGrade: summed(figures.byEntry.map((row) => ({ ...row, name: entries.get(row.entry_code)?.grade ?? 'internal' as const }))).map(({ name, ...sum }) => ({ grade: name, ...sum })),
        errors: calls.errors,
        p50Ms: percentileMs(calls.latency, 0.5),
        p95Ms: percentileMs(calls.latency, 0.95),
        totalCalls: figures.days.reduce((sum, day) => sum + day.calls, 0),
        totalRows: figures.days.reduce((sum, day) => sum + day.rows, 0),
        callsToday: figures.callsToday,
      }
    }),
  ]
}

/** Who called, in both languages; nobody's calls are the public's. */
function nameOf({ organisations }: Pick<DeliveryContext, 'organisations'>, code: string | null): { organisation: string; name: string; nameEn: string } {
  if (code === null) return { organisation: 'public', name: '公众', nameEn: 'The public' }
  const { name, nameEn } = organisations.ref(code)
  return { organisation: code, name, nameEn }
}

/** Calendar days from the first to the last, both included. */
function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** Rows of the same name as one, the most called first. */
function summed<N extends string>(rows: readonly { readonly name: N; readonly calls: number; readonly rows: number }[]): { name: N; calls: number; rows: number }[] {
  const sums = new Map<N, { name: N; calls: number; rows: number }>()
  for (const { name, calls, rows: count } of rows) {
    const sum = sums.get(name) ?? { name, calls: 0, rows: 0 }
    sums.set(name, { name, calls: sum.calls + calls, rows: sum.rows + count })
  }
  return [...sums.values()].sort((a, b) => b.calls - a.calls)
}
