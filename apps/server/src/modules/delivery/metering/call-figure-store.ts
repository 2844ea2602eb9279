import { type Db, withTables } from '@datong/metadata-store'
import { sql, type SqlBool } from 'kysely'
import type { DeliveryTables } from '../tables.ts'
import { seen, type UsageSight } from './usage-sight.ts'

/** How calls of one app to one entry went on one day; `latency` counts them by the classes of the call meter. */
export interface CallFigure {
  readonly day: string
  readonly entryCode: string
  readonly organisation: string | null
  readonly appId: string | null
  calls: number
  errors: Record<string, number>
  latency: number[]
}

/** Of the call meter; figures with as many are added up without being taken apart. */
const LATENCY_CLASSES = 12

const ADD = `insert into delivery.call_figure (day, entry_code, organisation, app_id, calls, errors, latency)
  select day, "entryCode", organisation, "appId", calls, errors, latency
  from json_to_recordset($1) as f(day date, "entryCode" text, organisation text, "appId" uuid, calls bigint, errors jsonb, latency bigint[])
  on conflict (day, entry_code, organisation, app_id) do update set calls = call_figure.calls + excluded.calls,
    errors = case when excluded.errors = '{}' then call_figure.errors else delivery.add_counts(call_figure.errors, excluded.errors) end,
    latency = case when cardinality(call_figure.latency) = ${LATENCY_CLASSES} and cardinality(excluded.latency) = ${LATENCY_CLASSES}
      then array[${Array.from({ length: LATENCY_CLASSES }, (_, index) => `call_figure.latency[${index + 1}] + excluded.latency[${index + 1}]`).join(', ')}]
      else delivery.add_each(call_figure.latency, excluded.latency) end`

/** SQL of how calls went. */
export function createCallFigureStore(db: Db, query: (statement: { name: string; text: string; values: unknown[] }) => Promise<unknown>) {
  const tables = withTables<DeliveryTables>(db)
  return {
    async add(figures: readonly CallFigure[]): Promise<void> {
      // Always in the same order, so that two processes never wait for each other's rows crosswise.
      const inOrder = [...figures].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      await query({ name: 'delivery-call-figures', text: ADD, values: [JSON.stringify(inOrder)] })
    },

    /** Errors a day, errors by code, and the time of calls, in sight. */
    async figures(sight: UsageSight, filter: { entryCode?: string | undefined; appId?: string | undefined; since: string }) {
      // Figures of calls know no grants: a person's own apps are told by their grants' usage alone.
      if (sight.kind === 'grants' && filter.appId === undefined) return { days: [], errors: [], latency: [] }
      const conditions = [sql<SqlBool>`day >= ${filter.since}::date`, ...(sight.kind === 'grants' ? [] : [seen(sight)])]
      if (filter.entryCode !== undefined) conditions.push(sql<SqlBool>`entry_code = ${filter.entryCode}`)
      if (filter.appId !== undefined) conditions.push(sql<SqlBool>`app_id = ${filter.appId}`)
      const where = sql<SqlBool>`${sql.join(conditions, sql` and `)}`
      const [days, errors, latency] = await Promise.all([
        tables.selectFrom('delivery.call_figure').where(where).groupBy('day')
          .select(['day', sql<number>`sum((select coalesce(sum(value::bigint), 0) from jsonb_each_text(errors)))::bigint`.as('errors')]).execute(),
        sql<{ code: string; count: number }>`select key as code, sum(value::bigint)::bigint as count from delivery.call_figure, jsonb_each_text(errors)
          where ${where} group by key order by count desc, code limit 20`.execute(db),
        sql<{ count: number }>`select sum(counted.count)::bigint as count from delivery.call_figure, unnest(latency) with ordinality as counted(count, place)
          where ${where} group by place order by place`.execute(db),
      ])
      return { days, errors: errors.rows, latency: latency.rows.map(({ count }) => count) }
    },
  }
}

const keyOf = ({ day, entryCode, organisation, appId }: CallFigure): string => `${day} ${entryCode} ${organisation ?? ''} ${appId ?? ''}`

export type CallFigureStore = ReturnType<typeof createCallFigureStore>
