import type { Actor, RecipeCounts, RecipeReading, RecipeStep } from '@datong/contracts'
import type { ColumnType } from 'kysely'

export interface RecipeTable {
  entry_code: string
  number: number
  organisation: string
  title: string
  steps: ColumnType<readonly RecipeStep[], string, never>
  /** null: how files are read is found out anew for each. */
  reading: ColumnType<RecipeReading | null, string | null, never>
  created_at: Date
  created_by: ColumnType<Actor, string, never>
}

export interface RecipeChoiceTable {
  entry_code: string
  organisation: string
  /** null: none is in use. */
  number: number | null
  since: Date
}

export interface RecipeRunTable {
  load_id: string
  entry_code: string
  number: number
  version: number
  at: Date
  counts: ColumnType<RecipeCounts, string, never>
}

export interface RecipeTables {
  'collection.recipe': RecipeTable
  'collection.recipe_choice': RecipeChoiceTable
  'collection.recipe_run': RecipeRunTable
}
