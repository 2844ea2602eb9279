import { useMemo } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { palette } from '../../../shared/theme.ts'
import { Chart } from '../../../shared/ui/chart.tsx'
import { Empty } from '../../../shared/ui/states.tsx'
import { FiguresTable } from './figures-table.tsx'
import type { seriesOf, TimePoint } from './time-series.ts'

interface TimeLineProps {
  readonly title: string
  readonly series: ReturnType<typeof seriesOf>
  /** Counts begin at zero and have no fractions. */
  readonly whole: boolean
}

/** A line over time, with its highest, lowest and last point said. */
export function TimeLine({ title, series, whole }: TimeLineProps) {
  const { t } = useT()
  const format = useFormat()
  const { step, points } = series
  const known = points.filter((point): point is TimePoint & { value: number } => point.value !== null)
  const option = useMemo(() => {
    const write = (value: number): string => (whole ? format.number(value) : format.number(value, Math.abs(value) < 100 ? 2 : 0))
    const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
    const low = Math.min(...values)
    const high = Math.max(...values)
    return {
      grid: { left: 8, right: 64, top: 32, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : '–') },
      xAxis: { type: 'category', data: points.map(({ key }) => key), boundaryGap: false, axisLabel: { hideOverlap: true } },
      // A line may leave zero out when it would only flatten the line.
      yAxis: { type: 'value', scale: !whole && low > high * 0.5, axisLabel: { formatter: (value: number) => (Math.abs(value) >= 1e5 ? format.large(value) : format.number(value, 2)) } },
      series: [{
        type: 'line', name: title, data: points.map(({ value }) => value), showSymbol: points.length <= 40, symbolSize: 5, lineStyle: { width: 2, color: palette.primary }, itemStyle: { color: palette.primary },
        endLabel: { show: true, color: palette.ink, fontWeight: 600, formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? write(value) : '') },
      }],
    }
  }, [points, format, whole, title])

  if (known.length === 0) return <Empty title={t('portal.chart.noTimes')} />
  const least = known.reduce((a, b) => (b.value < a.value ? b : a))
  const most = known.reduce((a, b) => (b.value > a.value ? b : a))
  const figure = (value: number): string => format.number(value, whole ? 0 : 2)
  return (
    <figure className="dtp-figure">
      <figcaption>
        <h2>{title}</h2>
        <p className="dt-secondary">
          {t(`portal.chart.by.${step}`)} · {t('portal.chart.extremes', { most: figure(most.value), mostAt: most.key, least: figure(least.value), leastAt: least.key })}
        </p>
      </figcaption>
      <Chart option={option} label={title} height={360} />
      <FiguresTable columns={[t(`portal.chart.step.${step}`), title]} rows={points.map(({ key, value }) => [key, value === null ? '–' : figure(value)])} />
    </figure>
  )
}
