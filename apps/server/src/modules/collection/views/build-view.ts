import type { Actor } from '@datong/contracts'
import { AppError, type Grade, isAppError, stricter } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import { type CollectionContext, PLATFORM } from '../context.ts'
import { beginIntakeIn } from '../loads/begin-intake.ts'
import type { ViewRow } from './tables.ts'

/** Orders a load that builds the view. @throws AppError `collection/load-under-way`, `catalog/wrong-state` */
export async function orderBuild(trx: Trx, context: CollectionContext, view: ViewRow, actor: Actor): Promise<void> {
  await beginIntakeIn(trx, context, { entry: { code: view.entry_code }, kind: 'view', details: { viewId: view.id }, title: view.title }, actor)
}

/** Orders a build unless one is under way: at its end it is asked again whether the view is stale. */
export async function buildView(context: CollectionContext, view: ViewRow, actor: Actor): Promise<void> {
  try {
    await inTransaction(context.store.db, (trx) => orderBuild(trx, context, view, actor))
  } catch (error) {
    if (!isAppError(error) || (error.code !== 'collection/load-under-way' && error.code !== 'catalog/wrong-state')) throw error
  }
}

/** The versions of a view's inputs that are current now; without those that have none. */
export async function currentInputs({ versions }: Pick<CollectionContext, 'versions'>, { inputs }: Pick<ViewRow, 'inputs'>): Promise<Record<string, number>> {
  const found = await Promise.all(inputs.map(async ({ entryCode }) => [entryCode, (await versions.findCurrent(entryCode))?.number] as const))
  return Object.fromEntries(found.flatMap(([code, number]) => (number === undefined ? [] : [[code, number]])))
}

/**
 * Builds an active view whose inputs or definition are others than when it was tried last. What failed is tried again when something
 * has changed, not before.
 */
async function refreshView(context: CollectionContext, view: ViewRow): Promise<void> {
  if (view.state !== 'active') return
  const now = await currentInputs(context, view)
  const { tried } = view
  const fresh = tried !== null && tried.definition === view.version && Object.keys(now).length === Object.keys(tried.inputs).length && Object.entries(now).every(([code, number]) => tried.inputs[code] === number)
  if (!fresh || (await hasStricterInput(context, view))) await buildView(context, view, PLATFORM)
}

/** An input was graded more strictly since: the view's fields must follow. */
async function hasStricterInput(context: CollectionContext, { organisation, inputs, floor }: ViewRow): Promise<boolean> {
  if (floor === null || context.inputOf === undefined) return false
  for (const { entryCode } of inputs) {
    const grade = await context.inputOf(organisation, entryCode).then((input): Grade | null => input.grade, (error: unknown) => {
      // A right that was lost makes the next build fail; it grades nothing.
      if (error instanceof AppError || isAppError(error)) return null
      throw error
    })
    if (grade !== null && stricter(grade, floor) !== floor) return true
  }
  return false
}

/** Something became of an entry: the views that read it are looked at, and the view that it is. */
export async function refreshAround(context: CollectionContext, entryCode: string): Promise<void> {
  for (const view of await context.views.readersOf(entryCode)) await refreshView(context, view)
  const own = await context.views.ofEntry(entryCode)
  if (own !== undefined) await refreshView(context, own)
}

/** All active views, now and then: an event may have come while a build was under way. */
export async function refreshAll(context: CollectionContext): Promise<void> {
  for (const view of await context.views.active()) {
    await refreshView(context, view).catch((error: unknown) => context.log.warn({ err: error, view: view.id }, 'a view could not be looked at'))
  }
}
