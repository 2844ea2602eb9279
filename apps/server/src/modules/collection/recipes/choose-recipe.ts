import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { recordRecipe } from './record-recipe.ts'

/** Lets another version of the recipe, or none, be in use from the next load on. @throws AppError `request/not-found` */
export async function chooseRecipe(context: CollectionContext, entryCode: string, number: number | null, reason: string, caller: Caller): Promise<void> {
  const { recipes, clock } = context
  const entry = await context.catalog.requireOwned(entryCode, caller)
  await inTransaction(context.store.db, async (trx) => {
    await recipes.lock(trx, entry.code)
    const all = await recipes.list(entry.code, trx)
    if (all.length === 0 || (number !== null && !all.some((recipe) => recipe.number === number))) throw new AppError('request/not-found')
    const instead = await recipes.chosen(entry.code, trx)
    if (instead === number) return
    await recipes.choose(trx, entry.code, entry.organisation, number, clock.now())
    await recordRecipe(trx, context, { entry, actor: caller.actor, action: 'chosen', detail: { number, instead, reason } })
  })
}
