import type { RecipeCounts } from '@datong/contracts'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import { type Insertable, type Selectable, sql, type SqlBool } from 'kysely'
import type { CursorCodec } from '../../../platform/cursor.ts'
import type { CollectionTables, DetectionFacts } from '../tables.ts'
import type { RecipeRunTable, RecipeTable, RecipeTables } from './tables.ts'

export type RecipeRow = Selectable<RecipeTable>
export type RecipeRunRow = Selectable<RecipeRunTable>

/** An entry with recipes: the newest of them, which is in use, and what it did last. */
export interface RecipeLineRow {
  readonly entry_code: string
  readonly organisation: string
  readonly active: number | null
  readonly since: Date
  readonly newest: number
  readonly title: string
  readonly steps: number
  readonly run: { readonly version: number; readonly at: string; readonly counts: RecipeCounts } | null
}

const MOST_RUNS = 20

/** SQL of recipes. */
export function createRecipeStore(db: Db, cursors: CursorCodec) {
  const tables = withTables<RecipeTables>(db)
  const within = (trx: Trx) => withTables<RecipeTables>(trx)

  return {
    /** Lets one at a time change the recipes of an entry. */
    async lock(trx: Trx, entryCode: string): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('collection.recipe'), hashtext(${entryCode}))`.execute(trx)
    },

    /** Commits only with evidence about the entry's recipe. */
    async insert(trx: Trx, row: Insertable<RecipeTable>): Promise<void> {
      await within(trx).insertInto('collection.recipe').values(row).execute()
    },

    /** Commits only with evidence about the entry's recipe. */
    async choose(trx: Trx, entryCode: string, organisation: string, number: number | null, since: Date): Promise<void> {
      await within(trx).insertInto('collection.recipe_choice').values({ entry_code: entryCode, organisation, number, since })
        .onConflict((conflict) => conflict.column('entry_code').doUpdateSet({ number, since })).execute()
    },

    async noteRun(trx: Trx, row: Insertable<RecipeRunTable>): Promise<void> {
      await within(trx).insertInto('collection.recipe_run').values(row).onConflict((conflict) => conflict.column('load_id').doNothing()).execute()
    },

    /** All recipes of an entry, the newest first. */
    async list(entryCode: string, trx?: Trx): Promise<RecipeRow[]> {
      return (trx ? within(trx) : tables).selectFrom('collection.recipe').selectAll().where('entry_code', '=', entryCode).orderBy('number', 'desc').execute()
    },

    /** Number of the recipe in use. */
    async chosen(entryCode: string, trx?: Trx): Promise<number | null> {
      const row = await (trx ? within(trx) : tables).selectFrom('collection.recipe_choice').select('number').where('entry_code', '=', entryCode).executeTakeFirst()
      return row?.number ?? null
    },

    /** The recipe in use. */
    async active(entryCode: string): Promise<RecipeRow | undefined> {
      return tables.selectFrom('collection.recipe as recipe')
        .innerJoin('collection.recipe_choice as choice', (join) => join.onRef('choice.entry_code', '=', 'recipe.entry_code').onRef('choice.number', '=', 'recipe.number'))
        .selectAll('recipe').where('recipe.entry_code', '=', entryCode).executeTakeFirst()
    },

    async runs(entryCode: string): Promise<RecipeRunRow[]> {
      return tables.selectFrom('collection.recipe_run').selectAll().where('entry_code', '=', entryCode).orderBy('at', 'desc').limit(MOST_RUNS).execute()
    },

    /** Entries with recipes, last changed first. @param organisation null: of all */
    async lines(query: { limit?: number; cursor?: string }, organisation: string | null): Promise<{ rows: RecipeLineRow[]; nextCursor: string | null }> {
      const { limit = 20, cursor } = query
      const fingerprint = { list: 'recipes', organisation }
      const [since, code] = cursor === undefined ? [] : cursors.decode(fingerprint, cursor)
      const { rows } = await sql<RecipeLineRow>`
        select choice.entry_code, choice.organisation, choice.number as active, choice.since, newest.number as newest, newest.title, jsonb_array_length(newest.steps) as steps,
          (select jsonb_build_object('version', run.version, 'at', run.at, 'counts', run.counts) from collection.recipe_run run
            where run.entry_code = choice.entry_code order by run.at desc limit 1) as run
        from collection.recipe_choice choice
        cross join lateral (select number, title, steps from collection.recipe where entry_code = choice.entry_code order by number desc limit 1) newest
        where ${organisation === null ? sql`true` : sql`choice.organisation = ${organisation}`}
          and ${since === undefined ? sql`true` : sql`(choice.since, choice.entry_code) < (${String(since)}::timestamptz, ${String(code)})`}
        order by choice.since desc, choice.entry_code desc limit ${limit + 1}`.execute(db)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last === undefined ? null : cursors.encode(fingerprint, [last.since.toISOString(), last.entry_code]) }
    },

    /** A draft got another code: its choice and its runs follow its recipes. Commits only with evidence. @returns whether it had any */
    async rename(trx: Trx, from: string, to: string): Promise<boolean> {
      const [{ numUpdatedRows } = { numUpdatedRows: 0n }] = await within(trx).updateTable('collection.recipe').set({ entry_code: to }).where('entry_code', '=', from).execute()
      // A choice of none hangs on no recipe.
      await within(trx).updateTable('collection.recipe_choice').set({ entry_code: to }).where('entry_code', '=', from).execute()
      return numUpdatedRows > 0n
    },

    /** What was found about the last file that came into an entry. */
    async lastFile(entryCode: string): Promise<DetectionFacts | null> {
      const row = await withTables<CollectionTables>(db).selectFrom('collection.load').select('detection').where('entry_code', '=', entryCode).where('outcome', '=', 'done')
        .where(sql<SqlBool>`detection ? 'skipRows'`).orderBy('id', 'desc').limit(1).executeTakeFirst()
      return row?.detection ?? null
    },

    /** Recipes of a merged department become its successor's. */
    async passOn(from: string, to: string): Promise<void> {
      await tables.updateTable('collection.recipe').set({ organisation: to }).where('organisation', '=', from).execute()
      await tables.updateTable('collection.recipe_choice').set({ organisation: to }).where('organisation', '=', from).execute()
    },
  }
}

export type RecipeStore = ReturnType<typeof createRecipeStore>
