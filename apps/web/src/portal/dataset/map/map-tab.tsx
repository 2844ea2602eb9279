import type { FieldProfileView } from '@datong/contracts'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Empty, ErrorState } from '../../../shared/ui/states.tsx'
import { numberOf } from '../chart/number-of.ts'
import { Reading } from '../chart/reading.tsx'
import '../chart/chart.css'
import { useManyRows } from '../use-many-rows.ts'
import type { Description } from '../use-rows-access.ts'
import type { CoordinateFields } from './coordinate-fields.ts'
import { classesOf, kindsOf, nameField } from './map-classes.ts'
import { isPlace } from './map-view.ts'
import type { MapPlace } from './map-view.ts'
import { PlaceMap } from './place-map.tsx'
import './map.css'

const MOST_ROWS = 5000
const NONE = ''

interface MapTabProps {
  readonly description: Description
  readonly coordinates: CoordinateFields
  readonly profile: readonly FieldProfileView[]
}

/** Where the rows are, on a plain grid of degrees: nothing is fetched from elsewhere. */
export function MapTab({ description, coordinates, profile }: MapTabProps) {
  const { t } = useT()
  const format = useFormat()
  const kinds = kindsOf(profile, description.fields)
  const named = nameField(description.fields, profile, coordinates)
  const [by, setBy] = useState(kinds[0]?.name ?? NONE)
  const select = [...new Set([coordinates.longitude, coordinates.latitude, ...(named === undefined ? [] : [named]), ...(by === NONE ? [] : [by])])]
  const many = useManyRows(description.code, select, undefined, MOST_ROWS)

  const places = useMemo(
    () => many.rows.flatMap((row): MapPlace[] => {
      const longitude = numberOf(row[coordinates.longitude]) ?? NaN
      const latitude = numberOf(row[coordinates.latitude]) ?? NaN
      return isPlace(longitude, latitude) ? [{ longitude, latitude, name: String((named && row[named]) ?? ''), kind: by === NONE ? '' : String(row[by] ?? '') }] : []
    }),
    [many.rows, coordinates, named, by],
  )
  const classes = useMemo(() => (by === NONE ? [] : classesOf(places.map((place) => place.kind))), [places, by])

  if (many.error) return <ErrorState error={many.error} onRetry={() => void many.refetch()} />
  if (!many.done) return <Reading read={many.rows.length} total={Math.min(description.rowCount, MOST_ROWS)} />
  if (places.length === 0) return <Empty title={t('portal.map.none')} />
  const unplaced = many.rows.length - places.length
  return (
    <div className="dtp-map">
      {kinds.length > 0 && (
        <div className="dtp-chart-controls">
          <label className="dtp-control">
            <span>{t('portal.map.colourBy')}</span>
            <Select
              value={by} onChange={setBy} popupMatchSelectWidth={false}
              options={[...kinds.map((field) => ({ value: field.name, label: field.name })), { value: NONE, label: t('portal.map.oneColour') }]}
            />
          </label>
        </div>
      )}
      <PlaceMap places={places} classes={classes} label={t('portal.map.label', { title: description.title, count: places.length })} />
      <p className="dt-secondary dtp-small">
        {[
          t('portal.map.shown', { count: places.length, figure: format.number(places.length) }),
          ...(unplaced > 0 ? [t('portal.map.unplaced', { figure: format.number(unplaced) })] : []),
          ...(many.more ? [t('portal.map.first', { figure: format.number(many.rows.length) })] : []),
          t('portal.map.degrees'),
        ].join(' · ')}
      </p>
    </div>
  )
}
