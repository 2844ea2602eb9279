import { BarChart, LineChart, SankeyChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { fontStack, palette, seriesColours } from '../theme.ts'

use([BarChart, LineChart, SankeyChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

const axis = {
  axisLine: { lineStyle: { color: palette.line } }, axisTick: { show: false },
  axisLabel: { color: palette.inkSecondary, fontSize: 12 }, splitLine: { lineStyle: { color: palette.line } },
}
const theme = {
  color: [...seriesColours], textStyle: { fontFamily: fontStack, color: palette.ink },
  categoryAxis: { ...axis, splitLine: { show: false } }, valueAxis: { ...axis, axisLine: { show: false } },
  tooltip: { backgroundColor: palette.card, borderColor: palette.line, textStyle: { color: palette.ink, fontSize: 13 } },
}

/** The part of a chart that needs the drawing library; default export because it is loaded lazily. */
export default function ChartCanvas({ option }: { readonly option: EChartsCoreOption }) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)

  useEffect(() => {
    if (!box.current) return undefined
    const drawn = init(box.current, theme, { renderer: 'svg' })
    chart.current = drawn
    const observer = new ResizeObserver(() => drawn.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption({ animation: !calm, animationDuration: 180, ...option }, true)
  }, [option])

  return <div ref={box} style={{ width: '100%', height: '100%' }} />
}
