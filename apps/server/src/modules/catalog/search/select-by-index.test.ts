import { describe, expect, it } from 'vitest'
import type { EntryCondition, EntryOrder } from './entry-selection.ts'
import type { FoundEntries } from './search-entries.ts'
import { asIndexQuery, asSelected } from './select-by-index.ts'

const words = (text: string): EntryCondition => ({ words: text, in: 'everywhere' })
const exactly = (text: 'organisation' | 'theme' | 'code', is: string): EntryCondition => ({ text, is, pattern: false, anyCase: false })
const BEST: readonly EntryOrder[] = [{ by: 'score', descending: true }, { by: 'changedAt', descending: true }]
const asked = (condition: EntryCondition, order = BEST, facets: readonly ('organisation' | 'keyword')[] = []) =>
  asIndexQuery({ condition, order, words: '', limit: 10, offset: 20, facets, formats: [], publicOnly: true })

describe('a selection', () => {
  it('of words, a department and a theme is answered by the index', () => {
    expect(asked({ all: [{ all: [words('停车'), words('泊位')] }, { any: [exactly('organisation', 'A')] }, exactly('theme', 'transport')] }))
      .toEqual({ q: '停车 泊位', exact: true, audience: 'public', sort: 'relevance', limit: 10, offset: 20, organisation: 'A', theme: 'transport' })
    expect(asked({ all: [] }, BEST, ['organisation'])).toMatchObject({ sort: '-changedAt' })
    expect(asked({ atLeast: 2, of: [words('a'), words('b'), words('c')] })).toMatchObject({ q: 'a b c', exact: false })
  })

  it.each<[string, EntryCondition, readonly EntryOrder[]]>([
    ['a pattern', { text: 'title', is: '停*', pattern: true, anyCase: true }, BEST], ['alternatives', { any: [words('a'), words('b')] }, BEST], ['an exclusion', { not: words('a') }, BEST],
    ['a code', exactly('code', '301001-000001'), BEST], ['two departments', { all: [exactly('organisation', 'A'), exactly('organisation', 'B')] }, BEST],
    ['an order of two columns', words('a'), [{ by: 'title', descending: false }, { by: 'code', descending: false }]], ['an order by publishing', words('a'), [{ by: 'publishedAt', descending: true }]],
    ['the last first', words('a'), [{ by: 'score', descending: false }]],
  ])('with %s is for SQL', (_, condition, order) => {
    expect(asked(condition, order)).toBeNull()
  })

  it('that counts keywords is for SQL', () => {
    expect(asked(words('a'), BEST, ['keyword'])).toBeNull()
  })

  it('counts what it found, where the index counts what else could be chosen', () => {
    const facets = { organisation: [{ value: 'A', count: 3 }, { value: 'B', count: 2 }] }
    const found = { items: [], total: 3, facets, nextCursor: null, match: 'all', didYouMean: null } as unknown as FoundEntries // the facets that are asked for
    expect(asSelected(found, { organisation: 'A' }, ['organisation'])).toEqual({ items: [], total: 3, facets: { organisation: [{ value: 'A', count: 3 }] } })
    expect(asSelected(found, {}, ['organisation']).facets).toEqual(facets)
  })
})
