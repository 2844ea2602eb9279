import type { QualityTrend } from '@datong/contracts'
import { Select } from 'antd'
import type { UseQueryResult } from '@tanstack/react-query'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ScoreTrend } from '../../shared/quality/score-trend.tsx'
import { TrendPeriod } from '../../shared/quality/trend-period.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

interface GroupTrendProps {
  readonly trend: UseQueryResult<QualityTrend>
  readonly days: number
  readonly onDays: (days: number) => void
  /** Code of a department, or null for the city. */
  readonly scope: string | null
  readonly onScope: (scope: string | null) => void
}

/** How the score of the city, or of one department, went. */
export function GroupTrend({ trend, days, onDays, scope, onScope }: GroupTrendProps) {
  const { t } = useT()
  const name = useName()
  const departments = trend.data?.departments ?? []
  const own = departments.find(({ organisation }) => organisation.code === scope)
  const line = own ?? trend.data?.city
  return (
    <div id="quality-trend">
      <Panel
        title={t('quality.trend.title')}
        extra={(
          <span className="dt-checks-actions">
            <Select
              size="small" aria-label={t('quality.trend.whose')} value={own?.organisation.code ?? ''} onChange={(value) => onScope(value === '' ? null : value)} popupMatchSelectWidth={false} style={{ minWidth: 160 }}
              showSearch={{ optionFilterProp: 'label' }} options={[{ value: '', label: t('quality.trend.city') }, ...departments.map(({ organisation }) => ({ value: organisation.code, label: name(organisation) }))]}
            />
            <TrendPeriod days={days} onChange={onDays} />
          </span>
        )}
      >
        <Loaded of={trend} rows={6}>
          {(data) => line && <ScoreTrend trend={{ days: data.days, line, entries: line.entries }} of={own === undefined ? t('quality.trend.city') : name(own.organisation)} />}
        </Loaded>
      </Panel>
    </div>
  )
}
