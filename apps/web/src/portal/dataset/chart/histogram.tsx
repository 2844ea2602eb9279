import type { FieldProfileView } from '@datong/contracts'
import { useMemo } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { useManyRows } from '../use-many-rows.ts'
import type { Description } from '../use-rows-access.ts'
import { binsOf, type Bin } from './bins.ts'
import { HistogramChart } from './histogram-chart.tsx'
import { numberOf } from './number-of.ts'
import { Reading } from './reading.tsx'

/** A table of this many rows is read for its histogram; of a larger one the profile's is shown. */
const MOST_ROWS = 20_000

interface HistogramProps {
  readonly field: FieldProfileView
  readonly description: Description
  /** The profile's own bins, from the lowest value to the highest. */
  readonly profiled: readonly Bin[]
}

/** How a measure is spread: over round bounds, without far-out values, where the table can be read; by its profile otherwise. */
export function Histogram({ field, description, profiled }: HistogramProps) {
  return description.rowCount > MOST_ROWS
    ? <HistogramChart field={field} bins={profiled} />
    : <FromRows field={field} description={description} profiled={profiled} />
}

function FromRows({ field, description, profiled }: HistogramProps) {
  const { t } = useT()
  const format = useFormat()
  const many = useManyRows(description.code, [field.name], undefined, MOST_ROWS)
  const found = useMemo(
    () => (many.done ? binsOf(many.rows.flatMap((row) => numberOf(row[field.name]) ?? []), field.type === 'integer') : undefined),
    [many.done, many.rows, field.name, field.type],
  )
  if (many.error) return <HistogramChart field={field} bins={profiled} />
  if (!found) return <Reading read={many.rows.length} total={description.rowCount} />
  const far = found.below + found.above
  return <HistogramChart field={field} bins={found.bins} note={far > 0 ? t('portal.chart.farOut', { figure: format.number(far) }) : undefined} />
}
