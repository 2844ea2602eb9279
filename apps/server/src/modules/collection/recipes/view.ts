import type { OrganisationRef, Recipe, RecipeBook, RecipeLine, RecipeRun } from '@datong/contracts'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { CollectionContext } from '../context.ts'
import { readingOf } from './reading.ts'
import type { RecipeLineRow, RecipeRow, RecipeRunRow } from './recipe-store.ts'
import { sourceOf } from './source-rows.ts'

export const viewRecipe = (row: RecipeRow, active: number | null): Recipe => ({
  number: row.number, title: row.title, steps: [...row.steps], reading: row.reading, active: row.number === active,
  createdAt: row.created_at.toISOString(), createdBy: row.created_by.name,
})

const viewRun = ({ load_id, number, version, at, counts }: RecipeRunRow): RecipeRun => ({ loadId: load_id, recipe: number, version, at: at.toISOString(), counts })

/** All that is known of an entry's recipes, for who may see them. */
export async function viewBook(context: CollectionContext, entry: EntryRecord, caller: Caller): Promise<RecipeBook> {
  const { recipes, versions, workspace, organisations } = context
  const [rows, active, runs, current, file] = await Promise.all([recipes.list(entry.code), recipes.chosen(entry.code), recipes.runs(entry.code), versions.findCurrent(entry.code), recipes.lastFile(entry.code)])
  const source = current && sourceOf(current, workspace)
  return {
    entryCode: entry.code, entryTitle: entry.title, organisation: organisations.ref(entry.organisation),
    recipes: rows.map((row) => viewRecipe(row, active)), runs: runs.map(viewRun),
    table: source === undefined ? null : {
      version: source.version.number, rows: source.rows, fields: [...source.names], original: source.original, reading: readingOf(file),
    },
    mayEdit: context.catalog.owns(caller, entry),
  }
}

export const viewLine = (row: RecipeLineRow, title: string | undefined, organisations: { ref(code: string): OrganisationRef }): RecipeLine => ({
  entryCode: row.entry_code, entryTitle: title ?? row.entry_code, organisation: organisations.ref(row.organisation), newest: row.newest, active: row.active,
  title: row.title, steps: row.steps, changedAt: row.since.toISOString(),
  lastRun: row.run === null ? null : {
    version: row.run.version, at: new Date(row.run.at).toISOString(), rowsIn: row.run.counts.rowsIn, rowsOut: row.run.counts.rowsOut, rowsChanged: row.run.counts.rowsChanged,
  },
})
