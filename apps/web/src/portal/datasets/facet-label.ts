import type { useT } from '../../shared/i18n/use-t.ts'
import type { Facet } from './search-address.ts'

const PREFIXES = { theme: 'common.theme.', openingType: 'common.opening.', updateCycle: 'common.cycle.', resourceFormat: 'entry.format.' } as const

/** The words for a value of a facet; departments have names of their own. */
export const facetLabel = (t: ReturnType<typeof useT>['t'], facet: Exclude<Facet, 'organisation'>, value: string): string =>
  facet === 'stars' ? t('search.stars', { count: Number(value) }) : t.maybe(PREFIXES[facet], value)
