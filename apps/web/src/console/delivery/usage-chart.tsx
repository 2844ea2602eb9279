import { operations, type QueryOf } from '@datong/contracts'
import { Button, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { palette } from '../../shared/theme.ts'
import { Chart } from '../../shared/ui/chart.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import type { Usage } from './use/usage.ts'
import { DayTable } from './use/day-table.tsx'

const MEASURES = ['calls', 'rows', 'bytes'] as const
type Measure = (typeof MEASURES)[number]

interface UsageChartProps {
  readonly query: QueryOf<typeof operations.usage>
  readonly title?: string
  /** Of the chart, in pixels. */
  readonly height?: number
}

/** Use by day as bars from zero, refused calls on top of the answered ones, with the table behind them. */
export function UsageChart({ query, title, height = 220 }: UsageChartProps) {
  const { t } = useT()
  const [measure, setMeasure] = useState<Measure>('calls')
  const [asTable, setAsTable] = useState(false)
  const usage = useApi(operations.usage, { query }, { keepPrevious: true })
  const none = usage.data?.days.every((day) => day.calls === 0 && day.errors === 0) ?? true
  return (
    <Panel
      title={title ?? t('delivery.byDay')}
      extra={!none && (
        <>
          {!asTable && <Segmented size="small" aria-label={t('delivery.measure')} value={measure} onChange={setMeasure} options={MEASURES.map((value) => ({ value, label: t(`delivery.${value}`) }))} />}
          <Button type="link" size="small" onClick={() => setAsTable(!asTable)}>{asTable ? t('delivery.asChart') : t('delivery.asTable')}</Button>
        </>
      )}
    >
      <Loaded of={usage}>
        {(data) => none ? <Empty title={t('delivery.noCalls')} hint={title === undefined ? t('delivery.noCallsHint') : undefined} /> : asTable ? <DayTable days={data.days} /> : <DayBars days={data.days} measure={measure} height={height} />}
      </Loaded>
    </Panel>
  )
}

function DayBars({ days, measure, height }: { readonly days: Usage['days']; readonly measure: Measure; readonly height: number }) {
  const { t } = useT()
  const format = useFormat()
  const words = measure === 'bytes' ? format.bytes : format.large
  const option = useMemo(() => {
    const bars = { type: 'bar', stack: 'use', barMaxWidth: 28 }
    const refused = measure === 'calls' && days.some((day) => day.errors > 0)
    return {
      grid: { left: 8, right: 8, top: refused ? 36 : 12, bottom: 4, containLabel: true },
      ...(refused ? { legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12 } } : {}),
      tooltip: {
        trigger: 'axis', axisPointer: { type: 'shadow' },
        formatter: ([point]: { dataIndex: number }[]) => {
          const day = point && days[point.dataIndex]
          return day ? `${day.day}<br/>${t('delivery.dayWords', { calls: format.number(day.calls), rows: format.number(day.rows), size: format.bytes(day.bytes) })}${day.errors > 0 ? `<br/>${t('delivery.dayErrors', { errors: format.number(day.errors) })}` : ''}` : ''
        },
      },
      xAxis: { type: 'category', data: days.map((day) => day.day.slice(5)) },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: words } },
      series: [
        { ...bars, name: t(measure === 'calls' ? 'delivery.answered' : `delivery.${measure}`), color: palette.primary, data: days.map((day) => day[measure]) },
        ...(refused ? [{ ...bars, name: t('delivery.refused'), color: palette.cinnabar, data: days.map((day) => day.errors) }] : []),
      ],
    }
  }, [days, measure, t, format, words])
  const total = words(days.reduce((sum, day) => sum + day[measure], 0))
  return <Chart option={option} height={height} label={t('delivery.chartWords', { measure: t(`delivery.${measure}`), total, from: days[0]?.day ?? '', to: days.at(-1)?.day ?? '' })} />
}
