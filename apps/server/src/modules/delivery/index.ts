import { createGate } from '../../platform/gate.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import type { ReadableInput } from '../collection/index.ts'
import type { GrantUse } from '../sharing/index.ts'
import { chinaDay } from '@datong/kernel'
import { createKeptAnswers } from './answers/kept-answers.ts'
import type { DeliveryContext } from './context.ts'
import type { DeliveryDeps } from './deps.ts'
import { createDownloads } from './files/download.ts'
import { takeMerger } from './forms/take-merger.ts'
import { createLinks } from './links/index.ts'
import { deliveryMigration } from './migrations/20261122T0180-delivery.ts'
import { callFiguresMigration } from './migrations/20261122T0286-call-figures.ts'
import { figuresInPlaceMigration } from './migrations/20261122T0303-figures-in-place.ts'
import { derivedMigration } from './migrations/20261122T0280-derived.ts'
import { linksMigration } from './migrations/20261122T0281-links.ts'
import { pushMigration } from './migrations/20261122T0282-push.ts'
import { subscriptionsMigration } from './migrations/20261122T0283-subscriptions.ts'
import { createCallFigureStore } from './metering/call-figure-store.ts'
import { createCallMeter } from './metering/call-meter.ts'
import { createOpenMeter } from './metering/open-meter.ts'
import { identifies } from './plan/identifies.ts'
import { inputOf } from './plan/input-of.ts'
import { createPlanCache } from './plan/plan-cache.ts'
import { deliveryRoutes } from './routes.ts'
import { askRows } from './rows/ask-rows.ts'
import { createPush } from './push/index.ts'
import { createSubscriptions } from './subscriptions/index.ts'
import { createServingStore, type Following } from './serving/serving-store.ts'
import { createUsageStore, type LastUses } from './metering/usage-store.ts'
import { followChanges } from './live/follow-changes.ts'
import { createLiveStates } from './live/live-states.ts'
import { capturedFeedMigration } from './migrations/20261122T0441-captured-feed.ts'
import { liveMigration } from './migrations/20261122T0411-live.ts'
import { readerMigration } from './migrations/20261122T0345-reader.ts'
import { createQuestions, type Questions } from './query/index.ts'
import { verificationMigration } from './migrations/20261122T0280-verification.ts'
import { createKeyIndexes } from './verification/key-index.ts'
import { openFilesMigration } from './migrations/20261122T0451-open-files.ts'
import { rowsRecordedMigration } from './migrations/20261122T0480-rows-recorded.ts'
import { createOpenFiles, type OpenFiles } from './open-files/open-files.ts'
import { watermarkMigration } from './migrations/20261122T0301-watermark.ts'
import { createMarkStore } from './watermark/mark-store.ts'

export { MOST_ROWS } from './query/index.ts'
export type { Asker, Questions, TableAnswer, TableQuestion } from './query/index.ts'
export type { LastUses } from './metering/usage-store.ts'
export type { OpenFile } from './open-files/open-files.ts'
export { createQuotas, DEFAULT_PUBLIC_QUOTA } from './metering/quotas.ts'
export { createMisses } from './verification/misses.ts'

export const deliveryMigrations = [deliveryMigration, verificationMigration, derivedMigration, linksMigration, callFiguresMigration, subscriptionsMigration, pushMigration, watermarkMigration, figuresInPlaceMigration, readerMigration, liveMigration, openFilesMigration, capturedFeedMigration, rowsRecordedMigration]

/** The one door out. */
export interface Delivery extends ServerModule {
  /** What grants were used for; sharing shows it without knowing delivery. */
  useOf(grantIds: readonly string[]): Promise<ReadonlyMap<string, GrantUse>>
  /** When each entry and each grant was last used. */
  lastUses(): Promise<LastUses>
  /** Size and hash of the files of open data, as far as they were made since their entry changed. */
  readonly openFiles: Pick<OpenFiles, 'of'>
  /** Questions about rows beyond look-ups by key, for the open interfaces. */
  readonly questions: Questions
  /** What a department may read of an entry inside the platform. @throws AppError as a read of the rows would */
  inputOf(organisation: string, entryCode: string): Promise<ReadableInput>
  /** Reads a row as a call would, and lets nothing of it leave. @throws what a call of the own department would have met */
  askRows(entryCode: string, signal: AbortSignal): Promise<void>
}

/** Fields by which people look rows up get an index even when they are no identifier. */
const LOOKED_UP = new Set(['citizen-number', 'unified-credit-code', 'plate', 'division-code'])

