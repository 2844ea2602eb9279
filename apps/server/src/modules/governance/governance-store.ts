import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { CreditTable, GovernanceTables, SleepingTable } from './tables.ts'

export type CreditRow = Selectable<CreditTable> & { readonly before: string | null }
export type SleepingRow = Selectable<SleepingTable>

const MONTH_DAYS = 30
const YEAR_DAYS = 366
/** Any number that nobody else takes: "GOVR". */
const REFRESH_LOCK = 0x474f_5652

/** SQL of credit scores and sleeping data. `organisation` limits a read to one department; undefined reads all. */
export function createGovernanceStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<GovernanceTables>(db)

  return {
    /** False while another process is at the daily work. */
    async lockRefresh(trx: Trx): Promise<boolean> {
      const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${REFRESH_LOCK}) as mine`.execute(trx)
      return rows[0]?.mine === true
    },

    async hasCredit(trx: Trx, day: string): Promise<boolean> {
      return (await withTables<GovernanceTables>(trx).selectFrom('governance.credit').select('day').where('day', '=', day).limit(1).executeTakeFirst()) !== undefined
    },

    async insertCredit(trx: Trx, rows: Insertable<CreditTable>[]): Promise<void> {
      if (rows.length > 0) await withTables<GovernanceTables>(trx).insertInto('governance.credit').values(rows).execute()
    },

    /** The newest score of each department, the best first, with its score of a month before. */
    async newestCredit(organisation: string | undefined): Promise<CreditRow[]> {
      const one = organisation === undefined ? sql<SqlBool>`true` : sql<SqlBool>`c.organisation = ${organisation}`
      const { rows } = await sql<CreditRow>`
        select c.*, (select b.score from governance.credit b where b.organisation = c.organisation and b.day <= c.day - ${MONTH_DAYS}::int
          order by b.day desc limit 1) as before
        from governance.credit c
        where c.day = (select max(day) from governance.credit) and ${one} order by c.score desc, c.organisation`.execute(db)
      return rows
    },

    async history(organisation: string, until: string): Promise<{ day: string; score: number }[]> {
      const rows = await tables.selectFrom('governance.credit').select(['day', 'score']).where('organisation', '=', organisation)
        .where(sql<SqlBool>`day > ${until}::date - ${YEAR_DAYS}::int`).orderBy('day').execute()
      return rows.map(({ day, score }) => ({ day, score: Number(score) }))
    },

    async scoreOf(organisation: string): Promise<number | undefined> {
      const row = await tables.selectFrom('governance.credit').select('score').where('organisation', '=', organisation).orderBy('day', 'desc').limit(1).executeTakeFirst()
      return row === undefined ? undefined : Number(row.score)
    },

    async replaceSleeping(trx: Trx, rows: readonly Insertable<SleepingTable>[]): Promise<void> {
      const within = withTables<GovernanceTables>(trx)
      await within.deleteFrom('governance.sleeping').execute()
      for (let at = 0; at < rows.length; at += INSERTED_AT_ONCE) {
        await within.insertInto('governance.sleeping').values(rows.slice(at, at + INSERTED_AT_ONCE)).execute()
      }
    },

    async listSleeping(
      query: { limit?: number | undefined; cursor?: string | undefined; kind?: 'entry' | 'grant' | undefined }, organisation: string | undefined,
    ): Promise<{ rows: SleepingRow[]; nextCursor: string | null; total: number }> {
      const { limit = 20, cursor, kind } = query
      const fingerprint = { list: 'sleeping', kind, organisation }
      const conditions = [sql<SqlBool>`true`]
      if (kind !== undefined) conditions.push(sql<SqlBool>`kind = ${kind}`)
      if (organisation !== undefined) conditions.push(sql<SqlBool>`(provider = ${organisation} or consumer = ${organisation})`)
      const where = sql<SqlBool>`${sql.join(conditions, sql` and `)}`
      let page = tables.selectFrom('governance.sleeping').selectAll().where(where)
      if (cursor !== undefined) {
        const [at, lastKind, id] = cursors.decode(fingerprint, cursor)
        page = page.where(sql<SqlBool>`(awake_until, kind, id) > (${at}::timestamptz, ${lastKind}, ${id})`)
      }
      const [rows, { count }] = await Promise.all([
        page.orderBy('awake_until').orderBy('kind').orderBy('id').limit(limit + 1).execute(),
        tables.selectFrom('governance.sleeping').select(sql<number>`count(*)::int`.as('count')).where(where).executeTakeFirstOrThrow(),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: rows.slice(0, limit), total: count,
        nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.awake_until.toISOString(), last.kind, last.id]),
      }
    },
  }
}

const INSERTED_AT_ONCE = 1_000

export type GovernanceStore = ReturnType<typeof createGovernanceStore>
