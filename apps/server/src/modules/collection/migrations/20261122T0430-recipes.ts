import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Recipes of entries in versions that never change, which one is in use, and what they did to loads. */
export const recipesMigration: Migration = {
  name: '20261122T0430-recipes',
  async up(db) {
    await sql`create table collection.recipe (
      entry_code text not null,
      number integer not null check (number > 0),
      organisation text not null,
      title text not null,
      steps jsonb not null,
      reading jsonb,
      created_at timestamptz not null,
      created_by jsonb not null,
      primary key (entry_code, number)
    )`.execute(db)
    await sql`create table collection.recipe_choice (
      entry_code text primary key,
      organisation text not null,
      number integer,
      since timestamptz not null,
      foreign key (entry_code, number) references collection.recipe on update cascade
    )`.execute(db)
    await sql`create index recipe_choice_by_change on collection.recipe_choice (since desc, entry_code)`.execute(db)
    await sql`create table collection.recipe_run (
      load_id uuid primary key references collection.load,
      entry_code text not null,
      number integer not null,
      version integer not null,
      at timestamptz not null,
      counts jsonb not null,
      foreign key (entry_code, number) references collection.recipe on update cascade
    )`.execute(db)
    await sql`create index recipe_run_by_entry on collection.recipe_run (entry_code, at desc)`.execute(db)
    await sql`create function collection.refuse_recipe_change() returns trigger language plpgsql as $$
      begin
        -- A draft's code may follow its classification, a department may be merged; nothing else changes.
        if to_jsonb(new) - 'entry_code' - 'organisation' <> to_jsonb(old) - 'entry_code' - 'organisation' then
          raise exception 'a recipe is never changed' using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end $$`.execute(db)
    await sql`create trigger recipe_is_immutable before update on collection.recipe for each row execute function collection.refuse_recipe_change()`.execute(db)
    await sql`create constraint trigger recipe_has_evidence after insert on collection.recipe
      deferrable initially deferred for each row execute function evidence.require_record('recipe', 'entry_code')`.execute(db)
    await sql`create constraint trigger recipe_choice_has_evidence after insert or update of number on collection.recipe_choice
      deferrable initially deferred for each row execute function evidence.require_record('recipe', 'entry_code')`.execute(db)
    await sql`alter table collection.load drop constraint load_kind_check, add constraint load_kind_check check (kind in ('upload', 'source', 'form', 'view', 'recipe'))`.execute(db)
  },
}