export function createDelivery(deps: DeliveryDeps): Delivery {
  const liveStates = createLiveStates(deps.store)
  const serving = createServingStore(deps.store, liveStates)
  const { captured } = deps
  const usage = createUsageStore(deps.store.db)
  const callFigures = createCallFigureStore(deps.store.db, (statement) => deps.store.pool.query(statement))
  const callMeter = createCallMeter({ figures: callFigures, clock: deps.clock, log: deps.log })
  const plans = createPlanCache({ ...deps, serving })
  const openFiles = createOpenFiles(deps.store.db)
  const downloads = openFiles.noting(createDownloads({ engine: deps.engine, folder: deps.workFolder }), deps.log)
  const openMeter = createOpenMeter({ store: deps.store, usage, clock: deps.clock, log: deps.log })
  const keyIndexes = createKeyIndexes(deps.store)
  const context: DeliveryContext = {
    ...deps, serving, usage, callFigures, plans, downloads, keyIndexes, marks: createMarkStore(deps.store.db, deps.clock), engineReads: createGate({ atOnce: 2, mostWaiting: 50 }),
    fileMakes: createGate({ atOnce: 2, mostWaiting: 20, ofOne: { atOnce: 1, mostWaiting: 2 } }),
    answers: createKeptAnswers(deps.forms.keptAnswerBytes), meterOpen: openMeter.add,
  }
  const subscriptions = createSubscriptions(context)
  const follower = captured === undefined ? undefined : followChanges({ ...deps, captured, moved: subscriptions.follow })
  const forms: readonly ServerModule[] = [createLinks(context), subscriptions, createPush(subscriptions)]
  deps.evidence.onUsage((client, batch) => usage.write(client, batch))

  /** What continues a version in use, and where its changes are. */
  async function followingOf(entryCode: string, version: number): Promise<Following | 'over' | null> {
    if (captured === undefined) return null
    const continuation = await captured.continuing(entryCode, version)
    return continuation === null || continuation === 'over' ? continuation : { continuation, changes: captured.changes }
  }

  async function serve(entryCode: string): Promise<void> {
    const entry = await deps.catalog.find(entryCode)
    const version = await deps.lake.current(entryCode)
    if (entry?.state !== 'published' || version === undefined) return
    const keys = entry.fields.filter((field) => field.identifier || LOOKED_UP.has(field.suggestion?.recognizer ?? '')).map((field) => field.name)
    const identifying = entry.fields.filter((field) => field.type === 'text' && identifies(field.identifier, field.suggestion?.recognizer ?? null)).map((field) => field.name)
    await serving.build(entryCode, version, { keys, identifying }, deps.engine, await followingOf(entryCode, version.number))
    // The feed goes on behind the new table, when it follows a capture.
    await subscriptions.extend(entryCode)
    const table = await serving.find(entryCode, version)
    if (table !== null) await keyIndexes.ensure(table, identifying)
  }

  return {
    routes: [...deliveryRoutes(context), ...forms.flatMap(({ routes }) => routes)].map(callMeter.measured),
    async start() {
      await downloads.start()
      await liveStates.start()
      await plans.start()
      openMeter.start()
      callMeter.start()
      for (const event of ['catalog.entry-published', 'catalog.entry-changed', 'collection.version-used'] as const) {
        await deps.events.subscribe(event, 'delivery', async ({ entryCode }) => {
          await openFiles.forget(entryCode)
          await serving.notifyChanged(entryCode)
          await serve(entryCode)
        })
      }
      await deps.events.subscribe('identity.organisation-merged', 'delivery', (event) => takeMerger(deps.store.db, event))
      await deps.events.subscribe('catalog.entry-withdrawn', 'delivery', ({ entryCode }) => serving.drop(entryCode))
      await follower?.start()
      for (const form of forms) await form.start?.()
    },
    async stop() {
      for (const form of forms.toReversed()) await form.stop?.()
      await follower?.stop()
      await plans.stop()
      await liveStates.stop()
      await openMeter.stop()
      await callMeter.stop()
    },
    lastUses: () => usage.lastUses(),
    openFiles,
    questions: createQuestions(context),
    inputOf: (organisation, entryCode) => inputOf(plans, organisation, entryCode),
    askRows: (entryCode, signal) => askRows(context, entryCode, signal),
    async useOf(grantIds) {
      const rows = await usage.byGrant(grantIds, chinaDay(deps.clock.now()))
      return new Map(rows.map(({ grant_id, calls, rows: count, callsToday, lastAt }) => [
        grant_id!, { callsTotal: calls, callsToday, rowsTotal: count, lastUsedAt: lastAt }, // selected by id, so not null
      ]))
    },
  }
}
