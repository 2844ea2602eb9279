import type { Actor } from '@datong/contracts'
import { AppError, type Grade } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import { type Captured, createCaptures, withCaptures } from './capture/index.ts'
import { type CollectionContext, type CollectionDeps, DEFAULT_MAX_UPLOAD_BYTES } from './context.ts'
import { createFormIntake } from './forms/form-intake.ts'
import { createFormStore } from './forms/form-store.ts'
import { formLoadJob, loadForm } from './forms/load-form.ts'
import { formRoutes } from './forms/routes.ts'
import { takeFormMerger } from './forms/take-merger.ts'
import { createRoundWatch, watchRounds } from './forms/watch-rounds.ts'
import { failLoad, unforeseen } from './loads/fail-load.ts'
import { failStuckLoads, finishLoad } from './loads/finish-load.ts'
import { lineageRoutes } from './lineage/lineage-routes.ts'
import { type Between, comparedVersions } from './versions/compare-versions.ts'
import { createLake, type Lake } from './versions/lake.ts'
import { lakeRoutes } from './versions/lake-routes.ts'
import { createLakeStore } from './versions/lake-store.ts'
import { keepRetention } from './versions/retention.ts'
import { originOf, type VersionOrigin } from './versions/version-origin.ts'
import { loadJob } from './loads/load-job.ts'
import { createLoadStore, type LoadRow } from './loads/load-store.ts'
import { createLoadWatch } from './loads/load-watch.ts'
import { collectionMigration } from './migrations/20261122T0140-collection.ts'
import { intakeMigration } from './migrations/20261122T0400-intake.ts'
import { draftCodesMigration } from './migrations/20261122T0312-draft-codes.ts'
import { sourcesMigration } from './migrations/20261122T0401-sources.ts'
import { captureMigration } from './migrations/20261122T0410-capture.ts'
import { formsMigration } from './migrations/20261122T0405-forms.ts'
import { lineageMigration } from './migrations/20261122T0415-lineage.ts'
import { lakeMigration } from './migrations/20261122T0416-lake.ts'
import { objectsMigration } from './migrations/20261122T0417-objects.ts'
import { MEDIA_TYPES } from './objects/extracted.ts'
import { objectRoutes } from './objects/object-routes.ts'
import { createObjectStore, type ObjectRow } from './objects/object-store.ts'
import { recipesMigration } from './migrations/20261122T0430-recipes.ts'
import { formRoundsMigration } from './migrations/20261122T0440-form-rounds.ts'
import { moveDraft } from './move-draft.ts'
import { collectionRoutes } from './routes.ts'
import { runLoad } from './loads/run-load.ts'
import { createRecipeStore } from './recipes/recipe-store.ts'
import { createReplayIntake } from './recipes/replay-intake.ts'
import { recipeRoutes } from './recipes/routes.ts'
import { createTransform } from './recipes/transform.ts'
import { createSourceIntake } from './sources/source-intake.ts'
import { sourceRoutes } from './sources/source-routes.ts'
import { createSourceStore } from './sources/source-store.ts'
import { takeSourceMerger } from './sources/take-merger.ts'
import { createSourceSchedule } from './sources/watch-schedule.ts'
import { createUploadIntake } from './uploads/upload-intake.ts'
import { admitUpload, beginLoad, receiveUpload, type UploadDetails } from './uploads/upload.ts'
import { putToUse } from './versions/use-version.ts'
import { createVersionStore } from './versions/version-store.ts'
import { refreshAll, refreshAround } from './views/build-view.ts'
import { viewIntake } from './views/view-intake.ts'
import { viewRoutes } from './views/view-routes.ts'
import { createViewStore } from './views/view-store.ts'
import { openWorkspace } from './workspace.ts'

export { CAPTURED_CHANNEL, type Captured, type Continuation, type StoredChange } from './capture/index.ts'
export type { CollectionDeps } from './context.ts'
export type { Lake, LakeVersion } from './versions/lake.ts'
export type { VersionOrigin } from './versions/version-origin.ts'
export type { UploadDetails } from './uploads/upload.ts'
export type { ReadableInput } from './views/readable-input.ts'

