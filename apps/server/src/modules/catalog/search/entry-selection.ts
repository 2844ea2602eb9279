import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { containing, queryTerms } from './query-terms.ts'

/** Texts of an entry that a condition may look into; `everywhere` is what the portal's search looks at. */
export type SelectableText = 'everywhere' | 'title' | 'summary' | 'contact' | 'code' | 'organisation' | 'theme' | 'licence' | 'origin'
export type SelectableInstant = 'changedAt' | 'publishedAt'

/** What an entry must be: a tree of conditions over its description. */
export type EntryCondition =
  | { readonly all: readonly EntryCondition[] }
  | { readonly any: readonly EntryCondition[] }
  | { readonly not: EntryCondition }
  | { readonly atLeast: number; readonly of: readonly EntryCondition[] }
  /** Every word of the text stands in what is searched. */
  | { readonly words: string; readonly in: 'everywhere' | 'title' | 'summary' | 'contact' }
  /** The text is exactly this, or like a pattern with `*` and `?`; `anyCase` for texts that people type. */
  | { readonly text: SelectableText; readonly is: string; readonly pattern: boolean; readonly anyCase: boolean }
  | { readonly keyword: string; readonly pattern: boolean }
  /** One of the distributions has this format: a file of ours, or a link. */
  | { readonly format: string; readonly ours: boolean }
  | { readonly instant: SelectableInstant; readonly from: Date | null; readonly to: Date | null; readonly withFrom: boolean; readonly withTo: boolean }

export type EntryOrder = { readonly by: 'score' | 'title' | 'code' | 'changedAt' | 'publishedAt'; readonly descending: boolean }
export type EntryFacet = 'organisation' | 'theme' | 'keyword' | 'licence' | 'format'

const TEXTS: Readonly<Record<SelectableText, RawBuilder<unknown>>> = {
  everywhere: sql`search_text`, title: sql`title`, summary: sql`summary`, contact: sql`contact`, code: sql`code`, organisation: sql`organisation`, theme: sql`theme`, licence: sql`licence`,
  origin: sql`coalesce(origin ->> 'identifier', '')`,
}
const INSTANTS: Readonly<Record<SelectableInstant, RawBuilder<unknown>>> = { changedAt: sql`changed_at`, publishedAt: sql`coalesce(published_at, created_at)` }

/** What we deliver ourselves: entries that are open and have a version. */
const IS_OURS = sql<SqlBool>`(opening_type = 'open' and version is not null)`

/** `*` and `?` as LIKE has them; its own signs are taken literally. */
const likePattern = (pattern: string): string => pattern.replace(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll('*', '%').replaceAll('?', '_')

/** A condition as SQL on `catalog.entry`; every value is bound. */
export function conditionSql(condition: EntryCondition): RawBuilder<SqlBool> {
  if ('all' in condition) return joined(condition.all, ' and ', 'true')
  if ('any' in condition) return joined(condition.any, ' or ', 'false')
  if ('not' in condition) return sql<SqlBool>`not coalesce(${conditionSql(condition.not)}, false)`
  if ('atLeast' in condition) {
    const hits = condition.of.map((one) => sql`(case when ${conditionSql(one)} then 1 else 0 end)`)
    return hits.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(hits, sql` + `)}) >= ${condition.atLeast}`
  }
  if ('words' in condition) {
    const text = condition.in === 'everywhere' ? TEXTS.everywhere : sql`lower(${TEXTS[condition.in]})`
    const terms = queryTerms(condition.words).map((term) => sql<SqlBool>`${text} like ${containing(term)}`)
    return terms.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(terms, sql` and `)})`
  }
  if ('text' in condition) {
    const { is, pattern, anyCase } = condition
    const text = anyCase ? sql`lower(${TEXTS[condition.text]})` : TEXTS[condition.text]
    const wanted = anyCase ? is.toLowerCase() : is
    return pattern ? sql<SqlBool>`${text} like ${likePattern(wanted)}` : sql<SqlBool>`${text} = ${wanted}`
  }
  if ('keyword' in condition) {
    return condition.pattern ? sql<SqlBool>`exists (select from unnest(keywords) as word where word like ${likePattern(condition.keyword)})` : sql<SqlBool>`${condition.keyword} = any(keywords)`
  }
  if ('format' in condition) {
    const linked = sql<SqlBool>`exists (select from jsonb_array_elements(links) as link where upper(link ->> 'format') = ${condition.format.toUpperCase()})`
    return condition.ours ? sql<SqlBool>`(${IS_OURS} or ${linked})` : linked
  }
  const instant = INSTANTS[condition.instant]
  const bounds = [
    ...(condition.from === null ? [] : [condition.withFrom ? sql<SqlBool>`${instant} >= ${condition.from}` : sql<SqlBool>`${instant} > ${condition.from}`]),
    ...(condition.to === null ? [] : [condition.withTo ? sql<SqlBool>`${instant} <= ${condition.to}` : sql<SqlBool>`${instant} < ${condition.to}`]),
  ]
  return bounds.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(bounds, sql` and `)})`
}

function joined(conditions: readonly EntryCondition[], word: ' and ' | ' or ', none: 'true' | 'false'): RawBuilder<SqlBool> {
  if (conditions.length === 0) return none === 'true' ? sql<SqlBool>`true` : sql<SqlBool>`false`
  return sql<SqlBool>`(${sql.join(conditions.map(conditionSql), word === ' and ' ? sql` and ` : sql` or `)})`
}

/** Sort keys; `words` are those that the score is of. */
export function orderSql(order: readonly EntryOrder[], words: string): RawBuilder<unknown> {
  const keys = order.map(({ by, descending }) => sql`${by === 'score' ? scoreOf(words) : ORDERS[by]} ${descending ? sql`desc` : sql`asc`}`)
  return sql.join([...keys, sql`code`])
}

const ORDERS = { title: sql`title collate "C"`, code: sql`code`, changedAt: INSTANTS.changedAt, publishedAt: INSTANTS.publishedAt } as const

/** Words of the title count most; of two titles that hold them all, the shorter is nearer. */
function scoreOf(words: string): RawBuilder<unknown> {
  const terms = queryTerms(words)
  if (terms.length === 0) return sql`1`
  const hits = terms.map((term) => sql`(case when lower(title) like ${containing(term)} then 4 else 0 end + case when array_to_string(keywords, ' ') like ${containing(term)} then 2 else 0 end)`)
  return sql`(${sql.join(hits, sql` + `)} + 1.0 / (1 + length(title)))`
}

/** What a facet counts: rows of `value` for each entry. */
export function facetSql(facet: EntryFacet, formats: readonly string[]): { readonly value: RawBuilder<string>; readonly from: RawBuilder<unknown> } {
  switch (facet) {
    case 'organisation': return { value: sql<string>`organisation`, from: sql`` }
    case 'theme': return { value: sql<string>`theme`, from: sql`` }
    case 'licence': return { value: sql<string>`licence`, from: sql`` }
    case 'keyword': return { value: sql<string>`word`, from: sql`cross join lateral (select distinct unnest(keywords) as word) as words` }
    case 'format': return {
      value: sql<string>`form`,
      from: sql`cross join lateral (select unnest(${[...formats]}::text[]) as form where ${IS_OURS} union select upper(link ->> 'format') from jsonb_array_elements(links) as link where link ->> 'format' <> '') as forms`,
    }
  }
}
