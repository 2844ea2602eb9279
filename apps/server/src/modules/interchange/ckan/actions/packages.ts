import { ckanName } from '@datong/catalog-metadata'
import type { Actions, CkanDeps } from '../action.ts'
import { invalid } from '../ckan-error.ts'
import { findPackage, findResource } from '../look-up.ts'
import { countOf, requiredText, textOf } from '../parameters.ts'
import { completePackages, searchPackages } from './search.ts'

/** What is said about each data set, and its resources. */
export function packageActions(deps: CkanDeps): Actions {
  return {
    package_list: {
      help: 'Returns the names of the data sets that everybody sees.\n\n:param limit: most names\n:param offset: names to skip',
      run: async ({ data, caller }) => {
        const codes = await deps.catalog.selectCodes({ condition: { all: [] }, limit: textOf(data, 'limit') === undefined ? null : countOf(data, 'limit', 0, 1_000_000), offset: countOf(data, 'offset', 0, 100_000_000), publicOnly: true }, caller)
        return codes.map(ckanName)
      },
    },
    current_package_list_with_resources: {
      help: 'Returns data sets with their resources, those changed last first.\n\n:param limit: most data sets, 1000 at most\n:param offset: data sets to skip',
      run: async ({ data, caller, base }) => {
        const limit = countOf(data, 'limit', 10, 1_000)
        const page = textOf(data, 'page')
        const offset = textOf(data, 'offset') === undefined && page !== undefined ? Math.max(0, countOf(data, 'page', 1, 1_000_000) - 1) * limit : countOf(data, 'offset', 0, 10_000_000)
        return (await searchPackages(deps, { data: { rows: limit, start: offset, sort: 'metadata_modified desc' }, caller, base })).results
      },
    },
    package_search: {
      help: 'Searches data sets.\n\n:param q: words, phrases, field:value, AND/OR/NOT, wildcards\n:param fq: filters, such as organization:"x" or metadata_modified:[a TO b]\n:param sort: such as "score desc, metadata_modified desc"\n'
        + ':param rows: 1000 at most\n:param start: data sets to skip\n:param facet.field: JSON list of organization, groups, tags, res_format, license_id\n:param facet.limit: values of each\n:param facet.mincount: least count\n'
        + ':param include_private: also what the caller’s department sees',
      run: (call) => searchPackages(deps, call),
    },
    package_show: {
      help: 'Returns a data set with its resources.\n\n:param id: id or name',
      run: (call) => findPackage(deps, textOf(call.data, 'id') ?? requiredText({ id: textOf(call.data, 'name_or_id') }, 'id'), call),
    },
    package_autocomplete: { help: 'Returns data sets whose name or title has a text.\n\n:param q: the text\n:param limit: most data sets', run: (call) => completePackages(deps, call) },
    resource_show: { help: 'Returns a resource.\n\n:param id: id', run: (call) => findResource(deps, requiredText(call.data, 'id'), call) },
    resource_search: {
      help: 'Searches resources.\n\n:param query: field:text or a list of such, of name, description, url, format, mimetype, id, package_id\n:param offset: resources to skip\n:param limit: most resources',
      run: async (call) => searchResources(deps, call),
    },
  }
}

const SEARCHED = new Set(['id', 'package_id', 'name', 'description', 'url', 'format', 'mimetype', 'resource_type', 'hash', 'state'])
/** Resources stand inside packages; so many packages are looked into for one answer. */
const MOST_PACKAGES = 1_000

async function searchResources(deps: CkanDeps, call: Parameters<Actions[string]['run']>[0]): Promise<{ count: number; results: unknown[] }> {
  const { data, caller, base } = call
  const asked = Array.isArray(data['query']) ? data['query'].map(String) : [requiredText(data, 'query')]
  const terms = asked.map((pair) => {
    const colon = pair.indexOf(':')
    if (colon < 1) throw invalid({ query: 'Must be <field>:<value> pair(s)' })
    const field = pair.slice(0, colon)
    if (!SEARCHED.has(field)) throw invalid({ query: `Field "${field.slice(0, 80)}" not recognised in resource_search.` })
    return { field, text: pair.slice(colon + 1).toLowerCase() }
  })
  const format = terms.find(({ field }) => field === 'format')
  const { results } = await searchPackages(deps, { data: { rows: MOST_PACKAGES, sort: 'metadata_modified desc', ...(format === undefined || format.text === '' ? {} : { fq: `res_format:"${format.text.replace(/["\\]/g, '')}"` }) }, caller, base })
  const found = results.flatMap((one) => ('resources' in one && Array.isArray(one.resources) ? one.resources : []))
    .filter((resource: Record<string, unknown>) => terms.every(({ field, text }) => String(resource[field] ?? '').toLowerCase().includes(text)))
  const offset = countOf(data, 'offset', 0, 1_000_000)
  return { count: found.length, results: found.slice(offset, offset + countOf(data, 'limit', 1_000, 1_000)) }
}

