import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense } from 'react'
import { Skeleton } from 'antd'

const ChartCanvas = lazy(() => import('./chart-canvas.tsx'))

interface ChartProps {
  readonly option: EChartsCoreOption
  /** What the chart shows, for those who do not see it; the table behind it stands beside. */
  readonly label: string
  readonly height?: number
}

/** A chart as SVG; the drawing library is fetched with the first one. */
export function Chart({ option, label, height = 260 }: ChartProps) {
  return (
    <div role="img" aria-label={label} style={{ height }}>
      <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 4 }} />}>
        <ChartCanvas option={option} />
      </Suspense>
    </div>
  )
}
