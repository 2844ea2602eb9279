import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/**
 * Whom questions in SQL are asked as: may look into the serving tables and at nothing else. Roles belong to the whole server, so
 * another database may have made it; who may not make roles asks as himself, in a transaction that only reads.
 */
export const readerMigration: Migration = {
  name: '20261122T0345-reader',
  async up(db) {
    await sql`do $$
      begin
        if not exists (select from pg_roles where rolname = 'datong_reader') then
          create role datong_reader nologin noinherit;
        end if;
      exception when duplicate_object or unique_violation or insufficient_privilege then null;
      end $$`.execute(db)
    await sql`do $$
      begin
        if exists (select from pg_roles where rolname = 'datong_reader') then
          grant usage on schema serving to datong_reader;
          grant select on all tables in schema serving to datong_reader;
          alter default privileges in schema serving grant select on tables to datong_reader;
          if not (select rolsuper from pg_roles where rolname = current_user) then
            execute format('grant datong_reader to %I', current_user);
          end if;
        end if;
      exception when insufficient_privilege then null;
      end $$`.execute(db)
  },
}
