import { ScatterChart } from 'echarts/charts'
import { use } from 'echarts/core'
import { useMemo } from 'react'
import { palette } from '../../../shared/theme.ts'
import ChartCanvas from '../../../shared/ui/chart-canvas.tsx'
import type { MapClass } from './map-classes.ts'
import { boundsOf, type MapPlace, type MapView, type Size } from './map-view.ts'

use([ScatterChart])

interface MapCanvasProps {
  readonly places: readonly MapPlace[]
  readonly classes: readonly MapClass[]
  readonly view: MapView
  readonly size: Size
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The drawn part of the map; default export because it is loaded lazily with the drawing library. */
export default function MapCanvas({ places, classes, view, size }: MapCanvasProps) {
  const groups = useMemo(() => {
    if (classes.length === 0) return [{ colour: palette.primary, places }]
    const own = new Set(classes.map(({ value }) => value))
    return classes.map(({ value, colour }) => ({ colour, places: places.filter((place) => (value === null ? !own.has(place.kind) : place.kind === value)) }))
  }, [places, classes])

  const option = useMemo(() => {
    const { west, east, south, north } = boundsOf(view, size)
    const degrees = (digits: number) => (value: number): string => `${value.toFixed(digits)}°`
    const digits = Math.min(5, Math.max(1, Math.ceil(-Math.log10((east - west) / 6)) + 1))
    const axis = {
      type: 'value', axisLine: { show: false }, splitLine: { lineStyle: { color: '#ECE9E2' } }, splitNumber: 6,
      axisLabel: { inside: true, color: palette.inkSecondary, fontSize: 11, formatter: degrees(digits), showMinLabel: false, showMaxLabel: false },
    }
    return {
      animation: false,
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { ...axis, min: west, max: east },
      yAxis: { ...axis, min: south, max: north },
      tooltip: {
        trigger: 'item', confine: true,
        formatter: ({ data }: { data: readonly [number, number, string, string] }) =>
          `${data[2] === '' ? '' : `<strong>${escaped(data[2])}</strong><br>`}${data[3] === '' ? '' : `${escaped(data[3])}<br>`}${data[0].toFixed(5)}°, ${data[1].toFixed(5)}°`,
      },
      series: groups.map(({ colour, places: own }) => ({
        type: 'scatter', symbolSize: places.length > 2000 ? 5 : 8, clip: true, itemStyle: { color: colour, opacity: 0.8, borderColor: palette.card, borderWidth: 0.5 },
        data: own.map((place) => [place.longitude, place.latitude, place.name, place.kind]),
      })),
    }
  }, [groups, view, size, places.length])
  return <ChartCanvas option={option} />
}
