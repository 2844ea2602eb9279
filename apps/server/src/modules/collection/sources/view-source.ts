import type { OrganisationRef, Source, SourceColumnView, SourceObjectView } from '@datong/contracts'
import { READINGS } from '@datong/data-engine'
import type { SourceColumn, SourceObject } from '../connectors/connector.ts'
import { stateOf } from '../view.ts'
import { allowedSourceActions } from './act-on-source.ts'
import type { SourceWithLoads } from './source-store.ts'

/** A source as its readers see it; secrets are names only. */
export function viewSource({ source, lastLoad, failuresInRow }: SourceWithLoads, organisations: { ref(code: string): OrganisationRef }, mayAct: boolean): Source {
  return {
    id: source.id, name: source.name, kind: source.kind, organisation: organisations.ref(source.organisation), settings: { ...source.settings }, secrets: source.secret_names,
    from: source.read_from, mode: source.mode, markColumn: source.mark_column, keyColumns: source.key_columns, drift: source.drift, schedule: source.schedule,
    entryCode: source.entry_code, entryTitle: source.entry_title, state: source.state, nextRunAt: source.next_run_at?.toISOString() ?? null,
    mark: source.watermark?.value ?? null, fullBecause: source.mode === 'incremental' ? source.full_due : null,
    lastLoad: lastLoad === undefined ? null : { id: lastLoad.id, state: stateOf(lastLoad), at: lastLoad.created_at.toISOString(), rowsRead: lastLoad.rows_read, errorCode: lastLoad.error?.code ?? null },
    failuresInRow, createdAt: source.created_at.toISOString(), createdBy: source.created_by, revision: source.revision,
    allowedActions: mayAct ? ['edit', ...allowedSourceActions(source)] : [],
  }
}

export const viewColumn = ({ name, sourceType, reading, nullable, canMark, comment }: SourceColumn): SourceColumnView =>
  ({ name, sourceType, type: reading === null ? null : READINGS[reading], nullable, canMark, comment })

export const viewObject = ({ name, title, kind, columns, key, rows, bytes, modifiedAt }: SourceObject): SourceObjectView =>
  ({ name, title, kind, columns: columns === null ? null : columns.map(viewColumn), key: [...key], rows, bytes, modifiedAt: modifiedAt?.toISOString() ?? null })
