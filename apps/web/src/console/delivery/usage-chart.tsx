import { operations, type QueryOf, type ResponseOf } from '@datong/contracts'
import { Button, Table } from 'antd'
import { useMemo, useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { palette } from '../../shared/theme.ts'
import { Chart } from '../../shared/ui/chart.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import './calls.css'

export type UsageQuery = QueryOf<typeof operations.usage>
type Usage = ResponseOf<typeof operations.usage>

interface UsageChartProps {
  readonly query: UsageQuery
  readonly title?: string
  readonly height?: number
}

/** Calls by day as bars, with those that failed on top, why they failed, and the table behind them. */
export function UsageChart({ query, title, height }: UsageChartProps) {
  const { t } = useT()
  const [asTable, setAsTable] = useState(false)
  const usage = useApi(operations.usage, { query }, { keepPrevious: true })
  return (
    <Panel
      title={title ?? t('delivery.byDay')}
      extra={usage.data && happened(usage.data) && <Button type="link" size="small" onClick={() => setAsTable(!asTable)}>{asTable ? t('delivery.asChart') : t('delivery.asTable')}</Button>}
    >
      <Loaded of={usage}>
        {(data) => !happened(data)
          ? <Empty title={t('delivery.noCalls')} />
          : <>{asTable ? <DayTable days={data.days} /> : <DayBars days={data.days} {...(height ? { height } : {})} />}<HowItWent usage={data} /></>}
      </Loaded>
    </Panel>
  )
}

const happened = ({ totalCalls, errors }: Usage): boolean => totalCalls > 0 || errors.length > 0

/** How long calls took, and by which codes they failed. */
function HowItWent({ usage: { errors, p50Ms, p95Ms } }: { readonly usage: Usage }) {
  const { t } = useT()
  const format = useFormat()
  if (errors.length === 0 && p50Ms === null) return null
  return (
    <div className="dt-secondary dt-usage-foot">
      {p50Ms !== null && p95Ms !== null && <span>{t('delivery.latency', { half: format.number(p50Ms, 1), most: format.number(p95Ms, 1) })}</span>}
      {errors.length > 0 && <ul className="dt-issues">{errors.map(({ code, count }) => <li key={code}>{t('delivery.errorCount', { count, code })} {t.maybe('errors.', code, '', { retryAfterSeconds: '…', field: '…' })}</li>)}</ul>}
    </div>
  )
}

function DayBars({ days, height = 220 }: { readonly days: Usage['days']; readonly height?: number }) {
  const { t } = useT()
  const format = useFormat()
  const option = useMemo(() => ({
    grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis', axisPointer: { type: 'shadow' },
      formatter: ([point]: { dataIndex: number }[]) => {
        const day = point && days[point.dataIndex]
        return day ? `${day.day}<br/>${t('delivery.dayWords', { calls: format.number(day.calls), rows: format.number(day.rows) })}${day.errors > 0 ? `<br/>${t('delivery.dayErrors', { count: day.errors })}` : ''}` : ''
      },
    },
    xAxis: { type: 'category', data: days.map((day) => day.day.slice(5)) },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: (value: number) => format.large(value) } },
    series: [
      { type: 'bar', stack: 'calls', data: days.map((day) => day.calls), barMaxWidth: 28 },
      ...(days.some((day) => day.errors > 0) ? [{ type: 'bar', stack: 'calls', data: days.map((day) => day.errors), barMaxWidth: 28, itemStyle: { color: palette.cinnabar } }] : []),
    ],
  }), [days, t, format])
  const total = days.reduce((sum, day) => sum + day.calls, 0)
  return <Chart option={option} height={height} label={t('delivery.chartWords', { calls: format.number(total), from: days[0]?.day ?? '', to: days.at(-1)?.day ?? '' })} />
}

function DayTable({ days }: { readonly days: Usage['days'] }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <Table
      size="small" rowKey="day" dataSource={days.toReversed()} pagination={{ pageSize: 14, showSizeChanger: false, hideOnSinglePage: true }}
      columns={[
        { key: 'day', title: t('delivery.day'), render: (_, day) => day.day },
        { key: 'calls', title: t('delivery.calls'), align: 'right', render: (_, day) => format.number(day.calls) },
        { key: 'rows', title: t('delivery.rows'), align: 'right', render: (_, day) => format.number(day.rows) },
        { key: 'errors', title: t('delivery.errors'), align: 'right', render: (_, day) => format.number(day.errors) },
        { key: 'bytes', title: t('delivery.bytes'), align: 'right', render: (_, day) => format.bytes(day.bytes) },
      ]}
    />
  )
}
