import { AppError, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { recordSource } from '../sources/record-source.ts'
import { beginCaptureLoad } from './begin-capture-load.ts'
import { isCaptured } from './capture-store.ts'
import type { CaptureContext } from './context.ts'
import { openCapture } from './open-capture.ts'
import { recordCapture } from './record-capture.ts'
import type { CaptureRow } from './tables.ts'

const DEFAULT_PACK_MINUTES = 60
/** Looking at a table takes a moment; a source that does not answer is none now. */
const LOOK_MS = 30_000

/**
 * Begins to take the changes of a source: all its rows first, from one moment on each change.
 * @throws AppError `request/not-found`, `collection/wrong-state` for sources of another mode, `collection/capture-exists`,
 *   `collection/capture-impossible`, `collection/load-under-way`, `collection/source-…`
 */
export async function createCapture(context: CaptureContext, { sourceId, packMinutes = DEFAULT_PACK_MINUTES }: { sourceId: string; packMinutes?: number | undefined }, caller: Caller): Promise<CaptureRow> {
  const { sources, captures, catalog, clock, random, store } = context
  const source = await sources.find(sourceId)
  if (source === undefined || source.organisation !== caller.organisation) throw new AppError('request/not-found')
  if (source.mode !== 'changes' || !('object' in source.read_from)) throw new AppError('collection/wrong-state', { action: 'capture', state: source.mode })
  const { object } = source.read_from
  const shape = await (await openCapture(context, source, AbortSignal.timeout(LOOK_MS))).inspect(object)
  return inTransaction(store.db, async (trx) => {
    const locked = await sources.lock(trx, sourceId)
    if (locked === undefined) throw new AppError('request/not-found')
    if (await isCaptured(trx, sourceId)) throw new AppError('collection/capture-exists', { object })
    const entry = locked.entry_code === null ? await catalog.draft(trx, { title: locked.entry_title, organisation: locked.organisation, actor: caller.actor }) : { code: locked.entry_code }
    if (locked.entry_code === null) {
      await recordSource(trx, context, { source: await sources.change(trx, sourceId, { entry_code: entry.code }), actor: caller.actor, action: 'attached' })
    }
    const capture = await captures.insert(trx, {
      id: uuidv7(clock, random), source_id: sourceId, entry_code: entry.code, organisation: locked.organisation, object, state: 'starting', failure: null, shape: JSON.stringify(shape),
      position: null, packed_version: null, packed_at: null, pack_minutes: packMinutes, load_id: null, last_committed_at: null, last_taken_at: null, heard_at: null,
      created_at: clock.now(), created_by: JSON.stringify(caller.actor),
    })
    const loadId = await beginCaptureLoad(trx, context, capture, 'snapshot', caller.actor)
    const begun = await captures.change(trx, capture.id, { load_id: loadId })
    await recordCapture(trx, context, { capture: begun, actor: caller.actor, action: 'begun', detail: { loadId, key: shape.key, columns: shape.columns.map(({ name }) => name) } })
    return begun
  })
}
