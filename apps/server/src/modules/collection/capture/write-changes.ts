import type { Store } from '@datong/metadata-store'
import type pg from 'pg'
import type { ChangeOp } from './tables.ts'
import { CAPTURED_CHANNEL } from './capture-store.ts'

/** A change on its way into the store. */
export interface TakenChange {
  readonly op: ChangeOp
  readonly key: readonly string[]
  readonly row: readonly (string | null)[] | null
}

/** Where a capture stands. */
export interface Standing {
  readonly id: string
  readonly entryCode: string
  readonly epoch: number
  readonly seq: number
  readonly position: string
}

/** The capture was changed by somebody else: this process must not go on. */
export class Overtaken extends Error {}

/** Changes of a source kept in transactions of our own, each of which ends where one of the source's does. */
export interface ChangeWriter {
  /** Writes changes that stay invisible until `commit`. */
  add(changes: readonly TakenChange[], committedAt: Date): Promise<void>
  /** @throws Overtaken when the capture stands elsewhere: nothing was written */
  commit(position: string, committedAt: Date): Promise<void>
  standing(): Standing
  /** Drops what was not committed. */
  end(): Promise<void>
}

/**
 * Position and changes commit together, and only where the capture stood when we began: whatever happens to processes and
 * lines, each change is kept once.
 */
export function createChangeWriter({ pool }: Pick<Store, 'pool'>, begun: Standing): ChangeWriter {
  let standing = begun
  let seq = begun.seq
  let open: pg.PoolClient | undefined

  async function begin(): Promise<pg.PoolClient> {
    const client = await pool.connect()
    try {
      // A transaction of the source may be longer than a statement may last here.
      await client.query('begin; set local idle_in_transaction_session_timeout = 0')
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  async function end(): Promise<void> {
    const client = open
    open = undefined
    seq = standing.seq
    if (client === undefined) return
    const failure = await client.query('rollback').then(() => undefined, (error: unknown) => error)
    client.release(failure !== undefined)
  }

  return {
    async add(changes, committedAt) {
      if (changes.length === 0) return
      open ??= await begin()
      await open.query(
        `insert into collection.change (capture_id, seq, epoch, op, key, row, committed_at)
         select $1, $2::bigint + n, $3, op::"char", key::jsonb, row::jsonb, $4 from unnest($5::text[], $6::text[], $7::text[]) with ordinality as t (op, key, row, n)`,
        [standing.id, seq, standing.epoch, committedAt, changes.map(({ op }) => op), changes.map(({ key }) => JSON.stringify(key)), changes.map(({ row }) => (row === null ? null : JSON.stringify(row)))],
      )
      seq += changes.length
    },

    async commit(position, committedAt) {
      if (open === undefined) return
      const { rowCount } = await open.query(
        `update collection.capture set position = $1, seq = $2, last_committed_at = $3, last_taken_at = now(), heard_at = now(), failure = null
         where id = $4 and epoch = $5 and seq = $6 and state = 'running'`, [position, seq, committedAt, standing.id, standing.epoch, standing.seq])
      if (rowCount === 0) {
        await end()
        throw new Overtaken('the capture stands elsewhere')
      }
      await open.query('select pg_notify($1, $2)', [CAPTURED_CHANNEL, standing.entryCode])
      await open.query('commit')
      open.release()
      open = undefined
      standing = { ...standing, seq, position }
    },

    standing: () => standing,
    end,
  }
}
