import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Finds the fields of an element among half a million entries. */
export const mappingIndexMigration: Migration = {
  name: '20261122T0332-mapping-index',
  async up(db) {
    await sql`create index mapping_elements on standards.mapping using gin ((jsonb_path_query_array(fields, '$[*].element')))`.execute(db)
  },
}
