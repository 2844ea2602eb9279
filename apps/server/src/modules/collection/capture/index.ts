import type { Route } from '../../../platform/route.ts'
import type { CollectionContext } from '../context.ts'
import type { Intake } from '../loads/intake.ts'
import { forgetCapture, forgetJob } from './act-on-capture.ts'
import { type Captured, createCaptured } from './captured.ts'
import { createCaptureIntake, captureOf } from './capture-intake.ts'
import { captureRoutes } from './capture-routes.ts'
import { type CaptureStore, createCaptureStore } from './capture-store.ts'
import type { CaptureContext } from './context.ts'
import { superviseCaptures } from './supervise.ts'

export { CAPTURED_CHANNEL } from './capture-store.ts'
export type { Captured, Continuation } from './captured.ts'
export type { StoredChange } from './capture-store.ts'

/** The taking of changes of sources. */
export interface Captures {
  readonly store: CaptureStore
  readonly captured: Captured
  readonly routes: readonly Route[]
  start(): Promise<void>
  stop(): Promise<void>
}

/** @param runs whether this process takes changes, or leaves it to others */
export function createCaptures(collection: CollectionContext, runs: boolean): Captures {
  const context: CaptureContext = { ...collection, captures: createCaptureStore(collection.store.db, collection.cursors) }
  const supervisor = superviseCaptures(context)
  return {
    store: context.captures,
    captured: createCaptured(context, context.captures),
    routes: captureRoutes(context),
    async start() {
      await context.events.subscribe('identity.organisation-merged', 'captures', ({ predecessor, successor }) => context.captures.passOn(predecessor, successor))
      await context.jobs.work(forgetJob, ({ captureId }) => forgetCapture(context, captureId))
      if (runs) await supervisor.start()
    },
    stop: () => supervisor.stop(),
  }
}

/** Loads of captures are loads of sources, and come in another way. @param collection as it is when the first load comes */
export function withCaptures(sources: Intake, collection: () => CollectionContext): Intake {
  let captures: Intake | undefined
  const made = (): Intake => (captures ??= createCaptureIntake({ ...collection(), captures: createCaptureStore(collection().store.db, collection().cursors) }))
  const of = (load: Parameters<Intake['take']>[0]): Intake => (captureOf(load) === undefined ? sources : made())
  return {
    mayBeEmpty: sources.mayBeEmpty,
    take: (load, attempt) => of(load).take(load, attempt),
    settled: async (trx, load, version, taken) => of(load).settled?.(trx, load, version, taken),
    reconciled: async (trx, load, reconciliation) => of(load).reconciled?.(trx, load, reconciliation),
    discard: async (load) => of(load).discard?.(load),
  }
}
