import type { LoadReason } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Connector, OpenSource, RowsSummary } from '../connectors/connector.ts'
import type { CollectionContext } from '../context.ts'
import type { Checkpoint } from '../loads/checkpoint.ts'
import { factsOf } from '../loads/detection-facts.ts'
import { reason } from '../loads/reason.ts'
import type { Attempt, Intake, TakenMode, TakenTable } from '../loads/intake.ts'
import type { LoadRow } from '../loads/load-store.ts'
import { detectSource, readSource } from '../loads/read-source.ts'
import { openRowSheet } from '../loads/row-sheet.ts'
import { readingFor } from '../recipes/reading.ts'
import { BeginAnew, judgeDrift } from './judge-drift.ts'
import { reachOfSource, withSource } from './open-source.ts'
import { factsOfCheckpoint, keptFiles, type ReadFacts, readSourceRows } from './read-source-rows.ts'
import { planLoad, type SourcePlan } from './source-plan.ts'
import type { SourceRow } from './source-tables.ts'

/** All of a source is held against all of its entry once a day at most: a source counts and hashes every row for it. */
const RECONCILE_EVERY_MS = 24 * 3_600_000

/** Takes in what a registered source has: all of it, or what is new since its watermark. */
export const createSourceIntake = (contextOf: () => CollectionContext): Intake => ({
  mayBeEmpty: true,
  take: async (load, attempt) => {
    const context = contextOf()
    const source = await sourceOf(context, load)
    const plan = await planLoad(context, source, load)
    const known = await validCheckpoint(context, load, attempt, plan)
    try {
      const { checkpoint, whole } = known !== undefined && factsOfCheckpoint(known).isDone
        ? { checkpoint: known, whole: undefined }
        : await withSource(context, reachOfSource(context, source), attempt, (open, connector) => readAll(context, { source, plan, load, attempt, known }, open, connector))
      const facts = factsOfCheckpoint(checkpoint)
      if (facts.file === null && facts.columns.length === 0) return undefined
      // Without rows there is still something to be said when all of the source was counted.
      if (facts.file === null && plan.mode === 'incremental' && whole === undefined && checkpoint.sheet.rows + checkpoint.sheet.rowsRejected === 0) return undefined
      const taken = facts.file === null ? await rowsTaken(context, load, attempt, checkpoint, whole) : await fileTaken(context, load, attempt, facts)
      const mode = modeOf(source, plan, facts, taken.table.names)
      return {
        ...taken, mode, inputs: [{ kind: 'source', id: source.id, title: source.name, object: 'object' in source.read_from ? source.read_from.object : 'query' }],
        judge: (fields) => judgeDrift(context, { source, load, mode, fields }),
      }
    } catch (error) {
      // What was read is of no use any more; the next attempt begins anew.
      if (error instanceof BeginAnew || (error instanceof AppError && error.code === 'collection/source-changed')) await forget(context, load.id)
      throw error
    }
  },
  settled: async (trx, load, version, taken) => {
    const context = contextOf()
    const source = await context.sources.lock(trx, idOf(load))
    const checkpoint = await context.loads.findCheckpoint(load.id)
    if (source === undefined || checkpoint === undefined) return
    const { mark, hasMore } = factsOfCheckpoint(checkpoint)
    const hasMoved = load.reconciliation?.outcome === 'moved' && taken.reconciliation?.covers === 'entry'
    await context.sources.note(trx, source.id, {
      ...(mark === null ? {} : { watermark: JSON.stringify(mark) }), base_version: version, full_due: hasMoved ? 'moved' : null,
      ...(taken.reconciliation?.covers !== 'entry' ? {} : { reconciled_at: context.clock.now() }), ...(hasMore && source.state === 'active' ? { next_run_at: context.clock.now() } : {}),
    })
  },
  reconciled: async (trx, load, { outcome }) => {
    const context = contextOf()
    await context.sources.note(trx, idOf(load), { reconciled_at: context.clock.now(), ...(outcome === 'moved' ? { full_due: 'moved' } : {}) })
  },
})

const idOf = ({ details }: LoadRow): string => String(details['sourceId'])

async function sourceOf({ sources }: CollectionContext, load: LoadRow): Promise<SourceRow> {
  const source = await sources.find(idOf(load))
  if (source === undefined) throw new AppError('collection/source-removed')
  return source
}

/** The checkpoint of an earlier attempt, where its plan is still the plan and its files are there; else nothing of it is kept. */
async function validCheckpoint(context: CollectionContext, load: LoadRow, { checkpoint, rejects }: Attempt, plan: SourcePlan): Promise<Checkpoint | undefined> {
  if (checkpoint === undefined) return undefined
  const facts = factsOfCheckpoint(checkpoint)
  const paths = keptFiles(context, load.id)
  const isThere = facts.columns.length + (facts.file === null ? 0 : 1) === 0 || await access(facts.file === null ? paths.rows : paths.file).then(() => true, () => false)
  if (isThere && isDeepStrictEqual(facts.plan, JSON.parse(JSON.stringify(plan)))) return checkpoint
  await forget(context, load.id)
  await rejects.keep(0)
  return undefined
}

async function forget(context: CollectionContext, loadId: string): Promise<void> {
  await context.loads.forgetCheckpoint(loadId)
  await context.workspace.discard(keptFiles(context, loadId).folder)
}

interface Job {
  readonly source: SourceRow
  readonly plan: SourcePlan
  readonly load: LoadRow
  readonly attempt: Attempt
  readonly known: Checkpoint | undefined
}

