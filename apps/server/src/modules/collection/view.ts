import type { Load, LoadState, OrganisationRef, Version } from '@datong/contracts'
import type { LoadRow } from './loads/load-store.ts'
import { keptReason } from './loads/reason.ts'
import type { ListedVersion } from './versions/version-store.ts'

type Organisations = { ref(code: string): OrganisationRef }

/** A load as its readers see it. @param title the entry's present title */
export const viewLoad = (row: LoadRow, title: string | undefined, organisations: Organisations): Load => ({
  id: row.id,
  entryCode: row.entry_code,
  entryTitle: title ?? row.entry_title,
  organisation: organisations.ref(row.organisation),
  fileName: row.file_name,
  bytes: row.bytes,
  state: stateOf(row),
  progress: row.outcome === 'done' ? 1 : row.progress,
  rowsRead: row.rows_read,
  rowsStored: row.rows_stored,
  rowsRejected: row.rows_rejected,
  detection: row.detection && { ...row.detection, reasons: row.detection.reasons.map(keptReason) },
  version: row.version,
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  startedBy: row.started_by.name,
  error: row.error,
  kind: row.kind,
  sourceId: typeof row.details['sourceId'] === 'string' ? row.details['sourceId'] : null,
  rowsPerSecond: row.outcome === null ? row.rows_per_second : null,
  remainingSeconds: row.outcome === null && row.hold === null ? row.remaining_seconds : null,
  drift: row.drift,
  reconciliation: row.reconciliation,
})

/** The state of a load in the words of its readers. */
export const stateOf = ({ outcome, hold, phase }: Pick<LoadRow, 'outcome' | 'hold' | 'phase'>): LoadState =>
  outcome ?? (hold === null ? phase : HELD_STATE[hold])

const HELD_STATE = { paused: 'paused', drift: 'held' } as const

/** A version; who made it, of what file, is for the department and its overseers: others see the department. */
export const viewVersion = (row: ListedVersion, insider: boolean, department: string): Version => ({
  number: row.number,
  loadId: row.load_id,
  rowCount: row.row_count,
  rowsRejected: row.rows_rejected,
  bytes: row.bytes,
  contentHash: row.content_hash,
  createdAt: row.created_at.toISOString(),
  createdBy: insider ? row.created_by : department,
  source: insider ? row.source : '',
  fields: row.manifest.fields.map(({ name, type }) => ({ name, type })),
  current: row.current,
  ended: row.ended,
})
