import type { Db } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import { createClockStore } from './clocks/clock-store.ts'
import { createEvaluationStore } from './evaluating/evaluation-store.ts'
import { createOpinionStore } from './opinions/opinion-store.ts'
import { createApplicationStore } from './store/application-store.ts'
import { createGrantStore } from './store/grant-store.ts'

export type { ApplicationRow } from './store/application-store.ts'
export { type GrantRow, PLANS_CHANNEL } from './store/grant-store.ts'

/** Everything that sharing keeps. */
export const createSharingStore = (db: Db, cursors: CursorCodec) => ({
  ...createApplicationStore(db, cursors),
  ...createGrantStore(db, cursors),
  clocks: createClockStore(db),
  opinions: createOpinionStore(db),
  evaluations: createEvaluationStore(db, cursors),
})

export type SharingStore = ReturnType<typeof createSharingStore>
