import type { LiveIndex } from './live-index.ts'
import { scopesFor } from './scopes.ts'
import type { Sight } from '../visibility.ts'

/** Figures of what a sight shows, from the index alone. */
export function figuresOf({ current: { index } }: Pick<LiveIndex, 'current'>, sight: Sight, since: Date) {
  const from = since.getTime()
  const organisations = new Set<string>()
  const states = new Map<string, number>()
  const themes = new Map<string, number>()
  const figures = { published: 0, open: 0, rows: 0, newThisWeek: 0, updatedThisWeek: 0 }
  index.eachVisible(scopesFor(sight), (entry) => {
    const state = entry.facet('state') ?? ''
    states.set(state, (states.get(state) ?? 0) + 1)
    if (entry.number('publishedAt') > from) figures.newThisWeek++
    if (state !== 'published') return
    figures.published++
    if (entry.facet('openingType') === 'open') figures.open++
    figures.rows += Math.max(0, entry.number('rowCount'))
    if (entry.number('dataUpdatedAt') > from) figures.updatedThisWeek++
    organisations.add(entry.facet('organisation') ?? '')
    const theme = entry.facet('theme') ?? ''
    themes.set(theme, (themes.get(theme) ?? 0) + 1)
  })
  return {
    ...figures, organisations: organisations.size, states: Object.fromEntries(states),
    themes: [...themes].map(([theme, count]) => ({ theme, count })).sort((a, b) => b.count - a.count),
  }
}
