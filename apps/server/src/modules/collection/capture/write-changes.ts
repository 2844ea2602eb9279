import type { Store } from '@datong/metadata-store'
import type pg from 'pg'
import { CAPTURED_CHANNEL } from './capture-store.ts'
import { BEAT_MS, LEASE_MS } from './lease.ts'
import type { ChangeOp } from './tables.ts'

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
  let open: OpenTransaction | undefined

  async function end(): Promise<void> {
    const ending = open
    open = undefined
    seq = standing.seq
    await ending?.end('rollback').catch(() => undefined)
  }

  return {
    async add(changes, committedAt) {
      if (changes.length === 0) return
      open ??= await begin(pool)
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
      const ending = open
      open = undefined
      await ending.end('commit')
      standing = { ...standing, seq, position }
    },

    standing: () => standing,
    end,
  }
}

interface OpenTransaction {
  query(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>
  /** Lets go of the connection, too, whatever comes. */
  end(how: 'commit' | 'rollback'): Promise<void>
}

/**
 * A transaction that may last as long as one of the source does. Between its statements it says that its process lives: what that had
 * written would else keep the next one waiting for ever, should it hang.
 */
async function begin(pool: Store['pool']): Promise<OpenTransaction> {
  const client = await pool.connect()
  let isBusy = false
  const query = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    isBusy = true
    try {
      return await client.query(text, [...values])
    } finally {
      isBusy = false
    }
  }
  const beat = setInterval(() => {
    if (!isBusy) query('select 1').catch(() => undefined) // the next statement hears of it
  }, BEAT_MS)
  beat.unref()
  const letGo = (isBroken: boolean): void => {
    clearInterval(beat)
    client.release(isBroken)
  }
  try {
    await query('begin')
    await query(`set local idle_in_transaction_session_timeout = ${LEASE_MS}`)
  } catch (error) {
    letGo(true)
    throw error
  }
  return {
    query,
    async end(how) {
      try {
        await query(how)
        letGo(false)
      } catch (error) {
        letGo(true)
        throw error
      }
    },
  }
}
