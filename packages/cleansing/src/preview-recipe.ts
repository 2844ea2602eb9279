import type { CompiledRecipe } from './compile-recipe.ts'
import { type RecipeCounts, runRecipe, type TextRow } from './run-recipe.ts'
import type { RefusalReason } from './row.ts'

/** One cell that a step changes, or cannot read. */
export interface CellExample {
  readonly line: number
  readonly field: string
  readonly before: string
  /** null: the step could not read it. */
  readonly after: string | null
}

export interface RefusedExample {
  readonly line: number
  readonly step: number
  readonly reason: RefusalReason
  readonly field: string | null
  readonly detail: string
}

/** A row before and after the whole recipe; `after` is null when it is left out. */
export interface RowExample {
  readonly line: number
  readonly before: readonly string[]
  readonly after: readonly string[] | null
}

export interface RecipePreview {
  readonly counts: RecipeCounts
  /** By step. Examples differ from each other. */
  readonly examples: readonly (readonly CellExample[])[]
  readonly refused: readonly RefusedExample[]
  /** Rows that are changed or left out, and others when there are few such. */
  readonly rows: readonly RowExample[]
}

export interface PreviewLimits {
  /** Examples a step. */
  readonly cells: number
  readonly rows: number
}

/** Runs a recipe over rows without keeping them: what it does, with examples. */
export async function previewRecipe(recipe: CompiledRecipe, rows: readonly TextRow[], limits: PreviewLimits): Promise<RecipePreview> {
  const examples: CellExample[][] = recipe.steps.map(() => [])
  const seen = recipe.steps.map(() => new Set<string>())
  const refused: RefusedExample[] = []
  const changed: RowExample[] = []
  const others: RowExample[] = []
  const byLine = new Map(rows.map((row) => [row.line, row.cells]))
  const note = (step: number, line: number, slot: number, before: string, after: string | null): void => {
    const [kept, known] = [examples[step], seen[step]]
    const field = recipe.steps[step]?.names[slot] ?? ''
    const sign = `${slot}\n${before}\n${after}`
    if (kept === undefined || known === undefined || kept.length >= limits.cells || known.has(sign)) return
    known.add(sign)
    kept.push({ line, field, before, after })
  }
  const counts = await runRecipe(recipe, () => [rows], {
    keep: (line, after) => {
      const before = byLine.get(line) ?? []
      const same = recipe.fields.every(({ slot }, at) => (slot < recipe.inputs.length ? before[slot] === after[at] : after[at] === ''))
      const list = same ? others : changed
      if (list.length < limits.rows) list.push({ line, before, after })
    },
    refuse: ({ line, cells }, step, { reason, field, detail }) => {
      if (refused.length < limits.rows) refused.push({ line, step, reason, field, detail })
      if (changed.length < limits.rows) changed.push({ line, before: cells, after: null })
    },
  }, {
    changed: note,
    misfit: (step, line, slot, value) => note(step, line, slot, value, null),
  })
  const shown = [...changed, ...others].slice(0, limits.rows).toSorted((a, b) => a.line - b.line)
  return { counts, examples, refused, rows: shown }
}
