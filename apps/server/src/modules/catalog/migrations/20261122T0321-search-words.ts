import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'
import { SHIPPED_SYNONYMS, SHIPPED_WORDS } from '../search/shipped-words.ts'

/** The search's dictionary, and what was searched for: counts by day, without persons. */
export const searchWordsMigration: Migration = {
  name: '20261122T0321-search-words',
  async up(db) {
    await sql`create table catalog.search_word (
      id integer generated always as identity primary key,
      kind text not null check (kind in ('word', 'synonym')),
      phrases text[] not null check (cardinality(phrases) >= 1),
      shipped boolean not null default false,
      changed_at timestamptz not null,
      changed_by text not null
    )`.execute(db)
    for (const [kind, groups] of [['word', SHIPPED_WORDS.map((word) => [word])], ['synonym', SHIPPED_SYNONYMS]] as const) {
      for (const phrases of groups) {
        await sql`insert into catalog.search_word (kind, phrases, shipped, changed_at, changed_by) values (${kind}, ${[...phrases]}, true, now(), '')`.execute(db)
      }
    }
    await sql`create constraint trigger search_word_has_evidence after insert or update on catalog.search_word
      deferrable initially deferred for each row execute function evidence.require_record('search-word', 'id')`.execute(db)
    await sql`create table catalog.search_day (
      day date not null,
      query text not null,
      asked integer not null,
      without_result integer not null,
      primary key (day, query)
    )`.execute(db)
  },
}
