import type { Load, OrganisationRef, Version } from '@datong/contracts'
import type { LoadRow } from './loads/load-store.ts'
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
  state: row.outcome ?? row.phase,
  progress: row.outcome === 'done' ? 1 : row.progress,
  rowsRead: row.rows_read,
  rowsStored: row.rows_stored,
  rowsRejected: row.rows_rejected,
  detection: row.detection,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  startedBy: row.started_by.name,
  error: row.error,
})

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
})
