import { ckanFormat, ckanLicence, ckanName, licenceOf, themeOf, type CkanPackage } from '@datong/catalog-metadata'
import { DOWNLOAD_FORMATS } from '@datong/contracts'
import type { EntryCondition, EntryFacet, EntryOrder } from '../../../catalog/index.ts'
import type { ActionCall, CkanDeps } from '../action.ts'
import { invalid, queryError, searchError } from '../ckan-error.ts'
import { organisationOf } from '../look-up.ts'
import { countOf, flagOf, jsonOf, limitOf, listOf, textOf, wordOf } from '../parameters.ts'
import { type ConditionContext, conditionOf, plainWordsCondition } from '../solr/to-condition.ts'

/** Our files' formats as CKAN writes them. */
const FORMATS = DOWNLOAD_FORMATS.map((format) => format.toUpperCase()).concat('JSON').filter((format, index, all) => all.indexOf(format) === index).map(ckanFormat)

const FACETS: Readonly<Record<string, EntryFacet>> = { organization: 'organisation', owner_org: 'organisation', groups: 'theme', tags: 'keyword', license_id: 'licence', res_format: 'format' }
const ORDERS: Readonly<Record<string, EntryOrder['by']>> = {
  score: 'score', id: 'code', name: 'code', title: 'title', title_string: 'title', metadata_modified: 'changedAt', metadata_created: 'publishedAt',
}
const DEFAULT_SORT = 'score desc, metadata_modified desc'
/** What is taken, and what is taken and changes nothing. */
const KNOWN = new Set(['q', 'fq', 'fq_list', 'sort', 'rows', 'start', 'fl', 'facet', 'facet.field', 'facet.limit', 'facet.mincount', 'include_private', 'include_drafts', 'include_deleted',
  'use_default_schema', 'extras', 'qf', 'wt', 'bf', 'boost', 'tie', 'defType', 'mm', 'df'])
const LONGEST_QUERY = 10_000
const MOST_SORTS = 20
const MOST_FILTERS = 50
const MOST_FIELDS = 200

export interface PackagesFound {
  readonly count: number
  readonly facets: Record<string, Record<string, number>>
  readonly results: readonly (CkanPackage | Record<string, unknown>)[]
  readonly sort: string
  readonly search_facets: Record<string, { title: string; items: { name: string; display_name: string; count: number }[] }>
}

/**
 * `package_search`, over what the caller may see: what the portal shows, and with `include_private` what the caller's department sees.
 * @throws CkanError
 */
