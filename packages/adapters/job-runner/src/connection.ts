import type { Pool } from 'pg'
import { type Db as BossDatabase, fromKysely, type KyselyTransactionLike } from 'pg-boss'

/** A running Kysely transaction (or database, outside of one). */
export type JobTransaction = KyselyTransactionLike

/** What the runner needs of an open store; the `Store` of the metadata store fits. */
export interface JobStore {
  readonly pool: Pool
  listen(
    channel: string,
    handler: (payload: string) => void,
    signals?: { readonly onLost?: () => void; readonly onRestored?: () => void },
  ): Promise<{ close(): Promise<void> }>
}

/** What the runner needs of a logger. */
export interface JobLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** pg-boss's seam to the database, over the program's own pool and listener. */
export function bossDatabase(store: JobStore): BossDatabase {
  return {
    executeSql: (text, values) => store.pool.query(text, values),
    listen: (channel, onNotification, onReconnect) => store.listen(channel, onNotification, { onRestored: onReconnect }),
  }
}

/** The same seam inside a caller's transaction. */
export const inCallersTransaction = (trx: JobTransaction): BossDatabase => fromKysely(trx)
