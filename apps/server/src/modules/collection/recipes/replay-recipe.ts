import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { beginIntake } from '../loads/begin-intake.ts'

/**
 * Begins a load that lets the recipe in use go over the present version's original and makes a new version of it.
 * @throws AppError `cleansing/no-recipe`, `cleansing/no-rows-yet`, `collection/load-under-way`
 */
export async function replayRecipe(context: CollectionContext, entryCode: string, caller: Caller): Promise<{ loadId: string; entryCode: string }> {
  const entry = await context.catalog.requireOwned(entryCode, caller)
  const recipe = await context.recipes.active(entry.code)
  if (recipe === undefined) throw new AppError('cleansing/no-recipe')
  const current = await context.versions.findCurrent(entry.code)
  if (current === undefined) throw new AppError('cleansing/no-rows-yet')
  const order = { entry: { code: entry.code }, kind: 'recipe', details: { version: current.number, recipe: recipe.number }, title: `${current.source} · ${recipe.title}` } as const
  return beginIntake(context, order, caller.actor)
}
