import { ckanGroup, ckanName, ckanNameId, ckanOrganization, ckanTag, ckanTime, themeOf } from '@datong/catalog-metadata'
import { type Organisation, THEMES } from '@datong/contracts'
import type { Caller } from '../../../../platform/caller.ts'
import type { EntryFacet } from '../../../catalog/index.ts'
import type { Action, ActionCall, Actions, CkanDeps } from '../action.ts'
import { invalid, notFound } from '../ckan-error.ts'
import { organisationOf } from '../look-up.ts'
import { countOf, flagOf, listOf, requiredText, textOf } from '../parameters.ts'
import { searchPackages } from './search.ts'

interface Item {
  readonly name: string
  readonly title: string
  readonly code: string
}

/** Organisations, groups (our themes) and tags. */
export function groupActions(deps: CkanDeps): Actions {
  const organisations = (): Item[] => deps.organisations.list().map(({ code, name }) => ({ code, name: ckanName(code), title: name }))
  const themes = (): Item[] => THEMES.map((theme) => ({ code: theme, name: theme, title: themeOf(theme).label['zh-CN'] ?? theme }))
  return {
    organization_list: listing(deps, 'organizations', 'organisation', organisations, (item, count) => organisationDict(item.code, item.title, count)),
    organization_show: {
      help: 'Returns an organisation.\n\n:param id: id or name\n:param include_datasets: also its first ten data sets\n:param include_dataset_count: how many it has (default true)',
      run: async (call) => {
        const found = organisationOf(deps, requiredText(call.data, 'id'))
        if (found === undefined) throw notFound()
        const { count, results } = await datasetsOf(deps, call, `organization:"${ckanName(found.code)}"`)
        return { ...organisationDict(found.code, found.name, count), ...shown(results) }
      },
    },
    organization_autocomplete: {
      help: 'Returns organisations whose name or title has a text.\n\n:param q: the text\n:param limit: most organisations',
      run: async ({ data }) => {
        const q = requiredText(data, 'q').toLowerCase()
        return organisations().filter(({ name, title }) => name.includes(q) || title.toLowerCase().includes(q)).slice(0, countOf(data, 'limit', 20, 100)).map(({ code, name, title }) => ({ id: ckanNameId('organization', code), name, title }))
      },
    },
    group_list: listing(deps, 'groups', 'theme', themes, (item, count) => groupDict(item, count)),
    group_show: {
      help: 'Returns a group (a theme).\n\n:param id: id or name\n:param include_datasets: also its first ten data sets',
      run: async (call) => {
        const id = requiredText(call.data, 'id')
        const found = themes().find(({ name }) => name === id || ckanNameId('group', name) === id)
        if (found === undefined) throw notFound()
        const { count, results } = await datasetsOf(deps, call, `groups:"${found.name}"`)
        return { ...groupDict(found, count), ...shown(results) }
      },
    },
    tag_list: {
      help: 'Returns the tags of the data sets that everybody sees.\n\n:param query: only tags with this text\n:param all_fields: whole tags instead of names',
      run: async ({ data, caller }) => {
        const query = (textOf(data, 'query') ?? textOf(data, 'q') ?? '').trim().toLowerCase()
        if (textOf(data, 'vocabulary_id') !== undefined) throw notFound('could not find vocabulary')
        const names = [...(await counts(deps, 'keyword', caller)).keys()].filter((name) => name.toLowerCase().includes(query)).sort()
        return flagOf(data, 'all_fields', false) ? names.map(ckanTag) : names
      },
    },
  }
}

async function counts({ catalog }: CkanDeps, facet: EntryFacet, caller: Caller): Promise<Map<string, number>> {
  const { facets } = await catalog.select({ condition: { all: [] }, order: [], words: '', limit: 0, offset: 0, facets: [facet], formats: [], publicOnly: true }, caller)
  return new Map((facets[facet] ?? []).map(({ value, count }) => [value, count]))
}

const SORTS: ReadonlySet<string> = new Set(['name', 'title', 'package_count', 'packages'])

/** @param chosen the parameter that names those to list */
function listing(deps: CkanDeps, chosen: string, facet: EntryFacet, all: () => Item[], dict: (item: Item, count: number) => object): Action {
  return {
    help: `Returns the names of the ${chosen}.\n\n:param sort: name, title or package_count, with asc or desc\n:param limit: 1000 at most, 25 with all_fields\n:param offset: how many to skip\n:param ${chosen}: only these\n:param all_fields: whole ${chosen} instead of names`,
    run: async ({ data, caller }) => {
      const whole = flagOf(data, 'all_fields', false)
      const words = (textOf(data, 'sort') ?? textOf(data, 'order_by') ?? 'title asc').trim().split(/\s+/)
      const [by = 'title', direction = by === 'package_count' || by === 'packages' ? 'desc' : 'asc'] = words
      if (!SORTS.has(by) || !/^(asc|desc)$/.test(direction) || words.length > 2) throw invalid({ message: `Cannot sort by field \`${by.slice(0, 80)}\`` })
      const counted = await counts(deps, facet, caller)
      const key = ({ code, name, title }: Item): string | number => (by === 'name' ? name : by === 'title' ? title : (counted.get(code) ?? 0))
      const wanted = listOf(data, chosen)
      const q = (textOf(data, 'q') ?? '').trim().toLowerCase()
      const items = all().filter(({ name, title }) => (wanted === undefined || wanted.length === 0 || wanted.includes(name)) && (name.includes(q) || title.toLowerCase().includes(q)))
        .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.name < b.name ? -1 : 1) * (direction === 'desc' ? -1 : 1))
      const offset = countOf(data, 'offset', 0, 1_000_000)
      const most = whole ? 25 : 1_000
      const page = items.slice(offset, offset + countOf(data, 'limit', most, most))
      return page.map((item) => (whole ? dict(item, counted.get(item.code) ?? 0) : item.name))
    },
  }
}

async function datasetsOf(deps: CkanDeps, { data, caller, base }: ActionCall, fq: string) {
  return searchPackages(deps, { data: { fq, rows: flagOf(data, 'include_datasets', false) ? 10 : 0, sort: 'metadata_modified desc' }, caller, base })
}

const shown = (results: readonly unknown[]): object => (results.length > 0 ? { packages: results } : {})

/** When organisations and groups came is not known here. */
const UNKNOWN_TIME = ckanTime('1970-01-01T00:00:00Z')

const organisationDict = (code: Organisation['code'], title: string, count: number): object => ({
  ...ckanOrganization(code, title, UNKNOWN_TIME), display_name: title, image_display_url: '', package_count: count, num_followers: 0, users: [], groups: [], tags: [], extras: [],
})

const groupDict = ({ name, title }: Item, count: number): object => ({
  ...ckanGroup(name, title), type: 'group', image_url: '', created: UNKNOWN_TIME, is_organization: false, approval_status: 'approved', state: 'active',
  package_count: count, num_followers: 0, users: [], groups: [], tags: [], extras: [],
})
