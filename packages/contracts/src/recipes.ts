import { Type, type Static } from 'typebox'
import { EntryCode, Id, Instant, Nullable, OrganisationRef, Page, PageQuery, Words } from './common.ts'
import { operation } from './operation.ts'
import { RecipeStepSchema } from './recipe-steps.ts'

const Count = Type.Integer({ minimum: 0 })
const Steps = Type.Array(RecipeStepSchema, { maxItems: 100 })

const StepCountsSchema = Type.Object({
  rowsChanged: Count,
  rowsRejected: Type.Integer({ minimum: 0, description: 'rows with a fault' }),
  rowsDropped: Type.Integer({ minimum: 0, description: 'rows that the step is there to leave out; listed among the rejects too' }),
  misfits: Type.Integer({ minimum: 0, description: 'values that the step could not read' }),
  cells: Type.Record(Type.String(), Count, { description: 'changed cells by field' }),
})

/** Always `rowsIn = rowsOut + rowsRejected + rowsDropped`. */
export const RecipeCountsSchema = Type.Object({
  rowsIn: Count, rowsOut: Count, rowsRejected: Count, rowsDropped: Count, rowsChanged: Count, steps: Type.Array(StepCountsSchema),
})
export type RecipeCounts = Static<typeof RecipeCountsSchema>

/** How a file of the entry is read. */
const ReadingSchema = Type.Object({
  format: Type.String(), encoding: Type.String(), delimiter: Type.String(), quote: Nullable(Type.String()), skipRows: Count, headerRows: Count, sheet: Nullable(Type.String()),
})
export type RecipeReading = Static<typeof ReadingSchema>

export const RecipeSchema = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  steps: Steps,
  reading: Nullable(ReadingSchema, 'null: found out anew for each file'),
  active: Type.Boolean(),
  createdAt: Instant,
  createdBy: Type.String(),
})
export type Recipe = Static<typeof RecipeSchema>

export const RecipeRunSchema = Type.Object({ loadId: Id, recipe: Type.Integer(), version: Type.Integer(), at: Instant, counts: RecipeCountsSchema })
export type RecipeRun = Static<typeof RecipeRunSchema>

/** All recipes of an entry, the newest first. */
export const RecipeBookSchema = Type.Object({
  entryCode: EntryCode, entryTitle: Type.String(), organisation: OrganisationRef,
  recipes: Type.Array(RecipeSchema),
  /** The last loads that a recipe went over, the newest first. */
  runs: Type.Array(RecipeRunSchema),
  /** What a recipe would go over now; null while the entry has no version. */
  table: Nullable(Type.Object({
    version: Type.Integer(), rows: Count, fields: Type.Array(Type.String()),
    original: Type.Boolean({ description: 'false: the version came in without a recipe, or by pieces, and is its own original' }),
    reading: Nullable(ReadingSchema, 'how the last file was read'),
  })),
  mayEdit: Type.Boolean(),
})
export type RecipeBook = Static<typeof RecipeBookSchema>

const RecipeLineSchema = Type.Object({
  entryCode: EntryCode, entryTitle: Type.String(), organisation: OrganisationRef, newest: Type.Integer(), active: Nullable(Type.Integer()), title: Type.String(), steps: Count,
  changedAt: Instant, lastRun: Nullable(Type.Object({ version: Type.Integer(), at: Instant, rowsIn: Count, rowsOut: Count, rowsChanged: Count })),
})
export type RecipeLine = Static<typeof RecipeLineSchema>

export const RecipePreviewSchema = Type.Object({
  version: Type.Integer(),
  rowsLooked: Count,
  rows: Count,
  whole: Type.Boolean({ description: 'whether all rows were looked at; otherwise stretches over the whole table' }),
  inputs: Type.Array(Type.String()),
  fields: Type.Array(Type.Object({ name: Type.String(), from: Type.Array(Type.String()), how: Type.Array(Type.String()) })),
  counts: RecipeCountsSchema,
  /** By step, values that it changes; `after` is null where it could not read them. */
  examples: Type.Array(Type.Array(Type.Object({ line: Count, field: Type.String(), before: Type.String(), after: Nullable(Type.String()) }))),
  refused: Type.Array(Type.Object({ line: Count, step: Count, reason: Type.String(), field: Nullable(Type.String()), detail: Type.String() })),
  /** Rows before and after; `after` is null where a row is left out. */
  table: Type.Array(Type.Object({ line: Count, before: Type.Array(Type.String()), after: Nullable(Type.Array(Type.String())) })),
})
export type RecipePreview = Static<typeof RecipePreviewSchema>

const tag = 'recipes'
const Readers = { provider: 'own', steward: 'all', auditor: 'all' } as const
const Owners = { provider: 'own' } as const
const Code = Type.Object({ code: EntryCode })

/** Recipes: steps that clean what comes into an entry, kept in versions and replayed on each load. */
export const recipeOperations = {
  listRecipes: operation({
    id: 'listRecipes', method: 'GET', path: '/api/v1/collection/recipes', tag, access: Readers, summary: 'Entries with recipes, last changed first',
    query: Type.Object(PageQuery), response: Page(RecipeLineSchema),
  }),
  getRecipes: operation({
    id: 'getRecipes', method: 'GET', path: '/api/v1/collection/recipes/{code}', tag, access: Readers, summary: 'All recipes of an entry, and what they did', params: Code, response: RecipeBookSchema,
  }),
  saveRecipe: operation({
    id: 'saveRecipe', method: 'POST', path: '/api/v1/collection/recipes/{code}', tag, access: Owners, status: 201,
    summary: 'Save a new version of the recipe, in use from the next load on; earlier ones stay', params: Code,
    body: Type.Object({
      title: Words(100), steps: Steps, keepReading: Type.Boolean({ description: 'read files from now on as the last one was read' }),
      after: Type.Integer({ minimum: 0, description: 'number of the newest version that the caller saw, 0 for none' }),
    }),
    response: RecipeSchema,
  }),
  chooseRecipe: operation({
    id: 'chooseRecipe', method: 'POST', path: '/api/v1/collection/recipes/{code}/active', tag, access: Owners, summary: 'Use another version from the next load on, or none', params: Code,
    body: Type.Object({ number: Nullable(Type.Integer({ minimum: 1 })), reason: Words(500) }), response: RecipeBookSchema,
  }),
  previewRecipe: operation({
    id: 'previewRecipe', method: 'POST', path: '/api/v1/collection/recipes/{code}/preview', tag, access: Owners, summary: 'What steps would do to the present rows of the own entry',
    params: Code, body: Type.Object({ steps: Steps }), response: RecipePreviewSchema,
  }),
  suggestRecipe: operation({
    id: 'suggestRecipe', method: 'GET', path: '/api/v1/collection/recipes/{code}/suggestions', tag, access: Owners, summary: 'Steps that the present rows of the own entry call for; counts, no rows',
    params: Code, response: Type.Object({ version: Type.Integer(), rowsLooked: Count, items: Type.Array(Type.Object({ step: RecipeStepSchema, counts: StepCountsSchema })) }),
  }),
  replayRecipe: operation({
    id: 'replayRecipe', method: 'POST', path: '/api/v1/collection/recipes/{code}/replay', tag, access: Owners, status: 202,
    summary: 'Make a new version of the present one’s original with the recipe in use', params: Code, body: Type.Object({}), response: Type.Object({ loadId: Id, entryCode: EntryCode }),
  }),
} as const
