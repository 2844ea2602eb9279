import type { FieldSchema } from '@datong/data-engine'
import { chinaDay } from '@datong/kernel'
import { join } from 'node:path'
import type { LakeStore } from './lake-store.ts'
import type { VersionRow, VersionStore } from './version-store.ts'
import type { Workspace } from '../workspace.ts'

/** A version in the lake as its readers need it. */
export interface LakeVersion {
  readonly number: number
  /** Absolute paths. */
  readonly files: readonly string[]
  readonly fields: readonly FieldSchema[]
  readonly rowCount: number
  /** The day in China on which it was made. */
  readonly madeOn: string
}

/** Where the rows are. Versions are immutable: what is answered for a number stays true. */
export interface Lake {
  /** The version that is delivered; none until the first one is described. It is always kept. */
  current(entryCode: string): Promise<LakeVersion | undefined>
  /** None for a number that was never given, or whose version is kept no more. */
  version(entryCode: string, number: number): Promise<LakeVersion | undefined>
}

/** Where a version lies. */
export const locate = (workspace: Pick<Workspace, 'inLake'>, row: VersionRow): LakeVersion => ({
  number: row.number,
  files: row.manifest.files.map(({ path }) => workspace.inLake(join(row.folder, path))),
  fields: row.manifest.fields,
  rowCount: row.row_count,
  madeOn: chinaDay(row.created_at),
})

export function createLake(versions: VersionStore, lakes: LakeStore, workspace: Workspace): Lake {
  return {
    current: async (entryCode) => {
      const row = await versions.findCurrent(entryCode)
      return row && locate(workspace, row)
    },
    version: async (entryCode, number) => {
      const row = await versions.find(entryCode, number)
      return row === undefined || (await lakes.findEnd(entryCode, number)) !== undefined ? undefined : locate(workspace, row)
    },
  }
}
