import type { Application, ApplicationAction, ApplicationState, BodyOf, operations } from '@datong/contracts'
import type { Caller } from '../../platform/caller.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import { actOnApplication } from './act-on-application.ts'
import type { ActionBody } from './actions/action.ts'
import { apply } from './applying/apply.ts'
import { recountClocks } from './clocks/recount-clocks.ts'
import { type Conduct, createConductStore, type GrantInForce } from './conduct-store.ts'
import type { SharingContext, SharingDeps } from './context.ts'
import { grantedCodes, type GrantHolder } from './granted-codes-store.ts'
import { clockBasisMigration } from './migrations/20261122T0316-clock-basis.ts'
import { quotaTotalMigration } from './migrations/20261122T0289-quota-total.ts'
import { statisticsMigration } from './migrations/20261122T0470-statistics.ts'
import { verifyOnlyMigration } from './migrations/20261122T0288-verify-only.ts'
import { endWithEntry } from './granting/end-of-entry.ts'
import { type Holder, holdersOf } from './granting/holders-store.ts'
import { type DueEvaluation, dueEvaluations } from './evaluating/due-evaluations.ts'
import { sharingMigration } from './migrations/20261122T0170-sharing.ts'
import { closedLoopMigration } from './migrations/20261122T0270-closed-loop.ts'
import { rulesMigration } from './migrations/20261122T0271-rules.ts'
import { purposesMigration } from './migrations/20261122T0272-purposes.ts'
import { askedMaskingMigration } from './migrations/20261122T0291-asked-masking.ts'
import { versionRuleMigration } from './migrations/20261122T0300-version-rule.ts'
import { lateDeliveryMigration } from './migrations/20261122T0302-late-delivery.ts'
import { takeMerger } from './merging/take-merger.ts'
import { createPurposes } from './purposes/index.ts'
import { sharingRoutes } from './routes.ts'
import { createRules } from './rules/index.ts'
import { createSharingStore, type GrantRow } from './sharing-store.ts'
import { viewApplications } from './viewing/view-application.ts'
import { watchDeadlines, type Watched } from './watch/watch-deadlines.ts'
import { createWatch } from './watch/watch-job.ts'

export type { Conduct, GrantInForce } from './conduct-store.ts'
export type { DueEvaluation } from './evaluating/due-evaluations.ts'
export type { GrantUse } from './context.ts'
export { PLANS_CHANNEL } from './sharing-store.ts'

export const sharingMigrations = [sharingMigration, closedLoopMigration, rulesMigration, purposesMigration, verifyOnlyMigration, quotaTotalMigration, askedMaskingMigration, clockBasisMigration, versionRuleMigration, lateDeliveryMigration, statisticsMigration]

/** A grant as delivery compiles it into a plan. */
export type GrantRecord = GrantRow

/** An application in a few words. */
export interface ApplicationNote {
  readonly number: string
  readonly entryTitle: string
  readonly state: ApplicationState
  readonly applicantId: string
}

export interface Sharing extends ServerModule {
  apply(body: BodyOf<typeof operations.apply>, caller: Caller): Promise<Application>
  act(id: string, action: ApplicationAction, body: ActionBody, caller: Caller): Promise<Application>
  /** Grants of an app for an entry in whatever state, the newest first. */
  grantsOf(appId: string, entryCode: string): Promise<GrantRecord[]>
  grantsOfOrganisation(organisation: string, entryCode: string): Promise<GrantRecord[]>
  /** Versions of an entry that grants are fixed to which give, or may give again. */
  fixedVersions(entryCode: string): Promise<ReadonlySet<number>>
  grantIdsOfApplicant(userId: string): Promise<string[]>
  /** Codes of the entries for which an app, or a department with all of its apps, has an active grant. */
  grantedCodes(holder: GrantHolder, limit: number): Promise<string[]>
  findGrant(id: string): Promise<GrantRecord | undefined>
  findGrants(ids: readonly string[]): Promise<ReadonlyMap<string, GrantRecord>>
  /** What an application is called and where it stands, whoever asks; for the platform's own work. */
  findApplication(id: string): Promise<ApplicationNote | undefined>
  /** One round of the periodic job: escalation, expiry, deliveries that have happened. */
  watch(): Promise<Watched>
  /** Who has a grant of an entry, or had one until a moment ago. */
  holdersOf(entryCode: string): Promise<readonly Holder[]>
  /** Counts running clocks anew by the calendar as it is now. @returns how many ends moved, by department */
  recountClocks(): ReturnType<typeof recountClocks>
  /** Active grants that have not ended. */
  grantsInForce(): Promise<readonly GrantInForce[]>
  /** Evaluations that consumers owe now. */
  dueEvaluations(): Promise<readonly DueEvaluation[]>
  /** How departments conducted themselves as providers and consumers. */
  conductSince(since: Date): Promise<readonly Conduct[]>
}

export function createSharing(deps: SharingDeps): Sharing {
  const store = createSharingStore(deps.db, deps.cursors)
  const conduct = createConductStore(deps.db)
  const context: SharingContext = { ...deps, store }
  const watch = createWatch(context, deps.jobs)
  return {
    async start() {
      await watch.start()
      await deps.events.subscribe('identity.organisation-merged', 'sharing', (event) => takeMerger(context, event))
      await deps.events.subscribe('catalog.entry-withdrawn', 'sharing', ({ entryCode }) => endWithEntry(context, entryCode))
    },
    stop: watch.stop,
    watch: () => watchDeadlines(context),
    routes: [...sharingRoutes(context), ...createRules(context).routes, ...createPurposes(context).routes],
    apply: async (body, caller) => (await viewApplications(context, [await apply(context, body, caller)], caller))[0]!, // one in, one out
    act: async (id, action, body, caller) =>
      (await viewApplications(context, [await actOnApplication(context, id, action, body, caller)], caller))[0]!, // one in, one out
    grantsOf: (appId, entryCode) => store.grantsOf(appId, entryCode),
    grantsOfOrganisation: (organisation, entryCode) => store.grantsOfOrganisation(organisation, entryCode),
    grantedCodes: (holder, limit) => grantedCodes(deps.db, holder, limit),
    fixedVersions: (entryCode) => store.fixedVersions(entryCode),
    grantIdsOfApplicant: (userId) => store.grantIdsOfApplicant(userId),
    findGrant: (id) => store.findGrant(id),
    findGrants: (ids) => store.findGrants(ids),
    findApplication: async (id) => {
      const row = await store.findApplication(id)
      return row && { number: row.number, entryTitle: row.entry_title, state: row.state, applicantId: row.applicant_id }
    },
    holdersOf: (entryCode) => holdersOf(deps.db, entryCode, deps.clock.now()),
    recountClocks: () => recountClocks(context),
    grantsInForce: () => conduct.grantsInForce(),
    dueEvaluations: () => dueEvaluations(deps.db, deps.clock.now()),
    conductSince: (since) => conduct.conductSince(since, deps.clock.now()),
  }
}
