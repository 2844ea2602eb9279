import { checkRecipe, previewRecipe } from '@datong/cleansing'
import type { RecipePreview, RecipeStep } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { CollectionContext } from '../context.ts'
import { recordRecipe } from './record-recipe.ts'
import { sampleRows, sourceOf } from './source-rows.ts'
import { toolsOf } from './tools.ts'

const LIMITS = { cells: 8, rows: 30 }

/**
 * What steps would do to the present rows. The department looks at rows that it brought in itself, as it does at its rejects; that it
 * looked is recorded before they leave.
 * @throws AppError `cleansing/recipe-does-not-fit`, `cleansing/no-rows-yet`
 */
export async function previewSteps(context: CollectionContext, entryCode: string, steps: readonly RecipeStep[], caller: Caller): Promise<RecipePreview> {
  const entry = await context.catalog.requireOwned(entryCode, caller)
  const current = await context.versions.findCurrent(entry.code)
  if (current === undefined) throw new AppError('cleansing/no-rows-yet')
  const source = sourceOf(current, context.workspace)
  const compiled = checkRecipe(steps, source.names, toolsOf(context.standards, context.clock))
  if (!('steps' in compiled)) throw new AppError('cleansing/recipe-does-not-fit', { faults: compiled.length }, compiled)
  const rows = await sampleRows(context.engine, source)
  const { counts, examples, refused, rows: table } = await previewRecipe(compiled, rows, LIMITS)
  await inTransaction(context.store.db, (trx) => recordRecipe(trx, context, {
    entry, actor: caller.actor, action: 'previewed', detail: { version: current.number, rows: table.length, fields: source.names.length, steps: steps.length },
  }))
  return {
    version: current.number, rowsLooked: rows.length, rows: source.rows, whole: rows.length === source.rows, inputs: [...source.names],
    fields: compiled.fields.map(({ name, from, how }) => ({ name, from: [...from], how: [...how] })),
    counts: { ...counts, steps: counts.steps.map((one) => ({ ...one, cells: { ...one.cells } })) },
    examples: examples.map((list) => list.map((one) => ({ ...one }))), refused: refused.map((one) => ({ ...one })),
    table: table.map(({ line, before, after }) => ({ line, before: [...before], after: after === null ? null : [...after] })),
  }
}
