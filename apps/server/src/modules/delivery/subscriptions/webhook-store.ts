import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { DeadBatch, FeedTables, WebhookRow } from './tables.ts'

export function createWebhookStore(db: Db) {
  const tables = withTables<FeedTables>(db)
  const within = (trx: Trx) => withTables<FeedTables>(trx)

  return {
    async insert(trx: Trx, row: Insertable<FeedTables['delivery.webhook']>): Promise<WebhookRow> {
      return within(trx).insertInto('delivery.webhook').values(row).returningAll().executeTakeFirstOrThrow()
    },

    find: (id: string): Promise<WebhookRow | undefined> => tables.selectFrom('delivery.webhook').selectAll().where('id', '=', id).executeTakeFirst(),

    lock: (trx: Trx, id: string): Promise<WebhookRow | undefined> =>
      within(trx).selectFrom('delivery.webhook').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),

    update: (on: Trx | null, id: string, change: Updateable<FeedTables['delivery.webhook']>): Promise<WebhookRow> =>
      (on === null ? tables : within(on)).updateTable('delivery.webhook').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow(),

    list: (entryCode: string): Promise<WebhookRow[]> =>
      tables.selectFrom('delivery.webhook').selectAll().where('entry_code', '=', entryCode).where('state', '<>', 'ended').orderBy('created_at', 'desc').execute(),

    /** Takes the turn of an active webhook that is due; nobody else gets it until `busyUntil` or until it is given back. */
    claim: (id: string, now: Date, busyUntil: Date): Promise<WebhookRow | undefined> =>
      tables.updateTable('delivery.webhook').set({ busy_until: busyUntil }).where('id', '=', id).where('state', '=', 'active')
        .where(sql<boolean>`(busy_until is null or busy_until <= ${now})`).where(sql<boolean>`(next_try_at is null or next_try_at <= ${now})`)
        .returningAll().executeTakeFirst(),

    async activeOf(trx: Trx, entryCode: string): Promise<string[]> {
      const rows = await within(trx).selectFrom('delivery.webhook').select('id').where('entry_code', '=', entryCode).where('state', '=', 'active').execute()
      return rows.map(({ id }) => id)
    },

    async countLive(appId: string, entryCode: string): Promise<number> {
      const { count } = await tables.selectFrom('delivery.webhook').select(sql<number>`count(*)::int`.as('count'))
        .where('app_id', '=', appId).where('entry_code', '=', entryCode).where('state', '<>', 'ended').executeTakeFirstOrThrow()
      return count
    },

    async bury(trx: Trx, batch: DeadBatch): Promise<void> {
      await within(trx).insertInto('delivery.dead_batch').values(batch).onConflict((conflict) => conflict.column('message_id').doUpdateSet({ tries: batch.tries, error: batch.error, at: batch.at })).execute()
    },

    deadOf: (webhookId: string): Promise<DeadBatch[]> =>
      tables.selectFrom('delivery.dead_batch').selectAll().where('webhook_id', '=', webhookId).orderBy('at', 'desc').limit(100).execute(),
  }
}

export type WebhookStore = ReturnType<typeof createWebhookStore>
