import type { CollectionContext } from '../context.ts'
import type { CaptureStore, StoredChange } from './capture-store.ts'

/** What continues a version of an entry: the changes of a captured table. */
export interface Continuation {
  readonly captureId: string
  /** Changes of another epoch do not continue this one. */
  readonly epoch: number
  /** The last change that is in the version. */
  readonly seq: number
  /** Names of the columns in the order in which rows have their texts. */
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

/** Changes of captured tables, for delivery. */
export interface Captured {
  /**
   * Null: nothing continues it, or not in a way that its rows can follow. `over`: nothing does any more, and what has come of it is
   * still the newest, for the capture ended or takes all rows anew.
   */
  continuing(entryCode: string, version: number): Promise<Continuation | 'over' | null>
  /** Behind a number, in their order. */
  changes(captureId: string, epoch: number, after: number, limit: number): Promise<readonly StoredChange[]>
  /** Asks for a version soon: changes do not fit the one that is served. */
  wantVersion(captureId: string): Promise<void>
}

export function createCaptured({ recipes }: Pick<CollectionContext, 'recipes'>, captures: CaptureStore): Captured {
  return {
    async continuing(entryCode, version) {
      const found = await captures.makerOf(entryCode, version)
      if (found === undefined) return null
      // A recipe goes over whole loads; its rows are others than the source's.
      if ((await recipes.active(entryCode)) !== undefined) return null
      const { capture: { id, epoch, shape, state }, seq } = found
      if (state === 'ended' || found.epoch !== epoch) return 'over'
      return { captureId: id, epoch, seq, columns: shape.columns.map(({ name }) => name), key: shape.key }
    },
    changes: captures.changes,
    wantVersion: captures.wantVersion,
  }
}
