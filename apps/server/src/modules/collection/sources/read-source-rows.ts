import type { Reading, TypeHints } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { cleanFieldNames } from '@datong/tabular'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenSource, RowsSummary, SourceColumn, Watermark } from '../connectors/connector.ts'
import type { CollectionContext } from '../context.ts'
import type { Checkpoint, SheetMark } from '../loads/checkpoint.ts'
import { requireSpace } from '../loads/disk-space.ts'
import type { Attempt } from '../loads/intake.ts'
import { openRowSheet, type RowSheet } from '../loads/row-sheet.ts'
import type { SourcePlan } from './source-plan.ts'

/** How far a load notes at most without a checkpoint. */
const CHECKPOINT_EVERY_MS = 2_000
/** What one load may bring; a source that sends more is broken, or no table. */
const MOST_SOURCE_BYTES = 64 * 2 ** 30
const NO_ROWS: SheetMark = { bytes: 0, rows: 0, rowsRejected: 0, maxRecordBytes: 0, innerLineBreaks: false, hash: '0' }

/** A file that came instead of rows. */
interface ReceivedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** What is known of what was read so far; kept in the checkpoint. */
export interface ReadFacts {
  readonly plan: SourcePlan
  readonly hints: TypeHints
  /** Names of the columns as the source has them, and their key. */
  readonly columns: readonly string[]
  readonly key: readonly string[]
  readonly mark: Watermark | null
  readonly summary: RowsSummary | null
  /** Whether reading was interrupted: then rows and summary are of two moments. */
  readonly isBroken: boolean
  readonly file: ReceivedFile | null
  /** Whether another file waits at the source. */
  readonly hasMore: boolean
  readonly isDone: boolean
}

export const factsOfCheckpoint = (checkpoint: Checkpoint): ReadFacts => checkpoint.facts as unknown as ReadFacts // written below

/** Files that a load keeps outside of its attempts. */
export const keptFiles = ({ workspace }: Pick<CollectionContext, 'workspace'>, loadId: string) => {
  const folder = workspace.incomingPath(loadId)
  return { folder, rows: join(folder, 'rows.csv'), file: join(folder, 'file') }
}

interface Job {
  readonly loadId: string
  readonly plan: SourcePlan
  readonly attempt: Attempt
  /** A checkpoint of the same plan. */
  readonly from: Checkpoint | undefined
  /** Rows that are likely to come; null when nobody knows. */
  readonly expectedRows: number | null
  readonly canSummarise: boolean
}

/**
 * Reads what the plan says to the load's own folder, going on behind the checkpoint. What came is noted every two seconds, so that
 * an attempt that dies, is paused, or loses its source costs no more than that.
 * @throws AppError `collection/source-…`, `collection/source-changed` when the columns are others than before the interruption
 */
export async function readSourceRows(context: CollectionContext, source: OpenSource, { loadId, plan, attempt, from, expectedRows, canSummarise }: Job): Promise<Checkpoint> {
  const { progress, rejects, signal } = attempt
  const paths = keptFiles(context, loadId)
  await mkdir(paths.folder, { recursive: true, mode: 0o750 })
  let facts: ReadFacts = from === undefined
    ? { plan, hints: {}, columns: [], key: [], mark: null, summary: null, isBroken: false, file: null, hasMore: false, isDone: false }
    : { ...factsOfCheckpoint(from), isBroken: true }
  let names = from?.names ?? []
  let sheet: RowSheet | undefined
  let position = from?.position ?? null
  let notedAt = 0
  let bytes = from?.sheet.bytes ?? 0
  let rows = from?.sheet.rows ?? 0

  const note = async (): Promise<Checkpoint> => {
    const checkpoint: Checkpoint = { sheet: (await sheet?.mark()) ?? NO_ROWS, names, position, facts: { ...facts } }
    await context.loads.noteCheckpoint(loadId, checkpoint, context.clock.now())
    notedAt = context.clock.now().getTime()
    return checkpoint
  }
  const request = { ...plan.request, ...(position === null ? {} : { position }), ...(canSummarise && from === undefined ? { summarise: true } : {}) }
  try {
    for await (const batch of source.read(request)) {
      signal.throwIfAborted()
      if (batch.kind === 'columns') {
        const cleaned = cleanFieldNames(batch.columns.map(({ name }) => name))
        if (from !== undefined && cleaned.join('\n') !== names.join('\n')) throw new AppError('collection/source-changed', { columns: cleaned.length })
        names = cleaned
        facts = { ...facts, columns: batch.columns.map(({ name }) => name), key: batch.key, hints: hintsOf(cleaned, batch.columns) }
        sheet = await openRowSheet(paths.rows, names, { rejects, ...(from === undefined ? {} : { from: from.sheet }) })
      } else if (batch.kind === 'rows') {
        if (sheet === undefined) throw new Error('rows came before their columns')
        await sheet.write(batch.rows)
        rows += batch.rows.length
        bytes += batch.rows.reduce((sum, row) => sum + row.reduce((length, text) => length + (text?.length ?? 0), row.length), 0)
        if (bytes > MOST_SOURCE_BYTES) throw new AppError('collection/source-too-large', { mostMb: MOST_SOURCE_BYTES / 2 ** 20 })
        position = batch.position
        if (plan.request.markBy !== undefined && batch.mark !== null) facts = { ...facts, mark: { column: plan.request.markBy, value: batch.mark } }
        progress.tick(expectedRows === null || expectedRows === 0 ? 0 : rows / expectedRows, { rows_read: rows, rows_rejected: rejects.total })
        if (context.clock.now().getTime() - notedAt > CHECKPOINT_EVERY_MS) {
          await requireSpace(context)
          if (position !== null) await note()
        }
      } else if (batch.kind === 'summary') {
        facts = { ...facts, summary: { rows: batch.rows, hash: batch.hash } }
      } else {
        await rename(batch.path, paths.file)
        facts = { ...facts, file: { name: batch.name, bytes: batch.bytes, sha256: batch.sha256 }, mark: batch.mark, hasMore: batch.more }
        break
      }
    }
    facts = { ...facts, isDone: true }
    position = null
    return await note()
  } finally {
    await sheet?.close()
  }
}

function hintsOf(names: readonly string[], columns: readonly SourceColumn[]): TypeHints {
  const known = columns.flatMap(({ reading }, index): [string, Reading][] => (reading === null ? [] : [[names[index] ?? '', reading]]))
  return Object.fromEntries(known)
}
