import type { Store } from '@datong/metadata-store'
import pg from 'pg'
import type { ServingTable } from '../plan/plan.ts'

/** The key of an identifying text column, as the index has it. */
export const keyColumn = (column: string): string => `serving.lookup_key(${column})`

/** Makes the index of a column, in the caller's transaction; writers of the table wait. Doing it again does nothing. */
export async function makeKeyIndex(client: pg.ClientBase, table: string, column: string): Promise<void> {
  const index = `${table}_${column}_key`
  await client.query(`create index if not exists ${pg.escapeIdentifier(index)} on serving.${pg.escapeIdentifier(table)} using hash (${keyColumn(column)})`)
  // Until it knows how rare a key is, PostgreSQL takes it for common and reads the whole table in its order instead.
  const { rowCount: known } = await client.query(`select 1 from pg_stats where schemaname = 'serving' and tablename = $1`, [index])
  if (known === 0) await client.query(`analyze serving.${pg.escapeIdentifier(table)}`)
}

/**
 * Indexes of serving tables by the key of identifying text fields, so that a number is found however it was
 * written. Made once a table: when it is built, or at its first verification when an earlier program built it.
 */
export function createKeyIndexes(store: Store) {
  const made = new Map<string, Promise<void>>()

  async function make(table: string, column: string): Promise<void> {
    const client = await store.pool.connect()
    try {
      await client.query('begin')
      // Minutes on tens of millions of rows; readers of the table go on meanwhile.
      await client.query('set local statement_timeout = 0')
      // One index of a table after the other, in all processes: the look at the rows waits for whoever builds, who waits for it.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`datong key index ${table}`])
      await makeKeyIndex(client, table, column)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }

  return {
    async ensure(table: ServingTable, fields: readonly string[]): Promise<void> {
      await Promise.all(fields.map((field) => {
        const column = table.columns.get(field)
        if (column === undefined) return undefined
        const key = `${table.name} ${column}`
        let running = made.get(key)
        if (running === undefined) {
          if (made.size > 10_000) made.clear()
          running = make(table.name, column)
          running.catch(() => made.delete(key))
          made.set(key, running)
        }
        return running
      }))
    },
  }
}

export type KeyIndexes = ReturnType<typeof createKeyIndexes>
