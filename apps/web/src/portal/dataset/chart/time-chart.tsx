import type { FieldProfileView } from '@datong/contracts'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { COORDINATE_NAMES } from '../map/coordinate-fields.ts'
import { useManyRows } from '../use-many-rows.ts'
import type { Description } from '../use-rows-access.ts'
import { numberOf } from './number-of.ts'
import { Reading } from './reading.tsx'
import { MEASURES, seriesOf, type Measure } from './time-series.ts'
import { TimeLine } from './time-line.tsx'

const MOST_ROWS = 20_000
/** Stands for counting rows where otherwise the name of a field stands. */
const ROWS = ''

interface TimeChartProps {
  readonly description: Description
  readonly fields: readonly FieldProfileView[]
  readonly times: readonly FieldProfileView[]
}

/** How the number of rows, or a measure, changed over time. */
export function TimeChart({ description, fields, times }: TimeChartProps) {
  const { t } = useT()
  const format = useFormat()
  const numbers = fields.filter((field) => (field.type === 'integer' || field.type === 'decimal') && !COORDINATE_NAMES.test(field.name) && (field.distinct ?? 3) > 2)
  const often = times.filter((field) => (field.distinct ?? 0) < field.filled)
  const [timeName, setTimeName] = useState((often[0] ?? times[0])?.name ?? '')
  // A time that repeats is when something was measured; one that does not is when something happened.
  const [what, setWhat] = useState(often.length > 0 && times.some((field) => field.type !== 'date') ? (numbers[0]?.name ?? ROWS) : ROWS)
  const [measure, setMeasure] = useState<Measure>('mean')
  const taken: Measure = what === ROWS ? 'count' : measure

  const many = useManyRows(description.code, what === ROWS ? [timeName] : [timeName, what], `-${timeName}`, MOST_ROWS)
  const series = useMemo(
    () => (many.done ? seriesOf(many.rows.map((row) => ({ at: String(row[timeName] ?? ''), value: numberOf(row[what]) })), taken) : undefined),
    [many.done, many.rows, timeName, what, taken],
  )
  const title = what === ROWS ? t('portal.chart.rowsOver', { time: timeName }) : t('portal.chart.over', { what, measure: t(`portal.measure.${taken}`), time: timeName })

  return (
    <>
      <div className="dtp-chart-controls">
        <label className="dtp-control">
          <span>{t('portal.chart.timeField')}</span>
          <Select value={timeName} onChange={setTimeName} options={times.map((field) => ({ value: field.name, label: field.name }))} popupMatchSelectWidth={false} />
        </label>
        <label className="dtp-control">
          <span>{t('portal.chart.what')}</span>
          <Select
            value={what} onChange={setWhat} popupMatchSelectWidth={false}
            options={[{ value: ROWS, label: t('portal.chart.rows') }, ...numbers.map((field) => ({ value: field.name, label: field.name }))]}
          />
        </label>
        {what !== ROWS && (
          <label className="dtp-control">
            <span>{t('portal.chart.measure')}</span>
            <Select<Measure> value={measure} onChange={setMeasure} options={MEASURES.filter((one) => one !== 'count').map((one) => ({ value: one, label: t(`portal.measure.${one}`) }))} popupMatchSelectWidth={false} />
          </label>
        )}
      </div>
      {many.error && <ErrorState error={many.error} onRetry={() => void many.refetch()} />}
      {!series && !many.error && <Reading read={many.rows.length} total={Math.min(description.rowCount, MOST_ROWS)} />}
      {series && (
        <>
          <TimeLine title={title} series={series} whole={taken === 'count'} />
          <p className="dt-secondary dtp-small">
            {many.more
              ? t('portal.chart.sourceLatest', { version: description.version, figure: format.number(many.rows.length) })
              : t('portal.chart.source', { version: description.version })}
          </p>
        </>
      )}
    </>
  )
}
