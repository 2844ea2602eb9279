import type { FieldProfileView } from '@datong/contracts'
import { useMemo } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { palette } from '../../../shared/theme.ts'
import { Chart } from '../../../shared/ui/chart.tsx'
import { useNarrow } from '../../../shared/ui/use-narrow.ts'
import type { Bin } from './bins.ts'
import { FiguresTable } from './figures-table.tsx'

/** How the values of a measure are spread, with the mean said and the figures behind. */
export function HistogramChart({ field, bins, note }: {
  readonly field: FieldProfileView
  readonly bins: readonly Bin[]
  /** What the picture leaves out. */
  readonly note?: string | undefined
}) {
  const { t } = useT()
  const format = useFormat()
  const narrow = useNarrow()
  const whole = field.type === 'integer'
  const option = useMemo(() => {
    const edge = (value: number): string => format.number(value, whole ? 0 : Math.abs(value) < 10 ? 2 : 1)
    return {
      grid: { left: 8, right: 16, top: 24, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'axis', axisPointer: { type: 'shadow' },
        formatter: (items: readonly { dataIndex: number }[]) => {
          const bin = bins[items[0]?.dataIndex ?? 0]
          return bin ? `${edge(bin.from)} – ${edge(bin.to)}<br><strong>${t('portal.rows', { count: bin.count, figure: format.number(bin.count) })}</strong>` : ''
        },
      },
      xAxis: { type: 'category', data: bins.map((bin) => `${edge(bin.from)}–${edge(bin.to)}`), axisLabel: { hideOverlap: true } },
      yAxis: { type: 'value', min: 0, minInterval: 1, axisLabel: { formatter: (value: number) => format.large(value) } },
      series: [{
        type: 'bar', data: bins.map((bin) => bin.count), barCategoryGap: '4%', itemStyle: { color: palette.primary },
        label: { show: bins.length <= 24 && !narrow, position: 'top', color: palette.inkSecondary, fontSize: 11, formatter: ({ value }: { value: number }) => (value > 0 ? format.large(value) : '') },
      }],
    }
  }, [bins, format, t, whole, narrow])

  const title = t('portal.chart.rowsBy', { field: field.name })
  const digits = whole ? 1 : 2
  return (
    <figure className="dtp-figure">
      <figcaption>
        <h2>{title}</h2>
        <p className="dt-secondary">
          {t('portal.chart.measured', { min: format.number(Number(field.min), digits), max: format.number(Number(field.max), digits), mean: field.mean === null ? '–' : format.number(field.mean, digits) })}
          {note !== undefined && <> · {note}</>}
        </p>
      </figcaption>
      <Chart option={option} label={title} height={340} />
      <FiguresTable
        columns={[field.name, t('portal.chart.count')]}
        rows={bins.map((bin) => [`${format.number(bin.from, 2)} – ${format.number(bin.to, 2)}`, format.number(bin.count)])}
      />
    </figure>
  )
}
