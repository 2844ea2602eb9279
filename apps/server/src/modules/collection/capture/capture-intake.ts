import type { LoadReason } from '@datong/contracts'
import { DELETED_COLUMN, type Reading } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { join } from 'node:path'
import { PLATFORM } from '../context.ts'
import type { Attempt, Intake, TakenMode, TakenTable } from '../loads/intake.ts'
import type { LoadRow } from '../loads/load-store.ts'
import { reason } from '../loads/reason.ts'
import { openRowSheet } from '../loads/row-sheet.ts'
import { holdCapture } from './act-on-capture.ts'
import type { CaptureLoadDetails } from './begin-capture-load.ts'
import type { TableShape } from './captured-source.ts'
import type { CaptureContext } from './context.ts'
import { openCapture, tableOf } from './open-capture.ts'
import { recordCapture } from './record-capture.ts'
import { stableReading } from './stable-reading.ts'
import type { CaptureRow } from './tables.ts'

/** What a load of a capture is about; undefined for loads of other sources. */
export const captureOf = ({ details }: Pick<LoadRow, 'details'>): CaptureLoadDetails | undefined =>
  // Written by `beginCaptureLoad`.
  (typeof details['captureId'] === 'string' ? details as unknown as CaptureLoadDetails : undefined)

/** What is noted of a load when its version is made. */
type Settling =
  | { readonly takes: 'snapshot'; readonly shape: TableShape; readonly position: string }
  | { readonly takes: 'pack'; readonly seq: number }

/** Takes in all rows of a captured table, or what has changed since the last version was made. */
export function createCaptureIntake(context: CaptureContext): Intake {
  const settling = new WeakMap<TakenTable, Settling>()
  const { captures, sources, clock } = context

  return {
    mayBeEmpty: true,
    async take(load, attempt) {
      const { captureId, takes } = captureOf(load)! // asked before
      const capture = await captures.find(captureId)
      const source = capture && await sources.find(capture.source_id)
      if (capture === undefined || source === undefined) throw new AppError('collection/source-removed')
      const inputs = [{ kind: 'source', id: source.id, title: source.name, object: capture.object }] as const
      const steps = [{ kind: 'capture', id: capture.id, version: capture.epoch + (takes === 'snapshot' ? 1 : 0), title: capture.object }] as const
      if (takes === 'snapshot') {
        const open = await openCapture(context, source, attempt.signal)
        const shape = await open.inspect(capture.object)
        const { taken, position } = await snapshot(open, { ...tableOf({ ...capture, shape }) }, attempt)
        const whole: TakenTable = { ...taken, inputs, steps, mode: 'full' }
        settling.set(whole, { takes, shape, position })
        return whole
      }
      if (capture.seq === capture.packed_seq) return undefined
      const packed: TakenTable = { ...await pack(context, capture, attempt), inputs, steps }
      settling.set(packed, { takes, seq: capture.seq })
      return packed
    },

    async settled(trx, load, version, taken) {
      const capture = await captures.lock(trx, captureOf(load)!.captureId) // asked before
      const settled = settling.get(taken)
      if (capture === undefined || settled === undefined) return
      const packed = { packed_version: version, packed_at: clock.now(), load_id: load.id }
      if (settled.takes === 'pack') {
        await captures.change(trx, capture.id, { ...packed, packed_seq: settled.seq })
        await captures.insertVersion(trx, { ...capture, seq: settled.seq }, version)
        return
      }
      if (capture.state !== 'starting') return
      const begun = await captures.change(trx, capture.id, {
        ...packed, packed_seq: capture.seq, state: 'running', failure: null, epoch: capture.epoch + 1, position: settled.position, shape: JSON.stringify(settled.shape), heard_at: clock.now(),
      })
      await captures.insertVersion(trx, begun, version)
      await recordCapture(trx, context, { capture: begun, actor: PLATFORM, action: 'running', detail: { version, position: settled.position } })
    },
  }
}

/** Rows of a page; each page sorts the changes once. */
const FETCHED = 50_000

