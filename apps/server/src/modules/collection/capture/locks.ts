import type { Store } from '@datong/metadata-store'
import type pg from 'pg'
import { BEAT_MS, LEASE_MS } from './lease.ts'

/** Locks that a process holds as long as it, and its line to the database, live and say so. */
export interface ProcessLocks {
  /** @param onLost told when the line breaks: another process may have the lock by then. @returns false while another process has it */
  take(id: string, onLost: () => void): Promise<boolean>
  release(id: string): Promise<void>
  close(): Promise<void>
}

const SPACE = `hashtext('collection.capture')`

interface Session {
  readonly client: pg.PoolClient
  /** Closes it, which frees whatever it holds. */
  end(): void
}

/** Advisory locks of one session, a connection of its own while any is held. */
export function createProcessLocks({ pool }: Pick<Store, 'pool'>): ProcessLocks {
  const held = new Map<string, () => void>()
  let session: Promise<Session> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  /** One after the other: a session that is being let go of must not take a lock with it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  async function open(): Promise<Session> {
    const client = await pool.connect()
    let isOver = false
    const end = (): void => {
      if (isOver) return
      isOver = true
      clearInterval(beat)
      client.release(true)
    }
    const lose = (): void => {
      if (isOver) return
      end()
      session = undefined
      const lost = [...held.values()]
      held.clear()
      for (const onLost of lost) onLost()
    }
    const beat = setInterval(() => void inTurn(async () => {
      if (!isOver) await client.query('select 1').catch(lose)
    }), BEAT_MS)
    beat.unref()
    client.once('error', lose)
    client.once('end', lose)
    try {
      await client.query(`set idle_session_timeout = ${LEASE_MS}`)
    } catch (error) {
      end()
      throw error
    }
    return { client, end }
  }

  async function letGo(): Promise<void> {
    const ending = await session?.catch(() => undefined)
    session = undefined
    ending?.end()
  }

  return {
    take: (id, onLost) => inTurn(async () => {
      session ??= open()
      try {
        const { client } = await session
        const { rows: [answer] } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${SPACE}, hashtext($1)) as taken`, [id])
        if (answer?.taken === true) held.set(id, onLost)
        return answer?.taken === true
      } catch (error) {
        if (held.size === 0) await letGo()
        throw error
      }
    }),
    release: (id) => inTurn(async () => {
      if (!held.delete(id)) return
      if (held.size === 0) return letGo()
      const now = await session?.catch(() => undefined)
      await now?.client.query(`select pg_advisory_unlock(${SPACE}, hashtext($1))`, [id]).catch(() => undefined)
    }),
    close: () => inTurn(async () => {
      held.clear()
      await letGo()
    }),
  }
}
