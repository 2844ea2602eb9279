import type { Store } from '@datong/metadata-store'
import { sql } from 'kysely'
import type { Language } from '../../../apps/server/src/modules/catalog/search/language.ts'
import type { BenchRecord } from './records.ts'

const BATCH = 5_000
const wordsOf = (language: Language, text: string): string => (text.match(/\p{Script=Han}+|[a-z0-9]+/giu) ?? []).flatMap((run) => [...language.segment(run)]).join(' ')

/** The usual way in PostgreSQL: words by jieba in a weighted `tsvector` under a GIN index. @returns a search with total, 20 and four facets */
export async function preparePostgres(store: Store, language: Language, records: Iterable<BenchRecord>): Promise<(query: string) => Promise<number>> {
  await sql`create table peer (code text, organisation text, theme text, opening text, cycle text, changed bigint, seen boolean, words tsvector)`.execute(store.db)
  let batch: object[] = []
  const write = async (): Promise<void> => {
    const rows = JSON.stringify(batch)
    batch = []
    await sql`insert into peer select code, organisation, theme, opening, cycle, changed, seen,
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', others), 'C')
      from jsonb_to_recordset(${rows}::jsonb) as r(code text, organisation text, theme text, opening text, cycle text, changed bigint, seen boolean, title text, others text)`.execute(store.db)
  }
  for (const { texts, facts } of records) {
    const [organisation, theme, opening, cycle] = facts.facets
    batch.push({
      code: facts.key, organisation, theme, opening, cycle, changed: facts.numbers[0], seen: facts.scopes.includes('public'),
      title: wordsOf(language, texts.title), others: wordsOf(language, [...texts.keywords, ...texts.fieldNames, texts.organisation, texts.summary].join(' ')),
    })
    if (batch.length >= BATCH) await write()
  }
  await write()
  await sql`create index on peer using gin (words)`.execute(store.db)
  await sql`analyze peer`.execute(store.db)
  return async (query) => {
    const words = query.split(/\s+/).flatMap((part) => [...language.cut(part)]).filter((word) => /[\p{L}\p{N}]/u.test(word)).join(' ')
    const { rows } = await sql<{ total: number }>`with found as materialized (
        select code, organisation, theme, opening, cycle, ts_rank(words, q) as rank from peer, plainto_tsquery('simple', ${words}) q where words @@ q and seen
      ), counted as (
        select 'organisation' as facet, organisation as value, count(*) from found group by 2 union all select 'theme', theme, count(*) from found group by 2
        union all select 'opening', opening, count(*) from found group by 2 union all select 'cycle', cycle, count(*) from found group by 2
      ) select (select count(*)::int from found) as total, (select json_agg(t) from (select code, rank from found order by rank desc, code limit 20) t) as hits,
        (select json_agg(counted) from counted) as facets`.execute(store.db)
    return rows[0]?.total ?? 0
  }
}
