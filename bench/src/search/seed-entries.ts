import type { Store } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { BenchRecord } from './records.ts'

const BATCH = 5_000

/** Writes entries as published ones, without their life cycle: what is measured is finding them. */
export async function seedEntries(store: Store, records: Iterable<BenchRecord>): Promise<void> {
  let batch: object[] = []
  const write = async (): Promise<void> => {
    if (batch.length === 0) return
    const rows = JSON.stringify(batch)
    batch = []
    await store.db.transaction().execute(async (trx) => {
      // Evidence and notices are for changes that somebody makes.
      await sql`set local session_replication_role = replica`.execute(trx)
      await sql`insert into catalog.entry (code, organisation, title, summary, theme, keywords, state, sharing_type, opening_type, update_cycle, fields, stars, row_count, created_at, changed_at, published_at, search_text)
        select code, organisation, title, summary, theme, array(select jsonb_array_elements_text(keywords)), 'published', 'unconditional', opening, cycle, fields, stars, 1000, changed, changed, changed, ''
        from jsonb_to_recordset(${rows}::jsonb) as r(code text, organisation text, title text, summary text, theme text, keywords jsonb, opening text, cycle text, fields jsonb, stars int, changed timestamptz)`.execute(trx)
    })
  }
  for (const { texts, facts } of records) {
    const [organisation, theme, opening, cycle] = facts.facets
    const [changed, stars] = facts.numbers
    batch.push({
      code: facts.key, organisation, title: texts.title, summary: texts.summary, theme, keywords: texts.keywords, cycle, stars,
      opening: facts.scopes.includes('public') ? (opening === 'closed' ? 'open' : opening) : 'closed',
      fields: texts.fieldNames.map((name) => ({ name })), changed: new Date(changed ?? 0).toISOString(),
    })
    if (batch.length >= BATCH) await write()
  }
  await write()
  await sql`analyze catalog.entry`.execute(store.db)
}
