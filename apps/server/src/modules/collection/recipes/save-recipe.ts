import { checkRecipe } from '@datong/cleansing'
import type { BodyOf, Recipe, RecipeReading, recipeOperations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import { createHash } from 'node:crypto'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { readingOf } from './reading.ts'
import { recordRecipe } from './record-recipe.ts'
import { sourceOf } from './source-rows.ts'
import { toolsOf } from './tools.ts'
import { viewRecipe } from './view.ts'

/**
 * Saves a new version of an entry's recipe, in use from the next load on.
 * @throws AppError `cleansing/recipe-does-not-fit` with all faults, `cleansing/no-rows-yet` when there is no way of reading to keep,
 *   `request/conflict` when somebody saved another meanwhile
 */
export async function saveRecipe(context: CollectionContext, entryCode: string, body: BodyOf<typeof recipeOperations.saveRecipe>, caller: Caller): Promise<Recipe> {
  const { recipes, versions, workspace, standards, clock } = context
  const entry = await context.catalog.requireOwned(entryCode, caller)
  const current = await versions.findCurrent(entry.code)
  if (current !== undefined) {
    const checked = checkRecipe(body.steps, sourceOf(current, workspace).names, toolsOf(standards, clock))
    if (!('steps' in checked)) throw new AppError('cleansing/recipe-does-not-fit', { faults: checked.length }, checked)
  }
  const reading = body.keepReading ? await kept(context, entry.code) : null
  return inTransaction(context.store.db, async (trx) => {
    await recipes.lock(trx, entry.code)
    const newest = (await recipes.list(entry.code, trx))[0]?.number ?? 0
    if (newest !== body.after) throw new AppError('request/conflict')
    const now = clock.now()
    const number = newest + 1
    const steps = JSON.stringify(body.steps)
    await recipes.insert(trx, {
      entry_code: entry.code, number, organisation: entry.organisation, title: body.title, steps, reading: reading === null ? null : JSON.stringify(reading),
      created_at: now, created_by: JSON.stringify(caller.actor),
    })
    await recipes.choose(trx, entry.code, entry.organisation, number, now)
    await recordRecipe(trx, context, {
      entry, actor: caller.actor, action: 'saved',
      detail: { number, title: body.title, steps: body.steps.map(({ kind }) => kind), sha256: createHash('sha256').update(steps).digest('hex'), keepsReading: reading !== null },
    })
    const saved = (await recipes.list(entry.code, trx))[0]! // inserted just now
    return viewRecipe(saved, number)
  })
}

/** How the last file of the entry was read. */
async function kept({ recipes }: CollectionContext, entryCode: string): Promise<RecipeReading> {
  const reading = readingOf(await recipes.lastFile(entryCode))
  if (reading === null) throw new AppError('cleansing/no-reading')
  return reading
}
