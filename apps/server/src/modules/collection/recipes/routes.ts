import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { route, type Route } from '../../../platform/route.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { CollectionContext } from '../context.ts'
import { chooseRecipe } from './choose-recipe.ts'
import { previewSteps } from './preview.ts'
import { replayRecipe } from './replay-recipe.ts'
import { saveRecipe } from './save-recipe.ts'
import { suggestFor } from './suggest.ts'
import { viewBook, viewLine } from './view.ts'

export function recipeRoutes(context: CollectionContext): Route[] {
  const { recipes, catalog, organisations } = context

  /** Recipes outside the caller's reach are as unknown as those of no entry. */
  const requireEntry = async (code: string, caller: Caller, reach: Reach): Promise<EntryRecord> => {
    const entry = await catalog.requireVisible(code, caller)
    if (reach !== 'all' && entry.organisation !== caller.organisation) throw new AppError('request/not-found')
    return entry
  }

  return [
    route(operations.listRecipes, async ({ query, caller, reach }) => {
      if (reach !== 'all' && caller.organisation === null) return { items: [], nextCursor: null }
      const { rows, nextCursor } = await recipes.lines(query, reach === 'all' ? null : caller.organisation)
      const titles = new Map((await catalog.findMany(rows.map(({ entry_code }) => entry_code))).map(({ code, title }) => [code, title]))
      return { items: rows.map((row) => viewLine(row, titles.get(row.entry_code), organisations)), nextCursor }
    }),
    route(operations.getRecipes, async ({ params, caller, reach }) => viewBook(context, await requireEntry(params.code, caller, reach), caller)),
    route(operations.saveRecipe, ({ params, body, caller }) => saveRecipe(context, params.code, body, caller)),
    route(operations.chooseRecipe, async ({ params, body, caller, reach }) => {
      await chooseRecipe(context, params.code, body.number, body.reason, caller)
      return viewBook(context, await requireEntry(params.code, caller, reach), caller)
    }),
    route(operations.previewRecipe, ({ params, body, caller }) => previewSteps(context, params.code, body.steps, caller)),
    route(operations.suggestRecipe, ({ params, caller }) => suggestFor(context, params.code, caller)),
    route(operations.replayRecipe, ({ params, caller }) => replayRecipe(context, params.code, caller)),
  ]
}
