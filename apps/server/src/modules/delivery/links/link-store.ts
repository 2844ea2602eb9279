import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { LinkRow, LinkTables, TransferRow } from './tables.ts'

const LIVE = ['preparing', 'ready'] as const

export function createLinkStore(db: Db) {
  const tables = withTables<LinkTables>(db)
  const within = (trx: Trx) => withTables<LinkTables>(trx)

  return {
    async insert(trx: Trx, row: Insertable<LinkTables['delivery.link']>): Promise<void> {
      await within(trx).insertInto('delivery.link').values(row).execute()
    },

    find: (id: string): Promise<LinkRow | undefined> => tables.selectFrom('delivery.link').selectAll().where('id', '=', id).executeTakeFirst(),

    findByToken: (hash: Buffer): Promise<LinkRow | undefined> =>
      tables.selectFrom('delivery.link').selectAll().where('token_hash', '=', hash).executeTakeFirst(),

    /** Locks it until the transaction ends. */
    lock: (trx: Trx, id: string): Promise<LinkRow | undefined> =>
      within(trx).selectFrom('delivery.link').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    update: (trx: Trx, id: string, change: Updateable<LinkTables['delivery.link']>): Promise<LinkRow> =>
      within(trx).updateTable('delivery.link').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    async noteProgress(id: string, rows: number): Promise<void> {
      await tables.updateTable('delivery.link').set({ rows_so_far: rows }).where('id', '=', id).where('state', '=', 'preparing').execute()
    },

    list: (entryCode: string): Promise<LinkRow[]> =>
      tables.selectFrom('delivery.link').selectAll().where('entry_code', '=', entryCode).orderBy('created_at', 'desc').limit(1000).execute(),

    async liveOf(what: { readonly grantId: string } | { readonly entryCode: string }): Promise<string[]> {
      const query = tables.selectFrom('delivery.link').select('id').where('state', 'in', LIVE)
      const rows = await ('grantId' in what ? query.where('grant_id', '=', what.grantId) : query.where('entry_code', '=', what.entryCode)).execute()
      return rows.map(({ id }) => id)
    },

    /** Grants that live links hang on. */
    async liveGrants(): Promise<string[]> {
      const rows = await tables.selectFrom('delivery.link').select('grant_id').distinct().where('state', 'in', LIVE).where('grant_id', 'is not', null).execute()
      return rows.map(({ grant_id }) => grant_id!) // selected so
    },

    async countLive(makerId: string): Promise<number> {
      const { count } = await tables.selectFrom('delivery.link').select(sql<number>`count(*)::int`.as('count'))
        .where('state', 'in', LIVE).where(sql<boolean>`maker -> 'actor' ->> 'id' = ${makerId}`).executeTakeFirstOrThrow()
      return count
    },

    /** Bytes of all files that are kept. */
    async bytesKept(on: Trx | null = null): Promise<number> {
      const { sum } = await (on === null ? tables : within(on)).selectFrom('delivery.link').where('state', '=', 'ready')
        .select(sql<number>`coalesce(sum(bytes), 0)::bigint`.as('sum')).executeTakeFirstOrThrow()
      return sum
    },

    transfersOf: (trx: Trx, linkId: string, download: number): Promise<TransferRow[]> =>
      within(trx).selectFrom('delivery.link_transfer').selectAll().where('link_id', '=', linkId).where('download', '=', download).execute(),

    /** How many transfers of a grant run in all processes. */
    async countRunning(trx: Trx, grantId: string, seenSince: Date): Promise<number> {
      const { count } = await within(trx).selectFrom('delivery.link_transfer').select(sql<number>`count(*)::int`.as('count'))
        .where('grant_id', '=', grantId).where('running', '=', true).where('seen_at', '>', seenSince).executeTakeFirstOrThrow()
      return count
    },

    async insertTransfer(trx: Trx, row: TransferRow): Promise<void> {
      await within(trx).insertInto('delivery.link_transfer').values(row).execute()
    },

    async noteTransfer(on: Trx | null, id: string, change: { sent: number; seen_at: Date; running?: boolean }): Promise<void> {
      await (on === null ? tables : within(on)).updateTable('delivery.link_transfer').set(change).where('id', '=', id).execute()
    },
  }
}

export type LinkStore = ReturnType<typeof createLinkStore>
