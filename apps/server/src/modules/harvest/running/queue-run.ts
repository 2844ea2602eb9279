import { defineJob } from '@datong/job-runner'
import { uuidv7 } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { HarvestContext } from '../deps.ts'
import type { RunRow, SourceRow } from '../tables.ts'

/**
 * One run of one source. Several sources run beside each other, so one that hangs stops no other; the run itself keeps where it
 * is, and every attempt goes on from there.
 */
export const runJob = defineJob<{ runId: string }>('harvest/run', { retryLimit: 4, retryDelaySeconds: 20, expireInSeconds: 12 * 3_600, concurrency: 4 })

const DAY_MS = 86_400_000
/** What is gone at the source is only seen when everything is asked for. */
const FULL_EVERY_MS = 7 * DAY_MS
/** Clocks differ; asked twice does no harm. */
const OVERLAP_MS = 3_600_000

/** Asks for a run; `as-due` takes everything once a week and what changed otherwise. */
export async function queueRun(trx: Trx, { store, jobs, clock, random }: HarvestContext, source: SourceRow, wanted: 'as-due' | 'full'): Promise<RunRow> {
  const now = clock.now()
  const isFull = wanted === 'full' || source.full_at === null || source.harvested_until === null || now.getTime() - source.full_at.getTime() >= FULL_EVERY_MS
  const run = await store.insertRun(trx, {
    id: uuidv7(clock, random), source_id: source.id, mode: isFull ? 'full' : 'incremental', state: 'queued', position: null,
    since: isFull ? null : new Date(source.harvested_until!.getTime() - OVERLAP_MS), // known, or it would be full
    etag: wanted === 'full' ? null : source.etag, total: null, failure: null, queued_at: now, started_at: null, ended_at: null, receipt_id: null,
  })
  await jobs.enqueue(trx, runJob, { runId: run.id }, { key: source.id })
  return run
}
