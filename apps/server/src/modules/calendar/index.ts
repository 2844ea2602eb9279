import type { WorkingCalendar } from '@datong/kernel'
import type { Subscription } from '@datong/metadata-store'
import type { ServerModule } from '../../platform/server-module.ts'
import { CALENDAR_CHANNEL, type CalendarDeps, recountJob } from './context.ts'
import { createLiveCalendar } from './live-calendar.ts'
import { calendarMigration } from './migrations/20261122T0315-calendar.ts'
import { calendarRoutes } from './routes.ts'

export type { Recounted } from './context.ts'

export const calendarMigrations = [calendarMigration]

const RECOUNT_EVERY_MS = 3_600_000

export interface Calendar extends ServerModule {
  /** The working calendar as it is now; hold it, it stays new. */
  readonly working: WorkingCalendar
}

export function createCalendar(deps: CalendarDeps): Calendar {
  const { store, jobs, log } = deps
  const { calendar, refresh } = createLiveCalendar(store.db, () => deps.clock.now())
  let subscription: Subscription | undefined
  let timer: NodeJS.Timeout | undefined
  const refreshSoon = (): void => void refresh().catch((error: unknown) => log.error({ err: error }, 'the calendar could not be read anew'))
  return {
    working: calendar,
    routes: calendarRoutes(deps),
    async start() {
      subscription = await store.listen(CALENDAR_CHANNEL, refreshSoon, { onRestored: refreshSoon })
      await refresh()
      await jobs.work(recountJob, async (_, { jobId }) => {
        await refresh()
        const recounted = await deps.recount()
        const count = recounted.reduce((sum, one) => sum + one.count, 0)
        if (count > 0) log.info({ count }, 'running clocks were counted anew')
        await deps.tell(recounted, jobId)
      })
      // A new year, a newer package, or a clock that another process began a moment before it heard of a change.
      timer = setInterval(() => {
        refreshSoon()
        jobs.enqueue(store.db, recountJob, {}, { key: 'recount' }).catch((error: unknown) => log.warn({ err: error }, 'counting clocks anew could not be asked for'))
      }, RECOUNT_EVERY_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await subscription?.close()
    },
  }
}
