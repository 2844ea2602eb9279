import { operations } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'

export interface SiteName {
  /** `澜海市公共数据`; without the city where the server does not name it. */
  readonly site: string
  /** The city alone, or null while it is not known. */
  readonly city: string | null
  readonly known: boolean
}

/** What this portal is called: by the city whose installation it is. */
export function useSiteName(): SiteName {
  const { t } = useT()
  const nameOf = useName()
  const regions = useApi(operations.listRegions, { query: {} })
  const region = regions.data?.items[0]
  const city = region ? nameOf(region) : null
  return { site: city === null ? t('portal.site') : t('portal.siteOf', { city }), city, known: !regions.isPending }
}
