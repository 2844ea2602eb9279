import type { Capture, OrganisationRef } from '@datong/contracts'
import { allowedCaptureActions } from './act-on-capture.ts'
import type { CaptureRow } from './tables.ts'

/** A capture as its readers see it. */
export const viewCapture = (
  row: CaptureRow, { entryTitle, sourceTitle, organisation, mayAct }: { entryTitle: string; sourceTitle: string; organisation: OrganisationRef; mayAct: boolean },
): Capture => ({
  id: row.id,
  sourceId: row.source_id,
  sourceTitle,
  object: row.object,
  entryCode: row.entry_code,
  entryTitle,
  organisation,
  state: row.state,
  failure: row.failure,
  columns: row.shape.columns.length,
  key: [...row.shape.key],
  changes: row.seq,
  unpacked: row.seq - row.packed_seq,
  version: row.packed_version,
  loadId: row.load_id,
  lastCommittedAt: row.last_committed_at?.toISOString() ?? null,
  lastTakenAt: row.last_taken_at?.toISOString() ?? null,
  heardAt: row.heard_at?.toISOString() ?? null,
  packMinutes: row.pack_minutes,
  createdAt: row.created_at.toISOString(),
  allowedActions: mayAct ? allowedCaptureActions(row) : [],
})
