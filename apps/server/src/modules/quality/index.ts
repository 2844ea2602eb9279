import type { FieldProfile } from '@datong/data-engine'
import type { FieldContent } from '@datong/standards'
import type { Trx } from '@datong/metadata-store'
import type { ServerModule } from '../../platform/server-module.ts'
import type { KeptRows } from './checking/keep-rows.ts'
import { openKept } from './checking/failing-rows.ts'
import { createChecks, freshen } from './checking/freshen.ts'
import { contentOf } from './content-of.ts'
import type { QualityContext, QualityDeps } from './context.ts'
import { createEndpointStore } from './endpoints/endpoint-store.ts'
import { endpointRoutes } from './endpoints/endpoint-routes.ts'
import { askAll, createWatch } from './endpoints/watch.ts'
import { createGateStore } from './gate/gate-store.ts'
import { gateRoutes } from './gate/routes.ts'
import { qualityMigration } from './migrations/20261122T0150-quality.ts'
import { rulesMigration } from './migrations/20261122T0420-rules.ts'
import { gateMigration } from './migrations/20261122T0421-gate.ts'
import { scoreDaysMigration } from './migrations/20261122T0455-score-days.ts'
import { ruleTurnedMigration } from './migrations/20261122T0456-rule-turned.ts'
import { ruleNamesMigration } from './migrations/20261122T0458-rule-names.ts'
import { endpointsMigration } from './migrations/20261122T0460-endpoints.ts'
import { profileVersion } from './profile-version.ts'
import { createQualityStore } from './quality-store.ts'
import { qualityRoutes } from './routes.ts'
import { createOutcomeStore } from './rules/outcome-store.ts'
import { ruleRoutes } from './rules/routes.ts'
import { createRuleStore } from './rules/rule-store.ts'
import { endScore } from './scores/end-score.ts'
import { scoreRoutes } from './scores/routes.ts'
import { createScoreDays } from './scores/score-days.ts'
import { createStandingStore } from './scores/standing-store.ts'
import { takeCurrent } from './scores/take-current.ts'

export type { KeptRows } from './checking/keep-rows.ts'
export type { QualityDeps } from './context.ts'
export { valuesToRecognise } from './recognise-columns.ts'
export { sampleColumns } from './sample-columns.ts'

export const qualityMigrations = [qualityMigration, rulesMigration, gateMigration, endpointsMigration, scoreDaysMigration, ruleTurnedMigration, ruleNamesMigration]

export interface Quality extends ServerModule {
  /** The profile of a version's fields; empty when it has none yet. For the platform's own work: it shows values. */
  profileOf(entryCode: string, version: number): Promise<readonly FieldProfile[]>
  /** What the fields of a version hold, for standards; undefined without that version. For the platform's own work: it shows values. */
  contentOf(entryCode: string, version: number): Promise<readonly FieldContent[] | undefined>
  /** Whether a version waits at the gate and must not be delivered. */
  isHeldBack(entryCode: string, version: number, trx?: Trx): Promise<boolean>
  /** Rows that failed a rule in a version, as far as they were kept; undefined when none were. For the platform's own work: it shows values. */
  failingRowsOf(ruleId: string, version: number): Promise<KeptRows | undefined>
  /** Works out anew what time and descriptions alone change, of every entry. @returns how many there are */
  freshen(): Promise<number>
  /** Asks the endpoints of all entries now, and lets the scores follow. @returns how many entries were asked */
  askEndpoints(): Promise<number>
  /** Takes the figures of a draft to its new code. */
  moveDraft(trx: Trx, from: string, to: string): Promise<void>
}

export function createQuality(deps: QualityDeps): Quality {
  const store = createQualityStore(deps.db)
  const context: QualityContext = {
    ...deps, store, rules: createRuleStore(deps.db, deps.cursors), outcomes: createOutcomeStore(deps.db), standings: createStandingStore(deps.db), scoreDays: createScoreDays(deps.db), gates: createGateStore(deps.db),
    endpoints: createEndpointStore(deps.db),
  }
  const checks = createChecks(context)
  const watch = createWatch(context)
  return {
    routes: [...qualityRoutes(context), ...ruleRoutes(context), ...scoreRoutes(context), ...gateRoutes(context), ...endpointRoutes(context)],
    async start() {
      await deps.events.subscribe('collection.version-made', 'quality', (event) => profileVersion(context, event))
      await deps.events.subscribe('collection.version-used', 'quality', (event) => takeCurrent(context, event))
      await deps.events.subscribe('catalog.entry-withdrawn', 'quality-scores', ({ entryCode }) => endScore(context, entryCode))
      await deps.events.subscribe('identity.organisation-merged', 'quality-scores', ({ predecessor, successor }) => context.scoreDays.passOn(predecessor, successor))
      await checks.start()
      await watch.start()
    },
    async stop() {
      await watch.stop()
      await checks.stop()
    },
    freshen: async () => freshen(context, 0),
    askEndpoints: () => askAll(context),
    isHeldBack: async (entryCode, version, trx) => (await context.gates.find(entryCode, version, trx))?.state === 'held',
    failingRowsOf: (ruleId, version) => openKept(context, ruleId, version),
    moveDraft: (trx, from, to) => store.moveDraft(trx, from, to),
    profileOf: async (entryCode, version) => (await store.find(entryCode, version))?.profile ?? [],
    contentOf: (entryCode, version) => contentOf(context, entryCode, version),
  }
}