type Rows = Pick<TakenTable, 'table' | 'rowsRead' | 'rowsRejected' | 'facts' | 'hints' | 'reconciliation' | 'received'>

function rowsOf(shape: TableShape, sheet: Awaited<ReturnType<Awaited<ReturnType<typeof openRowSheet>>['end']>>, because: LoadReason): Rows {
  const { table, rows, rowsRejected, hash, bytes } = sheet
  return {
    table, rowsRead: rows + rowsRejected, rowsRejected, received: { bytes, sha256: '' },
    hints: Object.fromEntries(shape.columns.flatMap((column): [string, Reading][] => {
      const reading = stableReading(column)
      return reading === null ? [] : [[column.name, reading]]
    })),
    facts: { format: 'capture', encoding: null, delimiter: null, headerRows: 0, columns: shape.columns.length, reasons: [because] },
    reconciliation: { source: null, received: { rows: rows + rowsRejected, hash: rowsRejected === 0 ? hash : null }, covers: 'load', isOfOneMoment: true },
  }
}

type Opened = Awaited<ReturnType<typeof openCapture>>

async function snapshot(source: Opened, table: ReturnType<typeof tableOf>, { scratch, progress, rejects, signal }: Attempt): Promise<{ taken: Rows; position: string }> {
  await progress.begin('reading')
  const taking = await source.snapshot(table)
  try {
    const sheet = await openRowSheet(join(scratch, 'rows.csv'), table.columns.map(({ name }) => name), { rejects })
    let rows = 0
    for await (const batch of taking.rows) {
      signal.throwIfAborted()
      await sheet.write(batch)
      rows += batch.length
      // How many there are is not known; the share only tells that it moves.
      progress.tick(1 - 1 / (1 + rows / 100_000), { rows_read: rows })
    }
    return { taken: rowsOf(table, await sheet.end(), reason('capture/snapshot', { position: taking.position })), position: taking.position }
  } finally {
    await taking.close()
  }
}

/** The last change of each key since the last version; deletions are marked, unless everything was thrown away in between. */
async function pack(context: CaptureContext, capture: CaptureRow, { scratch, progress, rejects, signal }: Attempt): Promise<Rows & { mode: TakenMode }> {
  const { captures, versions } = context
  await progress.begin('reading')
  const { shape } = capture
  const keyAt = shape.key.map((name) => shape.columns.findIndex((column) => column.name === name))
  const emptied = await captures.lastTruncate(capture.id, capture.packed_seq, capture.seq)
  const newest = await versions.findNewest(capture.entry_code)
  if (emptied === null && newest?.number !== capture.packed_version) {
    const overtaken = new AppError('collection/capture-overtaken', { object: capture.object })
    await holdCapture(context, capture, overtaken)
    throw overtaken
  }
  const names = [...shape.columns.map(({ name }) => name), ...(emptied === null ? [DELETED_COLUMN] : [])]
  const sheet = await openRowSheet(join(scratch, 'rows.csv'), names, { rejects })
  let rows = 0
  for await (const batch of captures.lastChanges(capture.id, emptied ?? capture.packed_seq, capture.seq, FETCHED)) {
    signal.throwIfAborted()
    const kept = emptied === null ? batch : batch.filter(({ row }) => row !== null)
    await sheet.write(kept.map(({ key, row }): (string | null)[] => {
      if (row !== null) return emptied === null ? [...row, null] : [...row]
      const gone: (string | null)[] = shape.columns.map(() => null)
      for (const [index, place] of keyAt.entries()) gone[place] = key[index] ?? null
      return [...gone, '1']
    }))
    rows += batch.length
    progress.tick(1 - 1 / (1 + rows / 100_000), { rows_read: rows })
  }
  const taken = rowsOf(shape, await sheet.end(), reason('capture/changes', { first: (emptied ?? capture.packed_seq) + 1, last: capture.seq }))
  return { ...taken, mode: emptied === null ? { merge: { key: [...shape.key], deletions: 'marked' }, base: capture.packed_version ?? 0 } : 'full' }
}
