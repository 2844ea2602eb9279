import type { CollectionContext } from '../context.ts'
import type { CaptureStore } from './capture-store.ts'

/** What capture works with. */
export interface CaptureContext extends CollectionContext {
  readonly captures: CaptureStore
}
