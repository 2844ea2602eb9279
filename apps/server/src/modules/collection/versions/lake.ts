import type { FieldSchema } from '@datong/data-engine'
import { chinaDay } from '@datong/kernel'
import { join } from 'node:path'
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
  /** The version that is delivered; none until the first one is described. */
  current(entryCode: string): Promise<LakeVersion | undefined>
  version(entryCode: string, number: number): Promise<LakeVersion | undefined>
}

export function createLake(versions: VersionStore, workspace: Workspace): Lake {
  const locate = (row: VersionRow): LakeVersion => ({
    number: row.number,
    files: row.manifest.files.map(({ path }) => workspace.inLake(join(row.folder, path))),
    fields: row.manifest.fields,
    rowCount: row.row_count,
    madeOn: chinaDay(row.created_at),
  })
  return {
    current: async (entryCode) => {
      const row = await versions.findCurrent(entryCode)
      return row && locate(row)
    },
    version: async (entryCode, number) => {
      const row = await versions.find(entryCode, number)
      return row && locate(row)
    },
  }
}
