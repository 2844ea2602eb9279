import { type Db, withTables } from '@datong/metadata-store'
import { chinaDay } from '@datong/kernel'
import { sql, type SqlBool } from 'kysely'
import type pg from 'pg'
import type { TimedUsage } from '../../evidence/index.ts'
import type { DeliveryTables } from '../tables.ts'
import { seen, type UsageSight } from './usage-sight.ts'

const UPSERT = `insert into delivery.usage (day, entry_code, grant_id, organisation, calls, rows, bytes, last_at)
  select * from unnest($1::date[], $2::text[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::timestamptz[])
  on conflict (day, entry_code, grant_id, organisation) do update set
    calls = usage.calls + excluded.calls, rows = usage.rows + excluded.rows, bytes = usage.bytes + excluded.bytes,
    last_at = greatest(usage.last_at, excluded.last_at)`

interface Sum {
  day: string
  use: TimedUsage
  calls: number
  rows: number
  bytes: number
  at: Date
}

/** Adds up a batch by day, entry, grant and organisation. */
function sums(batch: readonly TimedUsage[]): Sum[] {
  const byKey = new Map<string, Sum>()
  let [at, day]: [Date | undefined, string] = [undefined, '']
  for (const use of batch) {
    // Uses that were recorded together share their time.
    if (use.at !== at) [at, day] = [use.at, chinaDay(use.at)]
    const key = `${day} ${use.entryCode} ${use.grantId ?? ''} ${use.organisation ?? ''}`
    const sum = byKey.get(key)
    if (sum === undefined) byKey.set(key, { day, use, calls: use.calls, rows: use.rows, bytes: use.bytes, at: use.at })
    else {
      sum.calls += use.calls
      sum.rows += use.rows
      sum.bytes += use.bytes
      if (use.at > sum.at) sum.at = use.at
    }
  }
  // Always in the same order, so that two processes never wait for each other's rows crosswise.
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}

/** When entries were last used, by whom, and when grants were. */
export interface LastUses {
  /** One for each entry and organisation; the public and systems without one have none. */
  readonly entries: readonly { readonly entryCode: string; readonly organisation: string | null; readonly at: Date }[]
  readonly grants: ReadonlyMap<string, Date>
}

/** Metering: what was delivered, by day, entry, grant and organisation. */
export function createUsageStore(db: Db) {
  const tables = withTables<DeliveryTables>(db)

  return {
    /** Writes a batch through a connection whose transaction is open: that in which its evidence gets its place, for what has evidence. */
    async write(client: Pick<pg.ClientBase, 'query'>, batch: readonly TimedUsage[]): Promise<void> {
      const rows = sums(batch)
      await client.query({
        name: 'delivery-usage-upsert', text: UPSERT,
        values: [
          rows.map((row) => row.day), rows.map((row) => row.use.entryCode), rows.map((row) => row.use.grantId), rows.map((row) => row.use.organisation),
          rows.map((row) => row.calls), rows.map((row) => row.rows), rows.map((row) => row.bytes), rows.map((row) => row.at),
        ],
      })
    },

    async lastUses(): Promise<LastUses> {
      const last = sql<Date>`max(last_at)`.as('at')
      const [entries, grants] = await Promise.all([
        tables.selectFrom('delivery.usage').select(['entry_code as entryCode', 'organisation', last]).groupBy(['entry_code', 'organisation']).execute(),
        tables.selectFrom('delivery.usage').select(['grant_id', last]).where('grant_id', 'is not', null).groupBy('grant_id').execute(),
      ])
      return {
        entries,
        grants: new Map(grants.map(({ grant_id, at }) => [grant_id!, at])), // only those that have one
      }
    },

    async callsOfGrant(grantId: string, day: string): Promise<number> {
      const row = await tables.selectFrom('delivery.usage').select(sql<number>`coalesce(sum(calls), 0)::bigint`.as('calls'))
        .where('grant_id', '=', grantId).where('day', '=', day).executeTakeFirstOrThrow()
      return row.calls
    },

    async callsOfGrantBefore(grantId: string, day: string): Promise<number> {
      const row = await tables.selectFrom('delivery.usage').select(sql<number>`coalesce(sum(calls), 0)::bigint`.as('calls'))
        .where('grant_id', '=', grantId).where('day', '<', day).executeTakeFirstOrThrow()
      return row.calls
    },

    async byGrant(grantIds: readonly string[], today: string) {
      if (grantIds.length === 0) return []
      return tables.selectFrom('delivery.usage').where('grant_id', 'in', [...grantIds]).groupBy('grant_id')
        .select([
          'grant_id', sql<number>`sum(calls)::bigint`.as('calls'), sql<number>`sum(rows)::bigint`.as('rows'),
          sql<number>`coalesce(sum(calls) filter (where day = ${today}::date), 0)::bigint`.as('callsToday'), sql<Date>`max(last_at)`.as('lastAt'),
        ]).execute()
    },

    async figures(sight: UsageSight, filter: { grantId?: string | undefined; entryCode?: string | undefined; since: string; today: string }) {
      const conditions = [sql<SqlBool>`day >= ${filter.since}::date`, seen(sight)]
      if (filter.grantId !== undefined) conditions.push(sql<SqlBool>`grant_id = ${filter.grantId}`)
      if (filter.entryCode !== undefined) conditions.push(sql<SqlBool>`entry_code = ${filter.entryCode}`)
      const where = sql<SqlBool>`${sql.join(conditions, sql` and `)}`
      const figures = [sql<number>`sum(calls)::bigint`.as('calls'), sql<number>`sum(rows)::bigint`.as('rows')] as const
      const base = tables.selectFrom('delivery.usage').where(where)
      const [days, byEntry, byConsumer, byGrant] = await Promise.all([
        base.select(['day', ...figures, sql<number>`sum(bytes)::bigint`.as('bytes')]).groupBy('day').orderBy('day').execute(),
        base.select(['entry_code', ...figures]).groupBy('entry_code').orderBy('calls', 'desc').limit(50).execute(),
        base.select(['organisation', ...figures]).groupBy('organisation').orderBy('calls', 'desc').limit(50).execute(),
        base.select(['grant_id', ...figures]).where('grant_id', 'is not', null).groupBy('grant_id').orderBy('calls', 'desc').limit(1_000).execute(),
      ])
      return { days, byEntry, byConsumer, byGrant, callsToday: days.find(({ day }) => day === filter.today)?.calls ?? 0 }
    },
  }
}

export type UsageStore = ReturnType<typeof createUsageStore>
