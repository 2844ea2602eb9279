import type pg from 'pg'
import type { TimedUsage, UsageSink } from './evidence.ts'
import { timeOf } from './segments/segment-id.ts'
import { readUses } from './segments/usage.ts'
import { readMetered, readUsage, saveMetered } from './sequencer-store.ts'

/** Read at once; between two reads calls are answered. */
const SEGMENTS_A_READ = 200

/**
 * Hands the usage of placed segments to metering, each once, in the transaction that is open on the client. Many calls of one
 * key are one row there: the more segments go together, the less each call costs.
 * @param end size of the log
 */
export async function meterUsage(client: pg.ClientBase, sink: UsageSink | undefined, end: number): Promise<void> {
  const from = await readMetered(client)
  if (from >= end) return
  if (sink !== undefined) {
    const uses: TimedUsage[] = []
    for (let next = from; ;) {
      const segments = await readUsage(client, next, SEGMENTS_A_READ)
      for (const { id, usage } of segments) uses.push(...readUses(usage, timeOf(id)))
      const last = segments.at(-1)
      if (last === undefined || segments.length < SEGMENTS_A_READ) break
      next = last.first_leaf + 1
    }
    if (uses.length > 0) await sink(client, uses)
  }
  await saveMetered(client, end)
}