export const collectionMigrations = [
  collectionMigration, draftCodesMigration, intakeMigration, sourcesMigration,
  captureMigration,
  formsMigration,
  lineageMigration, lakeMigration, objectsMigration,
  recipesMigration,
  formRoundsMigration,
]

const TIDY_EVERY_MS = 3_600_000

/** What other modules and the seed see of a load. */
export interface LoadSummary {
  readonly id: string
  readonly entryCode: string
  readonly organisation: string
  readonly state: string
  readonly version: number | null
  readonly rowsRead: number
  readonly rowsStored: number
  readonly rowsRejected: number
  readonly startedBy: Actor
  readonly finishedAt: Date | null
  readonly error: LoadRow['error']
}

export interface Collection extends ServerModule {
  /** Takes in a file for the caller's department as the upload route does; resolves when it is safe and its job is queued. */
  upload(source: AsyncIterable<Uint8Array>, details: UploadDetails, caller: Caller): Promise<{ loadId: string; entryCode: string }>
  /** A load whoever asks; for the platform's own work. */
  findLoad(id: string): Promise<LoadSummary | undefined>
  /** The first rejected rows of a load, as they are kept: at most 500 characters of each. For the platform's own work. */
  rejectedLines(loadId: string, limit: number): Promise<string[]>
  readonly lake: Lake
  /** Whether a version is there, and the catalogue has described it. */
  hasVersion(entryCode: string, number: number): Promise<boolean>
  /** By which load a version came, and what it was made of. */
  originOf(entryCode: string, number: number): Promise<VersionOrigin | undefined>
  /** Makes a version that was held back the current one, in the caller's transaction, unless a later one is. */
  putToUse(trx: Trx, entryCode: string, number: number, actor: Actor): Promise<void>
  /** The strictest grade of what an entry is made of: no field of it may be weaker. null for what is no view. */
  gradeFloorOf(entryCode: string): Promise<Grade | null>
  /** The fields by which two versions that are kept are compared; whoever may see the entry was asked before. @throws AppError as the comparison */
  comparedBy(entryCode: string, between: Between): Promise<{ readonly key: readonly string[] }>
  /** A document or image of an entry, and where it lies; whoever asks. */
  findObject(entryCode: string, id: string): Promise<{ readonly row: ObjectRow; readonly path: string; readonly mediaType: string } | undefined>
  /** Lets go of versions that are kept no longer. @returns how many ended */
  keepRetention(): Promise<number>
  /** Opens rounds of forms whose day has come, and tells departments of theirs. */
  watchFormRounds(): Promise<void>
  /** Changes of captured tables, for those who serve rows. */
  readonly captured: Captured
  /** Takes a draft's loads and versions to its new code. @throws AppError `catalog/invalid-entry` while a load is under way */
  moveDraft(trx: Trx, from: string, to: string, actor: Actor): Promise<void>
}

