import { type Store, type Subscription, withTables } from '@datong/metadata-store'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { type Captured, CAPTURED_CHANNEL } from '../../collection/index.ts'
import type { DeliveryTables } from '../tables.ts'
import { Unfit } from './live-cells.ts'
import { LIVE_CHANNEL, liveNotice } from './live-states.ts'
import { applyChanges, type LiveRegister } from './live-table.ts'

/** Changes that become visible in one transaction. */
const AT_A_TIME = 5_000
/** Notices can be lost; looking anyway makes that harmless. */
const LOOK_EVERY_MS = 5_000
/** Another process is at it: whether it saw the last change is asked once more. */
const ASK_AGAIN_MS = 20

interface FollowDeps {
  readonly store: Store
  readonly captured: Captured
  /** Told when an entry's table may have come further. */
  readonly moved: (entryCode: string) => void
  readonly log: { warn(details: object, message: string): void }
}

/** Brings changes into live serving tables as they are taken; in whichever process is first. */
export function followChanges({ store, captured, moved, log }: FollowDeps) {
  const tables = withTables<DeliveryTables>(store.db)
  /** Entries that are being brought up, and whether they were asked for again meanwhile. */
  const running = new Map<string, { isWanted: boolean; done: Promise<void> }>()
  const subscriptions: Subscription[] = []
  let timer: NodeJS.Timeout | undefined
  let isStopping = false

  /** @returns `more` when there may be more, `busy` when another process has the table */
  async function step(client: pg.PoolClient, entryCode: string): Promise<'more' | 'none' | 'busy'> {
    await client.query('begin')
    const live = await lockRegister(client, entryCode)
    const changes = live === 'busy' || live === null ? [] : await captured.changes(live.captureId, live.epoch, live.register.through, AT_A_TIME)
    if (live === 'busy' || live === null || changes.length === 0) {
      await client.query('rollback')
      return live === 'busy' ? 'busy' : 'none'
    }
    try {
      const { through, nextRow, table } = await applyChanges(client, live.register, changes)
      await client.query('update delivery.serving set through = $1, next_row = $2 where table_name = $3', [through, nextRow, table])
      await client.query('select pg_notify($1, $2)', [LIVE_CHANNEL, liveNotice({ entry: entryCode, table, through })])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      if (!(error instanceof Unfit)) throw error
      await client.query('update delivery.serving set stuck_at = through where table_name = $1', [live.register.table])
      await captured.wantVersion(live.captureId)
      log.warn({ entryCode }, 'a change does not fit the version that is served; a new one is asked for')
      return 'none'
    }
    return changes.length === AT_A_TIME ? 'more' : 'none'
  }

  async function bringUp(entryCode: string): Promise<void> {
    const client = await store.pool.connect()
    let failure: Error | undefined
    try {
      for (let wasBusy = false; !isStopping;) {
        const outcome = await step(client, entryCode)
        moved(entryCode)
        if (outcome === 'none' || (outcome === 'busy' && wasBusy)) return
        wasBusy = outcome === 'busy'
        if (wasBusy) await sleep(ASK_AGAIN_MS)
      }
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error))
      throw error
    } finally {
      client.release(failure)
    }
  }

  function want(entryCode: string): void {
    const now = running.get(entryCode)
    if (isStopping) return
    if (now !== undefined) {
      now.isWanted = true
      return
    }
    const done = bringUp(entryCode)
      .catch((error: unknown) => log.warn({ err: error, entryCode }, 'changes were not brought into a serving table'))
      .then(() => {
        const wanted = running.get(entryCode)?.isWanted === true
        running.delete(entryCode)
        if (wanted) want(entryCode)
      })
    running.set(entryCode, { isWanted: false, done })
  }

  async function wantAll(): Promise<void> {
    const rows = await tables.selectFrom('delivery.serving').select('entry_code').distinct().where('capture_id', 'is not', null).where('stuck_at', 'is', null).execute()
    for (const { entry_code } of rows) want(entry_code)
  }
  const lookAtAll = (): void => void wantAll().catch((error: unknown) => log.warn({ err: error }, 'live serving tables were not looked at'))

  return {
    async start(): Promise<void> {
      subscriptions.push(await store.listen(CAPTURED_CHANNEL, want, { onRestored: lookAtAll }))
      timer = setInterval(lookAtAll, LOOK_EVERY_MS)
      timer.unref()
      lookAtAll()
    },
    async stop(): Promise<void> {
      isStopping = true
      clearInterval(timer)
      for (const subscription of subscriptions.splice(0)) await subscription.close()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

interface Live {
  readonly captureId: string
  readonly epoch: number
  readonly register: LiveRegister
}

/** The newest live table of an entry, locked; null: it has none, or one that waits for a version. */
async function lockRegister(client: pg.PoolClient, entryCode: string): Promise<Live | 'busy' | null> {
  const { rows: [row] } = await client.query<{
    table_name: string; columns: LiveRegister['fields']; capture_id: string; epoch: number; key: string[]; source_columns: string[]; through: number; next_row: number; stuck_at: number | null
  }>(`select table_name, columns, capture_id, epoch, key, source_columns, through, next_row, stuck_at from delivery.serving
      where entry_code = $1 and capture_id is not null and built_at = (select max(built_at) from delivery.serving where entry_code = $1) for update skip locked`, [entryCode])
  if (row === undefined) {
    const { rowCount } = await client.query('select 1 from delivery.serving where entry_code = $1 and capture_id is not null limit 1', [entryCode])
    return rowCount === 0 ? null : 'busy'
  }
  if (row.stuck_at !== null) return null
  return {
    captureId: row.capture_id, epoch: row.epoch,
    register: { table: row.table_name, fields: row.columns, key: row.key, sourceColumns: row.source_columns, through: row.through, nextRow: row.next_row },
  }
}
