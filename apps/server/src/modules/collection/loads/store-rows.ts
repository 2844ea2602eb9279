import type { InferredField, Staged, WrittenVersion } from '@datong/data-engine'
import type { CollectionContext } from '../context.ts'
import type { LineageInput, LineageStep } from '../versions/lineage.ts'
import { BaseMoved } from '../versions/make-version.ts'
import type { Attempt, TakenMode } from './intake.ts'
import { mergedFields } from './merge-fields.ts'

/** What was written, and of which version it is the next, when it is one of merged rows. */
export interface StoredRows {
  readonly written: WrittenVersion
  /** Rows of this load that were taken into the version. */
  readonly rowsTaken: number
  readonly base: number | undefined
  readonly inputs: readonly LineageInput[]
  readonly steps: readonly LineageStep[]
}

interface Store {
  readonly staged: Staged
  readonly fields: readonly InferredField[]
  readonly mode: TakenMode
  readonly attempt: Attempt
}

/**
 * Writes the rows as a version of their own, or into the entry's newest one.
 * @throws BaseMoved when that is not the one that they are newer than
 */
export async function storeRows(context: CollectionContext, loadId: string, { staged, fields, mode, attempt }: Store): Promise<StoredRows> {
  const { engine, versions, workspace, loads } = context
  const target = { directory: attempt.staging, reject: (batch: Parameters<typeof attempt.rejects.add>[0]) => attempt.rejects.add(batch) }
  if (mode === 'full') {
    const written = await engine.writeVersion(staged, fields, target)
    return { written, rowsTaken: written.rowsStored, base: undefined, inputs: [], steps: [] }
  }
  const load = await loads.find(loadId)
  if (load === undefined) throw new Error(`load ${loadId} is gone`)
  const newest = await versions.findNewest(load.entry_code)
  const base = newest?.number ?? 0
  if (mode.base !== undefined && mode.base !== base) throw new BaseMoved('another version was made meanwhile')
  const older = newest === undefined ? null : { files: newest.manifest.files.map(({ path }) => workspace.inLake(`${newest.folder}/${path}`)), schema: newest.manifest.fields }
  const incoming = mode.merge.deletions === 'marked' ? fields.slice(0, -1) : fields
  const written = await engine.merge(older, staged, mergedFields(older?.schema ?? [], incoming), mode.merge, target)
  return {
    written, base, rowsTaken: staged.table.rows - written.rowsRejected,
    inputs: newest === undefined ? [] : [{ kind: 'version', entryCode: load.entry_code, version: base }],
    steps: [{ kind: 'merge', id: loadId, version: 1, title: mode.merge.key.join('、') }],
  }
}