/** Makes the module and its folders. */
export async function createCollection(deps: CollectionDeps): Promise<Collection> {
  const { store, events, jobs, clock, log } = deps
  const loads = createLoadStore(store.db, deps.cursors)
  const versions = createVersionStore(store.db)
  const views = createViewStore(store.db, deps.cursors)
  const lakes = createLakeStore(store.db, deps.cursors)
  const objects = createObjectStore(store.db)
  const recipes = createRecipeStore(store.db, deps.cursors)
  const sources = createSourceStore(store.db, deps.cursors)
  const forms = createFormStore(store.db, deps.cursors)
  const workspace = await openWorkspace(deps.homeFolder, deps.lakeFolder, clock)
  const context: CollectionContext = {
    ...deps, loads, versions, sources, views, lakes, objects, recipes, forms, workspace, maxUploadBytes: deps.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES,
    intakes: { source: withCaptures(createSourceIntake(() => context), () => context), view: viewIntake(() => context), form: createFormIntake({ ...deps, forms }), upload: createUploadIntake(workspace, recipes), recipe: createReplayIntake({ engine: deps.engine, versions, workspace }) },
    transform: createTransform({ ...deps, recipes }),
  }
  const watch = createLoadWatch(store)
  const schedule = createSourceSchedule(context)
  const rounds = createRoundWatch(context)
  const captures = createCaptures(context, deps.takesChanges ?? true)
  let timer: NodeJS.Timeout | undefined

  const tidy = async (): Promise<void> => {
    await workspace.tidy(async (ids) => new Map((await loads.findMany(ids)).map((load) => [load.id, load.outcome !== 'done'])))
    await failStuckLoads(context)
    await keepRetention(context)
    await refreshAll(context)
  }

  return {
    routes: [...collectionRoutes(context, watch), ...sourceRoutes(context), ...lakeRoutes(context), ...objectRoutes(context), ...formRoutes(context), ...viewRoutes(context), ...lineageRoutes(context), ...recipeRoutes(context), ...captures.routes],
    async start() {
      await tidy()
      timer = setInterval(() => void tidy().catch((error: unknown) => log.warn({ err: error }, 'tidying after loads failed')), TIDY_EVERY_MS)
      timer.unref()
      await watch.start()
      await events.subscribe('identity.organisation-merged', 'collection', async ({ predecessor, successor }) => {
        await loads.passOn(predecessor, successor)
        await takeSourceMerger(context, { predecessor, successor })
        await recipes.passOn(predecessor, successor)
        await views.passOn(predecessor, successor)
        await objects.passOn(predecessor, successor)
        await takeFormMerger(context, { predecessor, successor })
      })
      await events.subscribe('catalog.entry-described', 'collection', async (event) => {
        await finishLoad(context, event)
        await refreshAround(context, event.entryCode)
      })
      await events.subscribe('collection.version-used', 'views', ({ entryCode }) => refreshAround(context, entryCode))
      await events.subscribe('catalog.entry-changed', 'views', ({ entryCode }) => refreshAround(context, entryCode))
      await jobs.work(
        loadJob,
        ({ loadId }, job) => runLoad(context, loadId, job),
        ({ loadId }) => failLoad(context, loadId, unforeseen(undefined)),
      )
      await jobs.work(formLoadJob, ({ formId }) => loadForm(context, formId))
      await schedule.start()
      await rounds.start()
      await captures.start()
    },
    async stop() {
      clearInterval(timer)
      schedule.stop()
      rounds.stop()
      await captures.stop()
      await watch.stop()
    },
    upload: async (source, details, caller) => {
      const admitted = await admitUpload(context, details, caller)
      return beginLoad(context, await receiveUpload(context, admitted, source), caller)
    },
    findLoad: async (id) => {
      const row = await loads.find(id)
      return row && summaryOf(row)
    },
    rejectedLines: async (loadId, limit) => (await loads.rejectsAfter(loadId, null, limit)).map(({ excerpt }) => excerpt),
    lake: createLake(versions, lakes, workspace),
    gradeFloorOf: async (entryCode) => (await views.ofEntry(entryCode))?.floor ?? null,
    comparedBy: async (entryCode, between) => {
      const entry = await deps.catalog.find(entryCode)
      if (entry === undefined) throw new AppError('request/not-found')
      return comparedVersions(context, entry, between)
    },
    findObject: async (entryCode, id) => {
      const row = await objects.find(entryCode, id)
      return row && { row, path: workspace.inLake(row.path), mediaType: MEDIA_TYPES[row.kind] }
    },
    keepRetention: () => keepRetention(context),
    watchFormRounds: () => watchRounds(context),
    originOf: (entryCode, number) => originOf(context, entryCode, number),
    putToUse: (trx, entryCode, number, actor) => putToUse(trx, context, entryCode, number, actor),
    captured: captures.captured,
    moveDraft: async (trx, from, to, actor) => {
      await moveDraft(trx, context, from, to, actor)
      await captures.store.moveEntry(trx, from, to)
    },
    hasVersion: async (entryCode, number) => (await versions.list(entryCode)).some((row) => row.number === number && row.described && !row.ended),
  }
}

const summaryOf = (row: LoadRow): LoadSummary => ({
  id: row.id,
  entryCode: row.entry_code,
  organisation: row.organisation,
  state: row.outcome ?? row.phase,
  version: row.version,
  rowsRead: row.rows_read,
  rowsStored: row.rows_stored,
  rowsRejected: row.rows_rejected,
  startedBy: row.started_by,
  finishedAt: row.finished_at,
  error: row.error,
})
