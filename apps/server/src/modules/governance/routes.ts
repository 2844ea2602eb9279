import { type Credit, operations, type Sleeping } from '@datong/contracts'
import { AppError, chinaDay } from '@datong/kernel'
import type { Caller, Reach } from '../../platform/caller.ts'
import { type Route, route } from '../../platform/route.ts'
import type { GovernanceContext } from './context.ts'
import type { CreditRow, SleepingRow } from './governance-store.ts'
import { daysBetween } from './sleeping/find-sleeping.ts'

export function governanceRoutes(context: GovernanceContext): Route[] {
  const { store, clock, organisations, sleepingAfterDays } = context

  const viewCredit = ({ organisation, day, score, components, violations, before }: CreditRow): Credit => ({
    organisation: organisations.ref(organisation), day, score: Number(score), components, violations, before: before === null ? null : Number(before),
  })
  const viewSleeping = (row: SleepingRow): Sleeping => ({
    kind: row.kind, id: row.id, number: row.number, entryCode: row.entry_code, title: row.title,
    provider: organisations.ref(row.provider), consumer: row.consumer === null ? null : organisations.ref(row.consumer),
    since: row.since.toISOString(), lastUsedAt: row.last_used_at?.toISOString() ?? null, days: daysBetween(row.awake_until, clock.now()),
  })

  return [
    route(operations.listCredit, async ({ caller, reach }) => {
      const rows = await store.newestCredit(within(caller, reach))
      return { items: rows.map(viewCredit), computedOn: rows[0]?.day ?? null }
    }),

    route(operations.getCredit, async ({ caller, reach, params }) => {
      const limit = within(caller, reach)
      const [row] = limit === undefined || limit === params.organisation ? await store.newestCredit(params.organisation) : []
      if (row === undefined) throw new AppError('request/not-found')
      return { credit: viewCredit(row), history: await store.history(params.organisation, chinaDay(clock.now())) }
    }),

    route(operations.listSleeping, async ({ caller, reach, query }) => {
      const { rows, nextCursor, total } = await store.listSleeping(query, within(caller, reach))
      return { items: rows.map(viewSleeping), nextCursor, total, afterDays: sleepingAfterDays }
    }),
  ]
}

/** The department that the answer is limited to; somebody without one, who reaches only his own, sees nothing. */
const within = (caller: Caller, reach: Reach): string | undefined => (reach === 'all' ? undefined : caller.organisation ?? '')
