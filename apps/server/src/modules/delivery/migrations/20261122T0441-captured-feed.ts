import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * The feed of a captured entry leads through the states of its live tables: sets of kind `state` say how far in which table, and their
 * changes bear the rows themselves, for the tables go when newer versions come.
 */
export const capturedFeedMigration: Migration = {
  name: '20261122T0441-captured-feed',
  async up(db) {
    await sql`alter table delivery.change_set drop constraint change_set_kind_check,
      add constraint change_set_kind_check check (kind in ('snapshot', 'version', 'difference', 'state')),
      add column table_name text,
      add column to_state bigint,
      add column fields jsonb,
      add constraint change_set_state check ((kind = 'state') = (num_nulls(table_name, to_state, fields) = 0))`.execute(db)
    await sql`alter table delivery.change drop constraint change_check,
      add column before_cells text[],
      add column after_cells text[],
      add constraint change_check check (num_nonnulls(before_row, after_row, before_cells, after_cells) > 0)`.execute(db)
  },
}
