import { compileRecipe, type CompiledRecipe, type Refusal, runRecipe, type TextRow } from '@datong/cleansing'
import type { TypeHints } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { join } from 'node:path'
import type { CollectionContext } from '../context.ts'
import type { TakenTable, Transform } from '../loads/intake.ts'
import type { RejectedRow } from '../loads/reject-writer.ts'
import type { FieldOrigin } from '../versions/lineage.ts'
import { keepOriginal } from './keep-original.ts'
import { readRows } from './read-rows.ts'
import type { RecipeRow } from './recipe-store.ts'
import { toolsOf } from './tools.ts'
import { openRowFile } from './write-rows.ts'

const EXCERPT_CHARACTERS = 500

/**
 * Lets the entry's recipe go over what came in. The rows as they came are kept with the version; a row that the recipe does not
 * let pass is listed among the rejects. @throws AppError `cleansing/recipe-does-not-fit` when fields that it names are gone
 */
export const createTransform = ({ engine, recipes, standards, clock }: Pick<CollectionContext, 'engine' | 'recipes' | 'standards' | 'clock'>): Transform => async (load, taken, attempt) => {
  const recipe = await recipes.active(load.entry_code)
  if (recipe === undefined || recipe.steps.length === 0) return undefined
  const { table } = taken
  // The last field of rows with deletions says which are deleted; it is no field of the entry.
  const marked = taken.mode !== 'full' && taken.mode.merge.deletions === 'marked'
  const inputs = marked ? table.names.slice(0, -1) : table.names
  const compiled = compileRecipe(recipe.steps, inputs, toolsOf(standards, clock))
  requireKey(compiled, taken)
  const original = await keepOriginal(engine, table, attempt.staging, taken.mode === 'full')

  const names = [...compiled.fields.map(({ name }) => name), ...(marked ? table.names.slice(-1) : [])]
  const file = await openRowFile(join(attempt.scratch, 'cleaned.csv'), names)
  let refused: RejectedRow[] = []
  try {
    const marks = new Map<number, string>()
    const open = marked ? () => withoutMark(readRows(table, attempt.signal), marks) : () => readRows(table, attempt.signal)
    const counts = await runRecipe(compiled, open, {
      keep: (line, cells) => file.write(line, marked ? [...cells, marks.get(line) ?? ''] : cells),
      refuse: (row, _step, refusal) => refused.push(rejectedRow(row, refusal)),
      flush: async () => {
        const batch = refused
        refused = []
        await attempt.rejects.add(batch)
        await file.flush()
        marks.clear()
      },
    })
    return {
      table: await file.end(), rowsRejected: counts.rowsRejected + counts.rowsDropped, rowsDropped: counts.rowsDropped,
      steps: [{ kind: 'recipe', id: recipe.entry_code, version: recipe.number, title: recipe.title }],
      fieldOrigins: originsOf(compiled, recipe, taken), hints: hintsOf(compiled, taken.hints), original,
      settled: async (trx, { id, entry_code }, version) => {
        await recipes.noteRun(trx, { load_id: id, entry_code, number: recipe.number, version, at: clock.now(), counts: JSON.stringify(counts) })
      },
    }
  } catch (error) {
    await file.close().catch(() => undefined)
    throw error
  }
}

const rejectedRow = ({ line, cells }: TextRow, { reason, field, detail }: Refusal): RejectedRow => ({
  line, field, reasonCode: reason, detail, excerpt: cells.join(',').slice(0, EXCERPT_CHARACTERS),
})

async function* withoutMark(batches: AsyncIterable<TextRow[]>, marks: Map<number, string>): AsyncGenerator<TextRow[]> {
  for await (const batch of batches) {
    yield batch.map(({ line, cells }) => {
      marks.set(line, cells.at(-1) ?? '')
      return { line, cells: cells.slice(0, -1) }
    })
  }
}

/** Rows that replace others by a key must still have it. */
function requireKey({ fields }: CompiledRecipe, { mode }: TakenTable): void {
  if (mode === 'full') return
  const missing = mode.merge.key.filter((key) => !fields.some(({ name }) => name === key))
  if (missing.length === 0) return
  throw new AppError('cleansing/recipe-does-not-fit', { faults: missing.length }, missing.map((name) => ({ pointer: '/steps', code: 'key-removed', message: `配方之后没有主键字段“${name}”了` })))
}

/** Where the fields come from: by the recipe, and by what is known of the fields that it went over. */
function originsOf({ fields }: CompiledRecipe, { steps }: RecipeRow, { fieldOrigins = [] }: TakenTable): FieldOrigin[] {
  const before = new Map(fieldOrigins.map((origin) => [origin.field, origin]))
  return fields.map(({ name, from, how }) => {
    const formula = steps.findLast((step) => step.kind === 'calculate' && step.into === name)
    const only = from.length === 1 ? before.get(from[0]!) : undefined // the one that is there
    return {
      field: name,
      from: from.flatMap((field) => before.get(field)?.from ?? [{ input: 0, field }]),
      how: formula?.kind === 'calculate' ? formula.formula : how.length > 0 ? 'changed' : (only?.how ?? 'same'),
    }
  })
}

/** Readings that were known hold for fields that the recipe did not touch. */
const hintsOf = ({ fields }: CompiledRecipe, hints: TypeHints = {}): TypeHints =>
  Object.fromEntries(fields.flatMap(({ name, how, from }) => {
    const hint = hints[name]
    return hint === undefined || how.length > 0 || from[0] !== name ? [] : [[name, hint]]
  }))
