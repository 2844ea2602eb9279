import { AimOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { MapClass } from './map-classes.ts'
import { moved, scaleKm, viewOfAll, zoomed, type MapPlace, type MapView, type Size } from './map-view.ts'

const MapCanvas = lazy(() => import('./map-canvas.tsx'))

interface PlaceMapProps {
  readonly places: readonly MapPlace[]
  readonly classes: readonly MapClass[]
  readonly label: string
}

const STEP_PIXELS = 60
const SCALE_PIXELS = 120
const MOVES: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [STEP_PIXELS, 0], ArrowRight: [-STEP_PIXELS, 0], ArrowUp: [0, STEP_PIXELS], ArrowDown: [0, -STEP_PIXELS],
}

/** Places on a grid that can be moved and brought nearer with hand, keys or buttons. */
export function PlaceMap({ places, classes, label }: PlaceMapProps) {
  const { t } = useT()
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>()
  const [chosenView, setView] = useState<MapView>()
  const [held, setHeld] = useState<{ x: number; y: number }>()

  useEffect(() => {
    if (!box.current) return undefined
    const observer = new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  const view = size && (chosenView ?? viewOfAll(places, size))

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key]
    if (!view) return
    if (move) setView(moved(view, move[0], move[1]))
    else if (event.key === '+' || event.key === '=') setView(zoomed(view, 0.5))
    else if (event.key === '-') setView(zoomed(view, 2))
    else return
    event.preventDefault()
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (!held || !view) return
    setView(moved(view, event.clientX - held.x, event.clientY - held.y))
    setHeld({ x: event.clientX, y: event.clientY })
  }

  return (
    <div className="dtp-map-frame dtp-card">
      <div
        ref={box} className="dtp-map-box" role="application" aria-label={`${label} ${t('portal.map.keys')}`} tabIndex={0} onKeyDown={onKeyDown}
        data-held={held !== undefined}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setHeld({ x: event.clientX, y: event.clientY })
        }}
        onPointerMove={onPointerMove} onPointerUp={() => setHeld(undefined)} onPointerCancel={() => setHeld(undefined)}
      >
        {size && view && (
          <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
            <MapCanvas places={places} classes={classes} view={view} size={size} />
          </Suspense>
        )}
      </div>
      <div className="dtp-map-tools">
        <Button icon={<PlusOutlined />} aria-label={t('portal.map.nearer')} onClick={() => view && setView(zoomed(view, 0.5))} />
        <Button icon={<MinusOutlined />} aria-label={t('portal.map.farther')} onClick={() => view && setView(zoomed(view, 2))} />
        <Button icon={<AimOutlined />} aria-label={t('portal.map.all')} disabled={chosenView === undefined} onClick={() => setView(undefined)} />
      </div>
      {view && <Scale view={view} />}
      {classes.length > 0 && <Legend classes={classes} />}
    </div>
  )
}

function Scale({ view }: { readonly view: MapView }) {
  const format = useFormat()
  const km = scaleKm(view, SCALE_PIXELS)
  return (
    <div className="dtp-map-scale" style={{ width: km / view.kmPerPixel }}>
      {km >= 1 ? `${format.number(km)} km` : `${format.number(km * 1000)} m`}
    </div>
  )
}

function Legend({ classes }: { readonly classes: readonly MapClass[] }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <ul className="dtp-map-legend">
      {classes.map(({ value, colour, count }) => (
        <li key={value ?? 'rest'}>
          <span className="dtp-map-dot" style={{ background: colour }} aria-hidden />
          {value === null ? t('portal.map.rest') : value === '' ? t('portal.preview.empty') : value}
          <span className="dt-secondary">{format.number(count)}</span>
        </li>
      ))}
    </ul>
  )
}
