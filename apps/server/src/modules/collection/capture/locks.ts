import type { Store } from '@datong/metadata-store'
import type pg from 'pg'

/** Locks that a process holds as long as it, and its line to the database, live. */
export interface ProcessLocks {
  /** @param onLost told when the line breaks: another process may have the lock by then. @returns false while another process has it */
  take(id: string, onLost: () => void): Promise<boolean>
  release(id: string): Promise<void>
  close(): Promise<void>
}

const SPACE = `hashtext('collection.capture')`
/** The line proves that it lives so often; in milliseconds. */
const BEAT_MS = 2_000

/** Advisory locks of one session, a connection of its own while any is held. */
export function createProcessLocks({ pool }: Pick<Store, 'pool'>): ProcessLocks {
  const held = new Map<string, () => void>()
  let session: Promise<pg.PoolClient> | undefined
  let beat: NodeJS.Timeout | undefined

  async function open(): Promise<pg.PoolClient> {
    const client = await pool.connect()
    const lose = (): void => {
      if (session === undefined) return
      session = undefined
      clearInterval(beat)
      const lost = [...held.values()]
      held.clear()
      client.release(true)
      for (const onLost of lost) onLost()
    }
    client.once('error', lose)
    client.once('end', lose)
    beat = setInterval(() => void client.query('select 1').catch(lose), BEAT_MS)
    beat.unref()
    return client
  }

  async function letGo(): Promise<void> {
    const client = await session?.catch(() => undefined)
    session = undefined
    clearInterval(beat)
    // Closing the session frees whatever it holds.
    client?.release(true)
  }

  return {
    async take(id, onLost) {
      session ??= open()
      try {
        const client = await session
        const { rows: [answer] } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${SPACE}, hashtext($1)) as taken`, [id])
        if (answer?.taken === true) held.set(id, onLost)
        return answer?.taken === true
      } catch (error) {
        if (held.size === 0) await letGo()
        throw error
      }
    },
    async release(id) {
      if (!held.delete(id)) return
      const client = await session?.catch(() => undefined)
      if (held.size === 0) await letGo()
      else await client?.query(`select pg_advisory_unlock(${SPACE}, hashtext($1))`, [id]).catch(() => undefined)
    },
    async close() {
      held.clear()
      await letGo()
    },
  }
}
