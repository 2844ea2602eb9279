import { useMemo } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { palette } from '../../../shared/theme.ts'
import { Chart } from '../../../shared/ui/chart.tsx'
import { wordsOf } from '../../../shared/ui/row-cells.tsx'
import { useNarrow } from '../../../shared/ui/use-narrow.ts'
import type { Group } from './groups.ts'

const MOST_BARS = 30

/** Counts by the value of one field as bars, the largest on top; lying, since values may be long words. */
export function GroupChart({ field, groups }: { readonly field: string; readonly groups: readonly Group[] }) {
  const { t } = useT()
  const format = useFormat()
  const narrow = useNarrow()
  const drawn = useMemo(() => groups.slice(0, MOST_BARS).map(({ values: [value], count }) => ({ name: wordsOf(value, t) || t('common.none'), count })), [groups, t])
  const option = useMemo(() => ({
    grid: { left: 8, right: 56, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    // No formatter of its own: the library escapes the values then.
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true, valueFormatter: (value: number) => format.number(value) },
    xAxis: { type: 'value', min: 0, minInterval: 1, splitNumber: narrow ? 3 : 5, axisLabel: { formatter: format.large, hideOverlap: true } },
    yAxis: { type: 'category', inverse: true, data: drawn.map(({ name }) => name), axisLabel: { interval: 0, width: narrow ? 96 : 200, overflow: 'truncate' } },
    series: [{
      type: 'bar', name: t('workbench.statistics.count'), barMaxWidth: 20, color: palette.primary, data: drawn.map(({ count }) => count),
      label: { show: true, position: 'right', color: palette.inkSecondary, fontSize: 12, formatter: ({ value }: { value: number }) => format.large(value) },
    }],
  }), [drawn, format, narrow, t])
  return (
    <>
      <Chart option={option} height={drawn.length * 26 + 56} label={t('workbench.statistics.chart', { field, count: drawn.length, most: drawn[0]?.name ?? '' })} />
      {groups.length > MOST_BARS && <p className="dt-secondary dt-lead">{t('workbench.statistics.largest', { count: MOST_BARS })}</p>}
    </>
  )
}
