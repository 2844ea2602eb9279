import { operations } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import '../../shared/ui/page.css'

/** Home of the public portal: what there is. */
export function HomePage() {
  const { t } = useT()
  const format = useFormat()
  const summary = useApi(operations.catalogSummary)
  return (
    <>
      <h1>{t('portal.site')}</h1>
      <Loaded of={summary}>
        {(figures) => (
          <div className="dt-figures">
            <Figure label={t('portal.open')} value={format.number(figures.open)} />
            <Figure label={t('portal.organisations')} value={format.number(figures.organisations)} />
            <Figure label={t('portal.rows')} value={format.large(figures.rows)} />
            <Figure label={t('portal.updatedThisWeek')} value={format.number(figures.updatedThisWeek)} />
          </div>
        )}
      </Loaded>
    </>
  )
}
