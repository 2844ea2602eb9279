import type { FieldProfile } from '@datong/data-engine'
import type { FieldContent } from '@datong/standards'
import type { Trx } from '@datong/metadata-store'
import type { ServerModule } from '../../platform/server-module.ts'
import { contentOf } from './content-of.ts'
import type { QualityContext, QualityDeps } from './context.ts'
import { qualityMigration } from './migrations/20261122T0150-quality.ts'
import { profileVersion } from './profile-version.ts'
import { createQualityStore } from './quality-store.ts'
import { qualityRoutes } from './routes.ts'

export type { QualityDeps } from './context.ts'
export { valuesToRecognise } from './recognise-columns.ts'
export { sampleColumns } from './sample-columns.ts'

export const qualityMigrations = [qualityMigration]

export interface Quality extends ServerModule {
  /** The profile of a version's fields; empty when it has none yet. For the platform's own work: it shows values. */
  profileOf(entryCode: string, version: number): Promise<readonly FieldProfile[]>
  /** What the fields of a version hold, for standards; undefined without that version. For the platform's own work: it shows values. */
  contentOf(entryCode: string, version: number): Promise<readonly FieldContent[] | undefined>
  /** Takes the figures of a draft to its new code. */
  moveDraft(trx: Trx, from: string, to: string): Promise<void>
}

export function createQuality(deps: QualityDeps): Quality {
  const store = createQualityStore(deps.db)
  const context: QualityContext = { ...deps, store }
  return {
    routes: qualityRoutes(context),
    async start() {
      await deps.events.subscribe('collection.version-made', 'quality', (event) => profileVersion(context, event))
    },
    moveDraft: (trx, from, to) => store.moveDraft(trx, from, to),
    profileOf: async (entryCode, version) => (await store.find(entryCode, version))?.profile ?? [],
    contentOf: (entryCode, version) => contentOf(context, entryCode, version),
  }
}
