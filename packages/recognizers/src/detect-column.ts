import { halfWidth } from '@datong/kernel'
import type { FieldType } from '@datong/kernel'
import { saysNothing } from './normalise-text.ts'
import { type CellValue, type Detection, RECOGNIZER_IDS, type RecognizerId } from './recognizer.ts'
import { RECOGNIZERS } from './registry.ts'

/** Values looked at in one column; more are thinned evenly, so that a sorted column is seen from end to end. */
const MOST_VALUES = 1000
/** Below this a detection is not worth showing. */
const LEAST_CONFIDENCE = 0.5

/** A recogniser that fits a column. */
export interface ColumnMatch extends Detection {
  readonly recognizer: RecognizerId
}

/** The values that say something, as half-width text, at most 1,000, evenly taken. */
export function sampleColumn(values: readonly CellValue[]): string[] {
  const step = Math.max(1, values.length / MOST_VALUES)
  const sample: string[] = []
  for (let at = 0; at < values.length; at += step) {
    const value = values[Math.floor(at)]
    if (value === null || value === undefined) continue
    const text = halfWidth(String(value))
    if (!saysNothing(text)) sample.push(text)
  }
  return sample
}

/**
 * What a column holds: the recognisers that fit, the best first; empty when none does.
 * @param name the column's name as in the file
 * @param type its inferred type
 * @param values some or all of its values, nulls included
 */
export function detectColumn(name: string, type: FieldType, values: readonly CellValue[]): ColumnMatch[] {
  const column = { name, type, sampleValues: sampleColumn(values) }
  return RECOGNIZER_IDS.map((recognizer) => ({ recognizer, ...RECOGNIZERS[recognizer].detect(column) }))
    .filter((match) => match.confidence >= LEAST_CONFIDENCE)
    .toSorted((a, b) => b.confidence - a.confidence)
}
