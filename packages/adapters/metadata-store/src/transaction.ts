import type { IsolationLevel, Kysely, Transaction } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqlState } from './store-errors.ts'

export interface TransactionOptions {
  readonly isolation?: IsolationLevel
  /** How often to try in all when PostgreSQL gives up because of another transaction. */
  readonly attempts?: number
}

/** SQLSTATEs after which the whole transaction may simply be run again: serialization failure, deadlock. */
const RETRYABLE = new Set(['40001', '40P01'])

/**
 * Runs `work` in a transaction and commits it; any error rolls it back. When PostgreSQL gives up because of another
 * transaction, all of `work` runs again, so it must have no effects outside the database. Inside a transaction it joins
 * that one.
 */
export async function inTransaction<DB, T>(
  db: Kysely<DB>, work: (trx: Transaction<DB>) => Promise<T>, options: TransactionOptions = {},
): Promise<T> {
  // Kysely's own marker: true exactly for instances of Transaction.
  if (db.isTransaction) return work(db as Transaction<DB>)
  const attempts = options.attempts ?? 5
  for (let attempt = 1; ; attempt++) {
    try {
      const begin = db.transaction()
      return await (options.isolation === undefined ? begin : begin.setIsolationLevel(options.isolation)).execute(work)
    } catch (error) {
      if (attempt >= attempts || !RETRYABLE.has(sqlState(error) ?? '')) throw error
      // A little longer each time, so that rivals do not meet again.
      await sleep(attempt * 5 + (process.pid % 5))
    }
  }
}
