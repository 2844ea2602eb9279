import { suggestSteps } from '@datong/cleansing'
import type { operations, RecipeStep, ResponseOf } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { sampleRows, sourceOf } from './source-rows.ts'
import { toolsOf } from './tools.ts'

type Suggestions = ResponseOf<typeof operations.suggestRecipe>

/** Steps that the present rows call for. No row leaves: a step names fields, and counts. @throws AppError `cleansing/no-rows-yet` */
export async function suggestFor(context: CollectionContext, entryCode: string, caller: Caller): Promise<Suggestions> {
  const entry = await context.catalog.requireOwned(entryCode, caller)
  const current = await context.versions.findCurrent(entry.code)
  if (current === undefined) throw new AppError('cleansing/no-rows-yet')
  const source = sourceOf(current, context.workspace)
  const rows = await sampleRows(context.engine, source)
  const found = await suggestSteps(source.names, rows, toolsOf(context.standards, context.clock))
  return {
    version: current.number, rowsLooked: rows.length,
    items: found.map(({ step, counts }) => ({ step: structuredClone(step) as RecipeStep, counts: { ...counts, cells: { ...counts.cells } } })), // the same steps, whose lists may be changed
  }
}
