import type { EntryCondition, EntryFacet, EntryOrder } from './entry-selection.ts'
import type { FoundEntries, SearchQuery } from './search-entries.ts'
import type { EntrySelection, SelectedEntries } from './selection-store.ts'

/** Facets of a selection that the index counts. */
const COUNTED: readonly EntryFacet[] = ['organisation', 'theme']

interface Asked {
  readonly words: readonly string[]
  /** Whether some of the words may be missing. */
  readonly loose: boolean
  readonly organisation?: string
  readonly theme?: string
}

/**
 * The same question for the index, where it can be asked there: words, one department, one theme, and an order that the index
 * keeps. Everything else, such as patterns and ranges of time, is for SQL.
 * @returns null when only SQL can answer
 */
export function asIndexQuery({ condition, order, facets, limit, offset, publicOnly }: EntrySelection): SearchQuery | null {
  if (facets.some((facet) => !COUNTED.includes(facet))) return null
  const asked = askedOf(condition, { words: [], loose: false })
  if (asked === null) return null
  const q = asked.words.join(' ')
  const sort = sortOf(order, q !== '')
  if (sort === null) return null
  return {
    ...(q === '' ? {} : { q }), exact: !asked.loose, audience: publicOnly ? 'public' : 'departments', sort, limit, offset,
    ...(asked.organisation === undefined ? {} : { organisation: asked.organisation }),
    ...(asked.theme === undefined ? {} : { theme: asked.theme as NonNullable<SearchQuery['theme']> }), // a theme that there is not finds nothing
  }
}

/** The index counts a facet as if nothing were chosen in it; a selection counts what it found. */
export function asSelected({ items, total, facets }: FoundEntries, { organisation, theme }: SearchQuery, wanted: readonly EntryFacet[]): SelectedEntries {
  const chosen: Partial<Record<EntryFacet, string | undefined>> = { organisation, theme }
  const counted = wanted.map((facet) => {
    const only = chosen[facet]
    const counts = facets[facet as 'organisation' | 'theme'] // `asIndexQuery` lets no others through
    return [facet, only === undefined ? counts : counts.filter(({ value }) => value === only)] as const
  })
  return { items: items.map(({ entry }) => entry), total, facets: Object.fromEntries(counted) }
}

function askedOf(condition: EntryCondition, so: Asked): Asked | null {
  if ('all' in condition) return condition.all.reduce<Asked | null>((asked, one) => (asked === null ? null : askedOf(one, asked)), so)
  if ('any' in condition) return condition.any.length === 1 ? askedOf(condition.any[0]!, so) : null // of one
  if ('atLeast' in condition) {
    const words = condition.of.map((one) => ('words' in one && one.in === 'everywhere' ? one.words : null))
    return words.includes(null) ? null : { ...so, words: [...so.words, ...words.filter((word) => word !== null)], loose: true }
  }
  if ('words' in condition) return condition.in === 'everywhere' ? { ...so, words: [...so.words, condition.words] } : null
  if (!('text' in condition) || condition.pattern || condition.anyCase) return null
  if (condition.text !== 'organisation' && condition.text !== 'theme') return null
  return so[condition.text] === undefined ? { ...so, [condition.text]: condition.is } : null
}

function sortOf([first, second, ...others]: readonly EntryOrder[], hasWords: boolean): NonNullable<SearchQuery['sort']> | null {
  if (first === undefined || others.length > 0) return null
  const rest = second === undefined || (second.by === 'changedAt' && second.descending)
  if (first.by === 'score' && first.descending && rest) return hasWords ? 'relevance' : '-changedAt'
  if (second !== undefined) return null
  if (first.by === 'code') return first.descending ? null : 'code'
  if (first.by === 'title') return first.descending ? '-title' : 'title'
  return first.by === 'changedAt' ? (first.descending ? '-changedAt' : 'changedAt') : null
}
