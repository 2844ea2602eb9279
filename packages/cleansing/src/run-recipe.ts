import type { CompiledRecipe } from './compile-recipe.ts'
import type { Refusal } from './row.ts'
import type { Apply, Survey } from './step-definition.ts'
import { type StepCounts, Tally, type Watcher } from './tally.ts'

/** A row of texts, and the line on which it stands in its source. */
export interface TextRow {
  readonly line: number
  /** One for each field; blank is the empty text. */
  readonly cells: readonly string[]
}

/** Where rows go. Called for every row exactly once, in their order. */
export interface RecipeSink {
  keep(line: number, cells: readonly string[]): void
  /** @param step place of the step in the recipe, from 0 @param row as it came in */
  refuse(row: TextRow, step: number, refusal: Refusal): void
  /** After each batch; awaited, so that nothing piles up. */
  flush?(): Promise<void> | void
}

/** What a recipe did to a table. Always `rowsIn = rowsOut + rowsRejected + rowsDropped`. */
export interface RecipeCounts {
  readonly rowsIn: number
  readonly rowsOut: number
  readonly rowsRejected: number
  readonly rowsDropped: number
  /** Rows that came out otherwise than they went in, by cells of fields that are in both. */
  readonly rowsChanged: number
  readonly steps: readonly StepCounts[]
}

/** One step at work on one run. */
interface Worker {
  readonly apply: Apply
  readonly tally: Tally
}

/**
 * Runs a recipe over rows. Steps that must know later rows (the last of a key) have the rows read once more before.
 * @param open gives the rows from their beginning, the same ones each time
 */
export async function runRecipe(
  recipe: CompiledRecipe, open: () => AsyncIterable<readonly TextRow[]> | Iterable<readonly TextRow[]>, sink: RecipeSink, watcher?: Watcher,
): Promise<RecipeCounts> {
  const applies: (() => Apply)[] = []
  for (const { plan } of recipe.steps) applies.push(plan.start ?? (await surveyed(recipe, applies, plan.survey(), open)))
  const workers = applies.map((start, step): Worker => ({ apply: start(), tally: new Tally(step, recipe.steps[step]!.names, watcher) })) // one apply a step
  const same = recipe.fields.flatMap(({ name, slot }, at) => (recipe.inputs[slot] === name ? [{ slot, at }] : []))
  let [rowsIn, rowsOut, rowsChanged] = [0, 0, 0]
  for await (const batch of open()) {
    for (const row of batch) {
      rowsIn++
      const cells = widened(row, recipe.slots)
      const refused = pass(workers, cells, row.line)
      if (refused !== undefined) {
        sink.refuse(row, refused.step, refused.refusal)
        continue
      }
      rowsOut++
      const out = recipe.fields.map(({ slot }) => cells[slot]!) // slots are below the width
      if (same.some(({ slot, at }) => row.cells[slot] !== out[at])) rowsChanged++
      sink.keep(row.line, out)
    }
    await sink.flush?.()
  }
  const steps = workers.map(({ tally }) => tally.counts())
  const sum = (of: (counts: StepCounts) => number): number => steps.reduce((all, counts) => all + of(counts), 0)
  return { rowsIn, rowsOut, rowsChanged, rowsRejected: sum((one) => one.rowsRejected), rowsDropped: sum((one) => one.rowsDropped), steps }
}

/** Shows a survey all rows as the steps before leave them. */
async function surveyed(recipe: CompiledRecipe, before: readonly (() => Apply)[], survey: Survey, open: () => AsyncIterable<readonly TextRow[]> | Iterable<readonly TextRow[]>): Promise<() => Apply> {
  const workers = before.map((start, step): Worker => ({ apply: start(), tally: new Tally(step, []) }))
  for await (const batch of open()) {
    for (const row of batch) {
      const cells = widened(row, recipe.slots)
      if (pass(workers, cells, row.line) === undefined) survey.see(cells, row.line)
    }
  }
  return () => survey.start()
}

function widened(row: TextRow, slots: number): string[] {
  const cells = row.cells.slice()
  while (cells.length < slots) cells.push('')
  return cells
}

function pass(workers: readonly Worker[], cells: string[], line: number): { step: number; refusal: Refusal } | undefined {
  for (let step = 0; step < workers.length; step++) {
    const { apply, tally } = workers[step]! // the loop is bounded by the length
    tally.begin(line)
    const refusal = apply(cells, tally, line)
    tally.end(refusal)
    if (refusal !== undefined) return { step, refusal }
  }
  return undefined
}
