import type { Actor } from '@datong/contracts'
import type { LoadStore } from '../loads/load-store.ts'
import { lineageOfFile, type VersionLineage } from './lineage.ts'
import type { VersionStore } from './version-store.ts'

/** By which load a version came, and what it was made of. */
export interface VersionOrigin {
  readonly loadId: string
  /** Name of the file, or of the source. */
  readonly fileName: string
  readonly sha256: string
  readonly loadedAt: Date
  readonly loadedBy: Actor
  readonly madeAt: Date
  readonly lineage: VersionLineage
}

/** Where a version comes from; undefined for one that is not there. */
export async function originOf(
  { versions, loads }: { readonly versions: Pick<VersionStore, 'find'>; readonly loads: Pick<LoadStore, 'find'> }, entryCode: string, number: number,
): Promise<VersionOrigin | undefined> {
  const version = await versions.find(entryCode, number)
  const load = version && await loads.find(version.load_id)
  if (load === undefined) return undefined
  return {
    loadId: load.id, fileName: load.file_name, sha256: load.sha256, loadedAt: load.created_at, loadedBy: load.started_by, madeAt: version!.created_at, // there is a load only of a version
    lineage: version!.lineage ?? lineageOfFile(load.file_name, load.sha256),
  }
}
