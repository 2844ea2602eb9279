import type { FieldProfileView } from '@datong/contracts'
import { Segmented, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { Description } from '../use-rows-access.ts'
import { chartable, distributionOf, firstField } from './distribution.ts'
import { Histogram } from './histogram.tsx'
import { TimeChart } from './time-chart.tsx'
import { tellsTime } from './time-series.ts'
import { ValueBars } from './value-bars.tsx'
import './chart.css'

interface ChartTabProps {
  readonly description: Description
  readonly profile: readonly FieldProfileView[]
}

/** The data as a picture, chosen by the question: how values are spread, or how something changed. */
export function ChartTab({ description, profile }: ChartTabProps) {
  const { t } = useT()
  const visible = profile.filter((field) => description.fields.some((one) => one.name === field.name && one.masking === null))
  const times = visible.filter(tellsTime)
  const spreads = chartable(visible)
  const [question, setQuestion] = useState<'spread' | 'time'>(times.length > 0 && visible.some((field) => field.type === 'datetime') ? 'time' : 'spread')
  const [name, setName] = useState(() => firstField(visible)?.name)
  const field = spreads.find((one) => one.name === name) ?? spreads[0]
  const asked = times.length === 0 ? 'spread' : spreads.length === 0 ? 'time' : question

  return (
    <div className="dtp-chart">
      <div className="dtp-chart-controls">
        {times.length > 0 && spreads.length > 0 && (
          <Segmented
            value={asked} onChange={setQuestion} aria-label={t('portal.chart.question')}
            options={[{ value: 'spread', label: t('portal.chart.spread') }, { value: 'time', label: t('portal.chart.time') }]}
          />
        )}
        {asked === 'spread' && field && (
          <label className="dtp-control">
            <span>{t('portal.chart.field')}</span>
            <Select showSearch value={field.name} onChange={setName} options={spreads.map((one) => ({ value: one.name, label: one.name }))} popupMatchSelectWidth={false} />
          </label>
        )}
      </div>
      {asked === 'time' ? <TimeChart description={description} fields={visible} times={times} /> : field && <Spread key={field.name} field={field} description={description} />}
    </div>
  )
}

function Spread({ field, description }: { readonly field: FieldProfileView; readonly description: Description }) {
  const { t } = useT()
  const distribution = distributionOf(field)
  if (!distribution) return null
  return (
    <>
      {distribution.kind === 'values' ? <ValueBars field={field} distribution={distribution} /> : <Histogram field={field} description={description} profiled={distribution.parts} />}
      <p className="dt-secondary dtp-small">{t('portal.chart.source', { version: description.version })}</p>
    </>
  )
}
