import type { PoolClient } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { JobLog, JobStore } from './connection.ts'

/** Schema that pg-boss keeps its tables in. */
export const JOBS_SCHEMA = 'jobs'

/** Any number that nobody else takes: "DTJR". Each working process holds the lock, shared, while it lives. */
const WORKERS_LOCK = 0x4454_4a52

/** Shows to others that a process of workers lives. */
export interface SignOfLife {
  end(): Promise<void>
}

/**
 * Enters this process among the living workers. When it is the only one, every job marked as running was left by a dead
 * process (the database releases a lock when its connection breaks), and is queued again at once instead of after its
 * heartbeat has run out. The interrupted attempt counts, so that a job that kills its process is given up in the end.
 */
export async function enterWorkers(boss: PgBoss, store: JobStore, log: JobLog): Promise<SignOfLife> {
  const client = await store.pool.connect()
  let ended = false
  const onError = (): void => {
    if (ended) return
    ended = true
    client.release(true)
    log.warn({}, 'the sign of life of this worker was lost with its connection; heartbeats take over')
  }
  client.on('error', onError)
  await recoverIfAlone(client, boss, store, log)
  await client.query('select pg_advisory_lock_shared($1)', [WORKERS_LOCK])
  return {
    end: async () => {
      if (ended) return
      ended = true
      await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
      client.off('error', onError)
      client.release()
    },
  }
}

async function recoverIfAlone(client: PoolClient, boss: PgBoss, store: JobStore, log: JobLog): Promise<void> {
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [WORKERS_LOCK])
  if (rows[0]?.alone !== true) return
  try {
    const left = await client.query<{ name: string; ids: string[] }>(
      `select name, array_agg(id::text) as ids from ${JOBS_SCHEMA}.job where state = 'active' group by name`)
    for (const { name, ids } of left.rows) {
      await boss.fail(name, ids, { message: 'the process that worked on it died' })
      await store.pool.query(
        `update ${JOBS_SCHEMA}.job set start_after = now() where name = $1 and id = any($2::uuid[]) and state = 'retry'`,
        [name, ids])
      log.warn({ job: name, count: ids.length }, 'queued again the jobs that a dead process left')
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [WORKERS_LOCK])
  }
}
