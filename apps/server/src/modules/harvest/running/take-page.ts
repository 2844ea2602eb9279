import type { DatasetDescription } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import { inTransaction, sqlState, type Trx } from '@datong/metadata-store'
import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { SYSTEM_ACTOR } from '../../identity/index.ts'
import type { HarvestContext } from '../deps.ts'
import type { HarvestPage } from '../kinds/kind.ts'
import type { Counts, ProblemRow, RunRow, SourceRow } from '../tables.ts'
import { atFirst, toEntry } from './to-entry.ts'

/** A run that goes on no longer: stopped by hand, or taken over. */
export class RunEnded extends Error {}

/**
 * Takes a page over: all its records, the counts and the place where the run goes on commit together, so nothing is half
 * written and nothing is taken twice. A record that cannot be taken over is set aside with its reason, and the others go in.
 * @throws RunEnded
 */
export function takePage(context: HarvestContext, source: SourceRow, runId: string, page: HarvestPage): Promise<RunRow> {
  const { store } = context
  return inTransaction(context.db, async (trx) => {
    const run = await store.lockRun(trx, runId)
    if (run?.state !== 'running') throw new RunEnded()
    const counts = { seen: page.datasets.length + page.problems.length, created: 0, changed: 0, same: 0, withdrawn: 0, rejected: page.problems.length }
    const problems: ProblemRow[] = [...page.problems]
    const known = await store.fingerprints(trx, source.id, page.datasets.map(({ identifier }) => identifier))
    const unchanged: string[] = []
    for (const dataset of page.datasets) {
      const fingerprint = fingerprintOf(dataset, source)
      if (known.get(dataset.identifier) === fingerprint) {
        counts.same++
        unchanged.push(dataset.identifier)
        continue
      }
      const outcome = await takeRecord(trx, context, source, runId, { dataset, fingerprint, isKnown: known.has(dataset.identifier) })
      if (typeof outcome === 'string') counts[outcome]++
      else {
        counts.rejected++
        problems.push(outcome)
        // It is still there: what could not be read this time is not gone.
        unchanged.push(dataset.identifier)
      }
    }
    await store.markSeen(trx, source.id, runId, unchanged)
    await store.addProblems(trx, runId, problems)
    await store.count(trx, runId, counts satisfies Counts)
    return store.updateRun(trx, runId, { position: page.position, ...(page.total === null ? {} : { total: page.total }) })
  })
}

async function takeRecord(
  trx: Trx, context: HarvestContext, source: SourceRow, runId: string,
  { dataset, fingerprint, isKnown }: { dataset: DatasetDescription; fingerprint: string; isKnown: boolean },
): Promise<'created' | 'changed' | 'same' | ProblemRow> {
  await sql`savepoint one_record`.execute(trx)
  try {
    const description = { ...toEntry(dataset, source), ...(isKnown ? {} : atFirst(dataset, source)), reason: `harvest ${runId}` }
    const { entry, outcome } = await context.catalog.importEntry(trx, description, SYSTEM_ACTOR)
    await context.store.putRecord(trx, { source_id: source.id, identifier: dataset.identifier, entry_code: entry.code, fingerprint, seen_in: runId })
    await sql`release savepoint one_record`.execute(trx)
    return outcome
  } catch (error) {
    // Only what lies in the record itself is the record's fault: a value that is wrong or too long, a constraint it breaks.
    const state = sqlState(error)
    const isItsFault = error instanceof AppError || (state !== undefined && /^(22|23|54)/.test(state))
    if (!isItsFault) throw error
    await sql`rollback to savepoint one_record`.execute(trx)
    const title = Object.values(dataset.title)[0]?.slice(0, 300) ?? null
    return { identifier: dataset.identifier.slice(0, 300), title, code: error instanceof AppError ? error.code : 'harvest/unusable-record', detail: error instanceof AppError ? JSON.stringify(error.params) : `SQLSTATE ${state}` }
  }
}

/** What a record says, and for which department. */
const fingerprintOf = (dataset: DatasetDescription, { organisation }: SourceRow): string =>
  createHash('sha256').update(JSON.stringify([dataset, organisation])).digest('base64url')
