import type { Actor } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import { beginIntakeIn } from '../loads/begin-intake.ts'
import type { CaptureContext } from './context.ts'
import type { CaptureRow } from './tables.ts'

/** All rows of a table anew, or what changed since the last version. */
export type CaptureLoad = 'snapshot' | 'pack'

/** What a load keeps of its capture. */
export interface CaptureLoadDetails {
  readonly sourceId: string
  readonly captureId: string
  readonly takes: CaptureLoad
}

/** @throws AppError `collection/load-under-way` */
export async function beginCaptureLoad(trx: Trx, context: CaptureContext, capture: CaptureRow, takes: CaptureLoad, actor: Actor): Promise<string> {
  const details: CaptureLoadDetails = { sourceId: capture.source_id, captureId: capture.id, takes }
  const { loadId } = await beginIntakeIn(trx, context, { entry: { code: capture.entry_code }, kind: 'source', details: { ...details }, title: capture.object }, actor)
  return loadId
}
