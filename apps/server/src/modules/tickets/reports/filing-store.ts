import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { TicketsTables } from '../tables.ts'
import type { TicketRow } from '../ticket-store.ts'
import { BY_ADDRESS } from './filer.ts'

/** One time that somebody reported something. */
export interface Filing {
  readonly ticketId: string
  readonly entryCode: string
  readonly filer: string
  readonly accountId: string | null
  readonly public: boolean
  readonly at: Date
}

/** SQL of who reported what. */
export function createFilingStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<TicketsTables>(db)
  const within = (trx: Trx) => withTables<TicketsTables>(trx)
  return {
    /** How many reports one has made since an instant; until the transaction ends he makes no other. */
    async lockFiler(trx: Trx, filer: string, since: Date): Promise<number> {
      await sql`select pg_advisory_xact_lock(hashtext('tickets.filer'), hashtext(${filer}))`.execute(trx)
      const { count } = await within(trx).selectFrom('tickets.filing').select(sql<number>`count(*)::int`.as('count')).where('filer', '=', filer).where('at', '>', since).executeTakeFirstOrThrow()
      return count
    },
    /** How many reports of the public an entry has had since an instant. */
    async publicSince(trx: Trx, entryCode: string, since: Date): Promise<number> {
      const { count } = await within(trx).selectFrom('tickets.filing').select(sql<number>`count(*)::int`.as('count')).where('entry_code', '=', entryCode).where('public', '=', true).where('at', '>', since)
        .executeTakeFirstOrThrow()
      return count
    },
    async insert(trx: Trx, { ticketId, entryCode, filer, accountId, public: ofPublic, at }: Filing): Promise<void> {
      await within(trx).insertInto('tickets.filing').values({ ticket_id: ticketId, entry_code: entryCode, filer, account_id: accountId, public: ofPublic, at }).execute()
    },
    /** A report of the same that is not ended, locked. Two of the same wait for each other. */
    async lockSame(trx: Trx, fingerprint: Buffer): Promise<TicketRow | undefined> {
      await sql`select pg_advisory_xact_lock(hashtext('tickets.same'), hashtext(${fingerprint.toString('hex')}))`.execute(trx)
      return within(trx).selectFrom('tickets.ticket').selectAll().where('fingerprint', '=', fingerprint).where('closed_at', 'is', null).forUpdate().executeTakeFirst()
    },
    async supports(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (ids.length === 0) return new Map()
      const rows = await tables.selectFrom('tickets.filing').where('ticket_id', 'in', [...ids]).groupBy('ticket_id').select(['ticket_id', sql<number>`count(distinct filer)::int`.as('count')]).execute()
      return new Map(rows.map(({ ticket_id, count }) => [ticket_id, count]))
    },
    /** Whether the account reported it, or, for null, somebody without one. */
    async hasFiled(ticketId: string, accountId: string | null): Promise<boolean> {
      const query = tables.selectFrom('tickets.filing').select('id').where('ticket_id', '=', ticketId)
      return (await (accountId === null ? query.where('filer', 'like', `${BY_ADDRESS}%`) : query.where('account_id', '=', accountId)).limit(1).executeTakeFirst()) !== undefined
    },
    async accountsOf(ticketId: string): Promise<string[]> {
      const rows = await tables.selectFrom('tickets.filing').select('account_id').distinct().where('ticket_id', '=', ticketId).where('account_id', 'is not', null).execute()
      return rows.flatMap(({ account_id }) => account_id ?? [])
    },
    /** What an account reported, the newest first. */
    async ofAccount(accountId: string, query: { limit?: number | undefined; cursor?: string | undefined }): Promise<{ rows: TicketRow[]; nextCursor: string | null }> {
      const { limit = 20, cursor } = query
      const fingerprint = { list: 'reports', accountId }
      let page = tables.selectFrom('tickets.ticket').selectAll().where('id', 'in', tables.selectFrom('tickets.filing').select('ticket_id').where('account_id', '=', accountId))
      if (cursor !== undefined) page = page.where('id', '<', String(cursors.decode(fingerprint, cursor)[0]))
      const rows = await page.orderBy('id', 'desc').limit(limit + 1).execute()
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.id]) }
    },
  }
}

export type FilingStore = ReturnType<typeof createFilingStore>
