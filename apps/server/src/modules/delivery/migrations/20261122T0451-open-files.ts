import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Size and hash of the files of open data as they were last made: what the open formats say of them. */
export const openFilesMigration: Migration = {
  name: '20261122T0451-open-files',
  async up(db) {
    await sql`create table delivery.open_file (
      entry_code text not null,
      format text not null,
      version integer not null,
      bytes bigint not null,
      sha256 text not null,
      primary key (entry_code, format)
    )`.execute(db)
  },
}
