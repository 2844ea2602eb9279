import type { Store } from '@datong/metadata-store'

/**
 * Keeps a load to one attempt at a time, in whatever process: an attempt that was stopped may still be putting things away when
 * the next one begins. The lock ends with its connection, so that of a dead process holds nobody up.
 * @returns what lets go of it; undefined when another attempt has it
 */
export async function lockAttempt({ pool }: Pick<Store, 'pool'>, loadId: string): Promise<(() => Promise<void>) | undefined> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(hashtext('collection.attempt'), hashtext($1)) as got`, [loadId])
    if (rows[0]?.got !== true) {
      client.release()
      return undefined
    }
  } catch (error) {
    client.release(true)
    throw error
  }
  return async () => {
    try {
      await client.query(`select pg_advisory_unlock(hashtext('collection.attempt'), hashtext($1))`, [loadId])
      client.release()
    } catch {
      // A connection that is thrown away lets go of its locks.
      client.release(true)
    }
  }
}
