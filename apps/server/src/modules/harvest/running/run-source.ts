import type { HarvestRunState } from '@datong/contracts'
import type { JobContext } from '@datong/job-runner'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import type { HarvestContext } from '../deps.ts'
import { fetchOutside } from '../fetching/fetch-outside.ts'
import type { FetchFile, Noted } from '../kinds/kind.ts'
import { KINDS } from '../kinds/registry.ts'
import { recordRun } from '../sources/record-source.ts'
import type { Failure, RunRow, SourceRow } from '../tables.ts'
import { isSuspicious, sweep } from './sweep.ts'
import { RunEnded, takePage } from './take-page.ts'

/** What a source does wrong stays wrong a moment later; only these are tried again. */
const PASSING: ReadonlySet<string> = new Set(['harvest/unreachable', 'harvest/too-slow'])

/** A source with more records than this never ends. */
const MOST_RECORDS = 2_000_000

/** Takes a run from where it is to its end. A rejection is tried again by the queue. */
export async function runSource(context: HarvestContext, runId: string, { signal, isLastAttempt }: Pick<JobContext, 'signal' | 'isLastAttempt'>): Promise<void> {
  const begun = await begin(context, runId)
  if (begun === undefined) return
  const { source, run } = begun
  const folder = join(context.workFolder, runId)
  try {
    const noted: Noted = { etag: null, unchanged: false }
    await mkdir(folder, { recursive: true })
    const fetch = fetching(context, folder, signal)
    // A run that was accepted after it was held has seen everything already.
    const seenAll = run.vanished > 0
    if (!seenAll) {
      const question = { url: source.url, since: run.since, etag: run.etag, from: run.position }
      for await (const page of KINDS[source.kind].pages(question, fetch, noted)) {
        const { seen } = await takePage(context, source, runId, page)
        if (seen > MOST_RECORDS) throw new AppError('harvest/too-large', { host: new URL(source.url).hostname, mostRecords: MOST_RECORDS })
        signal.throwIfAborted()
      }
    }
    await finish(context, source, run, noted, seenAll)
  } catch (error) {
    if (error instanceof RunEnded) return
    if (!(error instanceof AppError)) {
      if (signal.aborted || !isLastAttempt) throw error
      context.log.warn({ err: error, run: runId }, 'a harvest run met an error of ours')
      return end(context, source, runId, 'failed', { code: 'server/failure', detail: '' })
    }
    if (PASSING.has(error.code) && !isLastAttempt) throw error
    await end(context, source, runId, 'failed', { code: error.code, detail: Object.values(error.params).join(' ') })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function begin({ db, store, clock }: HarvestContext, runId: string): Promise<{ source: SourceRow; run: RunRow } | undefined> {
  return inTransaction(db, async (trx) => {
    const run = await store.lockRun(trx, runId)
    const source = run && await store.lockSource(trx, run.source_id)
    if (run === undefined || source === undefined || (run.state !== 'queued' && run.state !== 'running')) return undefined
    return { source, run: await store.updateRun(trx, runId, { state: 'running', started_at: run.started_at ?? clock.now() }) }
  })
}

/** One document at a time lies on the disk. */
const fetching = ({ settings }: HarvestContext, folder: string, signal: AbortSignal): FetchFile => async (url, options) => {
  const file = join(folder, 'document')
  return { ...(await fetchOutside(url, file, { ...options, settings, signal })), file }
}

async function finish(context: HarvestContext, source: SourceRow, run: RunRow, noted: Noted, isAccepted: boolean): Promise<void> {
  const { store, db } = context
  // A kind that cannot be asked for changes shows everything in every run that shows something.
  const sawAll = !noted.unchanged && (run.since === null || source.kind === 'dcat-us')
  if (sawAll && !isAccepted) {
    const records = await inTransaction(db, (trx) => store.countRecords(trx, source.id, run.id))
    if (isSuspicious(records)) {
      await store.updateRun(null, run.id, { vanished: records.unseen })
      return end(context, source, run.id, 'held', null)
    }
  }
  if (sawAll) await sweep(context, source, run)
  await end(context, source, run.id, 'done', null, async (trx) => {
    await store.updateSource(trx, source.id, {
      harvested_until: run.started_at, ...(noted.etag === null ? {} : { etag: noted.etag }), ...(run.mode === 'full' && !noted.unchanged ? { full_at: run.started_at } : {}),
    })
  })
}

async function end(
  context: HarvestContext, source: SourceRow, runId: string, state: HarvestRunState, failure: Failure | null,
  also: (trx: Parameters<typeof recordRun>[0]) => Promise<void> = async () => undefined,
): Promise<void> {
  const { store, db, clock } = context
  await inTransaction(db, async (trx) => {
    const run = await store.lockRun(trx, runId)
    if (run?.state !== 'running') return
    await also(trx)
    const receipt = await recordRun(trx, context, { source, run, actor: SYSTEM_ACTOR, action: state, ...(failure === null ? {} : { reason: failure.code }) })
    await store.updateRun(trx, runId, { state, ended_at: clock.now(), failure: failure === null ? null : JSON.stringify(failure), receipt_id: receipt })
  })
}