/** Reads the rows, and now and then, after those of an incremental load, counts all that the source has. */
async function readAll(
  context: CollectionContext, { source, plan, load, attempt, known }: Job, open: OpenSource, { can }: Connector,
): Promise<{ checkpoint: Checkpoint; whole: RowsSummary | undefined }> {
  await attempt.progress.begin('reading', known === undefined ? {} : { rows_read: known.sheet.rows + known.sheet.rowsRejected })
  const expectedRows = plan.mode === 'incremental' ? null : await expected(context, { source, load, open, canList: can.list })
  const checkpoint = await readSourceRows(context, open, { loadId: load.id, plan, attempt, from: known, expectedRows, canSummarise: can.summary && plan.mode === 'full' })
  const isDue = source.reconciled_at === null || context.clock.now().getTime() - source.reconciled_at.getTime() > RECONCILE_EVERY_MS
  const counts = plan.mode === 'incremental' && can.summary && isDue && factsOfCheckpoint(checkpoint).file === null
  return { checkpoint, whole: counts ? await open.summary?.({ from: plan.request.from }) : undefined }
}

/** As many rows as the newest version has; before the first, as many as the source says. */
async function expected(
  { versions }: CollectionContext, { source, load, open, canList }: { source: SourceRow; load: LoadRow; open: OpenSource; canList: boolean },
): Promise<number | null> {
  const newest = await versions.findNewest(load.entry_code)
  if (newest !== undefined) return newest.row_count
  const { read_from: from } = source
  if (!canList || !('object' in from)) return null
  return (await open.objects()).find(({ name }) => name === from.object)?.rows ?? null
}

type Taken = Omit<TakenTable, 'mode' | 'inputs'>

async function rowsTaken(context: CollectionContext, load: LoadRow, { rejects }: Attempt, checkpoint: Checkpoint, whole: RowsSummary | undefined): Promise<Taken> {
  const facts = factsOfCheckpoint(checkpoint)
  const sheet = await openRowSheet(keptFiles(context, load.id).rows, checkpoint.names, { rejects, from: checkpoint.sheet })
  const { table, rows, rowsRejected, hash, bytes } = await sheet.end()
  return {
    table, rowsRead: rows + rowsRejected, rowsRejected, hints: facts.hints, received: { bytes, sha256: '' },
    facts: { format: 'source', encoding: null, delimiter: null, headerRows: 0, columns: table.names.length, reasons: reasonsOf(facts) },
    reconciliation: {
      source: whole ?? facts.summary, received: { rows: rows + rowsRejected, hash: rowsRejected === 0 ? hash : null },
      covers: whole === undefined ? 'load' : 'entry', isOfOneMoment: whole === undefined && !facts.isBroken,
    },
  }
}

async function fileTaken(context: CollectionContext, load: LoadRow, { scratch, progress, rejects, signal }: Attempt, { file, plan, isBroken, ...rest }: ReadFacts): Promise<Taken> {
  if (file === null) throw new Error('no file came')
  const path = keptFiles(context, load.id).file
  const detection = await detectSource(path, file.bytes, await readingFor(context.recipes, load.entry_code))
  const { table, result } = await readSource(path, detection, join(scratch, 'normalised.csv'), {
    reject: (batch) => rejects.add(batch.map((one) => ({ ...one, field: null }))),
    progress: (bytesRead, rowsRead) => progress.tick(bytesRead / Math.max(1, file.bytes), { rows_read: rowsRead, rows_rejected: rejects.total }),
    signal,
  })
  const known = factsOf(detection)
  return {
    table, rowsRead: result.rowsRead, rowsRejected: result.rowsRejected, received: { bytes: file.bytes, sha256: file.sha256 },
    facts: { ...known, reasons: [reason('source/file', { name: file.name }), ...reasonsOf({ plan, isBroken, ...rest, file }), ...known.reasons] },
  }
}

/** How the load was read, for its page. */
function reasonsOf({ plan: { mode, because, request: { markBy, after } }, isBroken }: ReadFacts): LoadReason[] {
  const what = mode === 'full' ? reason(because === null ? 'source/full' : `source/full-${because}`)
    : markBy === undefined || after === undefined ? reason('source/unread-files') : reason('source/since', { column: after.column, value: after.value })
  return [what, ...(isBroken ? [reason('source/continued')] : [])]
}

/**
 * @throws AppError `collection/source-settings` when rows that are new cannot be told from those that are there
 */
function modeOf(source: SourceRow, plan: SourcePlan, { columns, key, file }: ReadFacts, names: readonly string[]): TakenMode {
  if (source.mode === 'incremental' && file === null && source.mark_column === null) {
    throw new AppError('collection/source-settings', {}, [{ pointer: '/markColumn', code: 'required', message: '增量归集需要一列作为增量标记' }])
  }
  if (plan.mode === 'full') return 'full'
  const asked = source.key_columns.length > 0 ? source.key_columns : key
  if (file === null && asked.length === 0) {
    throw new AppError('collection/source-settings', {}, [{ pointer: '/keyColumns', code: 'required', message: '增量归集需要主键列' }])
  }
  const mapped = asked.map((name) => (file === null ? names[columns.indexOf(name)] : names.find((one) => one === name)))
  if (mapped.includes(undefined)) throw new AppError('collection/source-object-unknown', { object: asked.join(', ') })
  return { merge: { key: mapped.flatMap((name) => name ?? []), deletions: 'none' }, ...(plan.base === null ? {} : { base: plan.base }) }
}