export async function searchPackages(deps: CkanDeps, { data, caller, base }: Pick<ActionCall, 'data' | 'caller' | 'base'>): Promise<PackagesFound> {
  const unknown = Object.keys(data).filter((key) => !KNOWN.has(key) && !key.startsWith('ext_'))
  if (unknown.length > 0) throw queryError(`Invalid search parameters: ${JSON.stringify(unknown)}`)
  const context = contextOf(deps)
  const q = (textOf(data, 'q') ?? '').trim()
  const rows = countOf(data, 'rows', 10, 1_000)
  const start = countOf(data, 'start', 0, 10_000_000)
  const sort = [undefined, 'rank'].includes(textOf(data, 'sort')) ? DEFAULT_SORT : textOf(data, 'sort') ?? DEFAULT_SORT
  const facetFields = flagOf(data, 'facet', true) ? facetsOf(data) : []
  const wanted = listOf(data, 'fl')
  const fields = wanted === undefined ? undefined : [...new Set(wanted)]
  if (fields !== undefined && fields.length > MOST_FIELDS) throw searchError('Too many fields')
  const found = await deps.catalog.select({
    condition: { all: [wordsOf(q, context), ...filtersOf(data, context)] }, order: orderOf(sort), words: q.includes(':') ? '' : q.replace(/[+\-"()*?]/g, ' '),
    limit: rows, offset: start, facets: [...new Set(facetFields.map((field) => FACETS[field]!))], formats: FORMATS, publicOnly: !flagOf(data, 'include_private', false), // looked up before
  }, caller)
  const results = found.items.map((entry) => deps.packageOf(entry, base)).map((one) => (fields === undefined ? one : picked(one, fields)))
  const least = countOf(data, 'facet.mincount', 1, 1_000_000)
  const most = limitOf(data, 'facet.limit', 50, 1_000_000)
  const facets: PackagesFound['facets'] = {}
  const searchFacets: PackagesFound['search_facets'] = {}
  for (const field of facetFields) {
    const items = (found.facets[FACETS[field]!] ?? []).map(({ value, count }) => ({ ...namesOf(field, value, deps), count })).filter(({ count }) => count >= least).slice(0, most) // as above
    facets[field] = Object.fromEntries(items.map(({ name, count }) => [name, count]))
    searchFacets[field] = { title: field, items: items.sort((a, b) => (a.display_name < b.display_name ? 1 : a.display_name > b.display_name ? -1 : 0)) }
  }
  return { count: found.total, facets, results, sort, search_facets: searchFacets }
}

function contextOf(deps: Pick<CkanDeps, 'organisations' | 'clock'>): ConditionContext {
  return {
    now: deps.clock.now(), formats: FORMATS,
    organisationOf: (words) => organisationOf(deps, words)?.code,
    organisationsCalled: (words) => deps.organisations.list().filter(({ name }) => name.includes(words)).map(({ code }) => code),
  }
}

const EVERYTHING: EntryCondition = { all: [] }

function wordsOf(q: string, context: ConditionContext): EntryCondition {
  if (q.length > LONGEST_QUERY) throw searchError('The query is too long')
  if (q === '' || q === '*:*' || q === '""' || q === "''") return EVERYTHING
  return q.includes(':') ? conditionOf(q, context) : plainWordsCondition(q, context)
}

function filtersOf(data: ActionCall['data'], context: ConditionContext): EntryCondition[] {
  const list = jsonOf(data, 'fq_list')
  const listed = Array.isArray(list) ? list.map(wordOf) : [textOf(data, 'fq_list') ?? '']
  const texts = [textOf(data, 'fq') ?? '', ...listed].filter((text) => text === undefined || text.trim() !== '').map((text) => {
    if (text === undefined) throw searchError('A filter is not a text')
    return text
  })
  if (texts.length > MOST_FILTERS) throw searchError('Too many filters')
  if (texts.reduce((sum, text) => sum + text.length, 0) > LONGEST_QUERY) throw searchError('The filter is too long')
  return texts.map((text) => conditionOf(text, context))
}

/** `title asc, metadata_modified desc`; a name alone is no order, as with Solr. */
function orderOf(sort: string): EntryOrder[] {
  const parts = sort.split(',')
  if (parts.length > MOST_SORTS) throw queryError('Invalid "sort" parameter')
  return parts.map((part) => {
    const found = /^\s*([\w.]+)\s+(asc|desc)\s*$/i.exec(part)
    if (found === null) throw queryError('Invalid "sort" parameter')
    const by = ORDERS[found[1] ?? '']
    if (by === undefined) throw searchError(`sort param field can't be found: ${found[1] ?? ''}`)
    return { by, descending: found[2]?.toLowerCase() === 'desc' }
  })
}

function facetsOf(data: ActionCall['data']): string[] {
  const fields = jsonOf(data, 'facet.field') === undefined ? [] : listOf(data, 'facet.field') ?? []
  for (const field of fields) if (!Object.hasOwn(FACETS, field)) throw searchError(`undefined field: "${field.slice(0, 80)}"`)
  return [...new Set(fields)]
}

function namesOf(field: string, value: string, { organisations }: CkanDeps): { name: string; display_name: string } {
  if (field === 'organization' || field === 'owner_org') return { name: ckanName(value), display_name: organisations.find(value)?.name ?? value }
  if (field === 'groups') return { name: value, display_name: themeOf(value).label['zh-CN'] ?? value }
  if (field === 'license_id') return { name: ckanLicence(licenceOf(value)), display_name: licenceOf(value)?.name ?? value }
  if (field === 'res_format') return { name: ckanFormat(value), display_name: ckanFormat(value) }
  return { name: value, display_name: value }
}

function picked(one: CkanPackage, fields: readonly string[]): Record<string, unknown> {
  const all: Readonly<Record<string, unknown>> = { ...one, organization: one.organization?.name, tags: one.tags.map(({ name }) => name), groups: one.groups.map(({ name }) => name), res_format: one.resources.map(({ format }) => format) }
  return Object.fromEntries(fields.filter((field) => field in all).map((field) => [field, all[field]]))
}

/** Names, titles and how they match, for boxes that complete what is typed. */
export async function completePackages(deps: CkanDeps, { data, caller }: Pick<ActionCall, 'data' | 'caller'>): Promise<{ name: string; title: string; match_field: string; match_displayed: string }[]> {
  const q = textOf(data, 'q')
  if (q === undefined) throw invalid({ q: ['Missing value'] })
  const like = `*${q.slice(0, 200).replace(/[*?]/g, ' ')}*`
  const { items } = await deps.catalog.select({
    condition: { any: [{ text: 'title', is: like, pattern: true, anyCase: true }, { text: 'code', is: like, pattern: true, anyCase: true }] }, order: [{ by: 'score', descending: true }], words: q.slice(0, 200),
    limit: countOf(data, 'limit', 10, 100), offset: 0, facets: [], formats: [], publicOnly: true,
  }, caller)
  return items.map(({ code, title }) => {
    const name = ckanName(code)
    const byName = name.includes(q.toLowerCase())
    return { name, title, match_field: byName ? 'name' : 'title', match_displayed: byName ? name : `${title} (${name})` }
  })
}

