import { useMemo } from 'react'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { palette, seriesColours } from '../theme.ts'
import { Chart } from '../ui/chart.tsx'
import { Empty } from '../ui/states.tsx'
import { useNarrow } from '../ui/use-narrow.ts'
import { axisFrom, changeOf, drawnLines, type DrawnTrend } from './score-lines.ts'
import { TrendTable } from './trend-table.tsx'
import './trend.css'

interface ScoreTrendProps {
  readonly trend: DrawnTrend
  /** Whose score it is. */
  readonly of: string
}

/** A point of the chart as the drawing library tells it. */
interface Hovered {
  readonly dataIndex: number
  readonly marker: string
  readonly seriesName: string
  readonly value: readonly [string, number | null]
}

/** How a score went, as a whole and by dimension: a line chart, what it says in a sentence, and its figures as a table. */
export function ScoreTrend({ trend, of }: ScoreTrendProps) {
  const { t } = useT()
  const format = useFormat()
  const narrow = useNarrow()
  const { days, versions } = trend
  const option = useMemo(() => {
    const lines = drawnLines(trend)
    const titles = { overall: t('quality.overall') }
    const nameOf = (name: (typeof lines)[number]['name']): string => (name === 'overall' ? titles.overall : t(`quality.dimension.${name}`))
    return {
      color: [...seriesColours],
      grid: { left: 8, right: 16, top: 12, bottom: narrow ? 76 : 44, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: { bottom: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 4, textStyle: { color: palette.inkSecondary, fontSize: 12 } },
      tooltip: {
        trigger: 'axis', confine: true,
        formatter: (points: Hovered[]) => {
          const [first] = points
          if (first === undefined) return ''
          const version = versions?.[first.dataIndex]
          const head = `${days[first.dataIndex] ?? ''}${version === undefined ? '' : ` · ${t('common.version', { number: version })}`}`
          return [head, ...points.map(({ marker, seriesName, value: [, score] }) => `${marker}${seriesName} ${score === null ? '–' : format.percent(score)}`)].join('<br>')
        },
      },
      xAxis: { type: 'time', axisLabel: { hideOverlap: true, formatter: (at: number) => format.date(new Date(at).toISOString()).slice(5) }, splitLine: { show: false }, minInterval: 86_400_000 },
      yAxis: { type: 'value', min: axisFrom(lines), max: 1, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
      series: lines.map(({ name, scores }) => ({
        type: 'line', name: nameOf(name), data: scores.map((score, index) => [`${days[index] ?? ''}T00:00:00+08:00`, score]), z: name === 'overall' ? 3 : 2,
        // An entry's score stays until the day on which it changes.
        ...(versions === undefined ? {} : { step: 'end' as const }),
        showSymbol: days.length <= 12, symbolSize: name === 'overall' ? 6 : 4, connectNulls: true, lineStyle: { width: name === 'overall' ? 3 : 1.5 },
      })),
    }
  }, [trend, days, versions, narrow, t, format])

  const change = changeOf(trend.line.overall)
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return <Empty title={t('quality.trend.none')} hint={t('quality.trend.noneHint')} />
  if (change === undefined) return <Empty title={t('quality.trend.tooShort', { score: format.percent(trend.line.overall.at(-1) ?? 0) })} hint={t('quality.trend.tooShortHint')} />
  const words = t('quality.trend.words', { of, from: first, to: last, first: format.percent(change.first), last: format.percent(change.last) })
  return (
    <figure className="dt-trend">
      <figcaption className="dt-secondary">{words}</figcaption>
      <Chart option={option} label={words} height={narrow ? 320 : 280} />
      <TrendTable trend={trend} />
    </figure>
  )
}
