import type { Reading } from '@datong/data-engine'
import type { CapturedColumn } from './captured-source.ts'

/**
 * How a captured column is read. A few changes say little of a column, and one that does not fit must not be lost: text stays text
 * whatever stands in it today. Long integers are left to inference.
 */
export function stableReading({ reading, sourceType }: Pick<CapturedColumn, 'reading' | 'sourceType'>): Reading | null {
  if (reading !== null) return reading
  if (/^(?:bigint|numeric|decimal)/.test(sourceType)) return null
  return /^(?:float|double|real)/.test(sourceType) ? 'decimal' : 'text'
}
