import { operations } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Figure } from '../../shared/ui/figure.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

/** Applications and grants in reach, and calls today. */
export function SharingFigures() {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const summary = useApi(operations.sharingSummary)
  const usage = useApi(operations.usage, { query: { days: 14 } }, { enabled: can(operations.usage) })
  return (
    <Loaded of={summary} rows={1}>
      {(data) => (
        <div className="dt-figures">
          <Figure label={t('sharing.figure.open')} value={format.number(data.open)} to="/console/sharing?state=submitted" />
          <Figure label={t('sharing.figure.dueSoon')} value={format.number(data.dueSoon)} tone={data.dueSoon > 0 ? 'gamboge' : undefined} to="/console/sharing?sort=dueAt&state=submitted" />
          <Figure label={t('sharing.figure.late')} value={format.number(data.late)} tone={data.late > 0 ? 'cinnabar' : undefined} to="/console/sharing?late=true" />
          <Figure label={t('sharing.figure.grants')} value={format.number(data.activeGrants)} to="/console/sharing/grants?state=active" />
          {usage.data && <Figure label={t('delivery.callsToday')} value={format.large(usage.data.callsToday)} to="/console/calls" />}
        </div>
      )}
    </Loaded>
  )
}

/** The catalogue in figures, as far as this person sees it. */
export function CatalogueFigures() {
  const { t } = useT()
  const format = useFormat()
  const summary = useApi(operations.catalogSummary)
  return (
    <Panel title={t('overview.catalogue')} extra={<Link to="/console/catalog">{t('common.all')}</Link>}>
      <Loaded of={summary}>
        {(data) => (
          <dl className="dt-def dt-def-figures">
            <dt>{t('common.entryState.published')}</dt><dd>{format.number(data.published)}</dd>
            <dt>{t('common.opening.open')}</dt><dd>{format.number(data.open)}</dd>
            <dt>{t('overview.departments')}</dt><dd>{format.number(data.organisations)}</dd>
            <dt>{t('overview.rows')}</dt><dd>{format.large(data.rows)}</dd>
            <dt>{t('overview.newThisWeek')}</dt><dd>{format.number(data.newThisWeek)}</dd>
            <dt>{t('overview.updatedThisWeek')}</dt><dd>{format.number(data.updatedThisWeek)}</dd>
          </dl>
        )}
      </Loaded>
    </Panel>
  )
}
