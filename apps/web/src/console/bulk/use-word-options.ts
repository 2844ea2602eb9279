import { type BulkWorded, LICENCES, OPENING_TYPES, RESOURCE_FORMATS, SHARING_TYPES, SHARING_WAYS, THEMES, UPDATE_CYCLES, VISIBILITIES } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'

const LISTS: Readonly<Record<Exclude<BulkWorded, 'licence'>, readonly [codes: readonly string[], words: string]>> = {
  theme: [THEMES, 'common.theme.'], resourceFormat: [RESOURCE_FORMATS, 'entry.format.'], sharingType: [SHARING_TYPES, 'common.sharing.'], sharingWays: [SHARING_WAYS, 'entry.way.'],
  openingType: [OPENING_TYPES, 'common.opening.'], updateCycle: [UPDATE_CYCLES, 'common.cycle.'], visibility: [VISIBILITIES, 'entry.visibility.'],
}

/** What a worded property may say, for a choice. */
export function useWordOptions(): (property: BulkWorded) => { value: string; label: string }[] {
  const { t, language } = useT()
  return (property) => {
    if (property === 'licence') return LICENCES.map(({ id, title, titleEn }) => ({ value: id, label: language === 'en' ? titleEn : title }))
    const [codes, words] = LISTS[property]
    return codes.map((value) => ({ value, label: t.maybe(words, value) }))
  }
}
