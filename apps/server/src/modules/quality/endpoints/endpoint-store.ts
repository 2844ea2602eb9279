import { type Db, inTransaction, withTables } from '@datong/metadata-store'
import { type Selectable, sql, type SqlBool } from 'kysely'
import type { EndpointSeenTable, EndpointTable, QualityTables } from '../tables.ts'
import type { Endpoint, Seen } from './endpoint.ts'

export type EndpointRow = Selectable<EndpointTable>
export type SeenRow = Selectable<EndpointSeenTable>

/** SQL of endpoints and what they answered. */
export function createEndpointStore(db: Db) {
  const tables = withTables<QualityTables>(db)
  return {
    async ofEntry(entryCode: string): Promise<EndpointRow[]> {
      return tables.selectFrom('quality.endpoint').selectAll().where('entry_code', '=', entryCode).orderBy(sql`kind = 'link'`).orderBy('address').execute()
    },

    /** Takes these for the endpoints of an entry; what is known of those that stay is kept. */
    async note(entryCode: string, endpoints: readonly Endpoint[]): Promise<EndpointRow[]> {
      const known = await this.ofEntry(entryCode)
      const gone = known.filter(({ address }) => endpoints.every((one) => one.address !== address)).map(({ address }) => address)
      const fresh = endpoints.filter(({ address }) => known.every((one) => one.address !== address))
      if (gone.length === 0 && fresh.length === 0) return known
      if (gone.length > 0) await tables.deleteFrom('quality.endpoint').where('entry_code', '=', entryCode).where('address', 'in', gone).execute()
      if (fresh.length > 0) {
        await tables.insertInto('quality.endpoint').values(fresh.map(({ kind, address }) => ({ entry_code: entryCode, kind, address }))).onConflict((conflict) => conflict.doNothing()).execute()
      }
      return this.ofEntry(entryCode)
    },

    /** Keeps what an endpoint answered. @returns whether it is up now and was not, or the other way round */
    async record(entryCode: string, address: string, seen: Seen, at: Date): Promise<boolean> {
      return inTransaction(db, async (trx) => {
        const inside = withTables<QualityTables>(trx)
        const { up, status, milliseconds, reason } = seen
        const before = await inside.selectFrom('quality.endpoint').select(['up', 'asked_at']).where('entry_code', '=', entryCode).where('address', '=', address).forUpdate().executeTakeFirst()
        if (before === undefined) return false
        const isTurned = before.up !== up
        await inside.updateTable('quality.endpoint').set({ up, status, milliseconds, reason, asked_at: at, ...(isTurned || before.asked_at === null ? { since: at } : {}) })
          .where('entry_code', '=', entryCode).where('address', '=', address).execute()
        await inside.insertInto('quality.endpoint_seen').values({ entry_code: entryCode, address, at, up, status, milliseconds, reason }).onConflict((conflict) => conflict.doNothing()).execute()
        return isTurned
      })
    },

    /** What endpoints of an entry answered, the newest first. @param limit for each */
    async history(entryCode: string, limit: number): Promise<SeenRow[]> {
      const { rows } = await sql<SeenRow>`select entry_code, address, at, up, status, milliseconds, reason from
        (select *, row_number() over (partition by address order by at desc) as place from quality.endpoint_seen where entry_code = ${entryCode}) s
        where place <= ${limit} order by at desc`.execute(db)
      return rows
    },

    /** Entries with an endpoint to ask, those longest not asked first. @param soon what is ours or down and was asked before this, @param late what is elsewhere and up */
    async due({ soon, late }: { readonly soon: Date; readonly late: Date }, limit: number): Promise<string[]> {
      const { rows } = await sql<{ code: string }>`select entry_code as code from quality.endpoint
        where ${sql<SqlBool>`asked_at is null or asked_at <= ${late} or (asked_at <= ${soon} and (kind = 'rows' or up = false))`}
        group by entry_code order by min(asked_at) nulls first, entry_code limit ${limit}`.execute(db)
      return rows.map(({ code }) => code)
    },

    async forget(entryCode: string): Promise<void> {
      await tables.deleteFrom('quality.endpoint').where('entry_code', '=', entryCode).execute()
    },

    async forgetBefore(at: Date): Promise<void> {
      await tables.deleteFrom('quality.endpoint_seen').where('at', '<', at).execute()
    },
  }
}

export type EndpointStore = ReturnType<typeof createEndpointStore>
