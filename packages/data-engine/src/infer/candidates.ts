import { PLACEHOLDERS, type Reading } from '../field.ts'
import { TEXT_FITS } from './text-fits.ts'

/** From the most to the least particular: the first that fits is taken. */
const PREFERENCE: readonly Exclude<Reading, 'text'>[] = [
  'boolean-shi-fou',
  'boolean-true-false',
  'boolean-yes-no',
  'boolean-y-n',
  'date-compact',
  'date-roc-compact',
  'date-ymd',
  'date-zh',
  'date-roc',
  'datetime-ymd',
  'datetime-compact',
  'datetime-zh',
  'integer',
  'integer-grouped',
  'decimal',
  'decimal-grouped',
]

const PLACEHOLDER_SET: ReadonlySet<string> = new Set(PLACEHOLDERS)
/** A sample need not be as clean as the whole: its share of misfits may be larger. */
const SAMPLE_SHARE = 0.9

export const isPlaceholder = (text: string): boolean => PLACEHOLDER_SET.has(text.trim().toLowerCase())

/**
 * Readings that a sample of a column allows, best first; none when it must be text.
 * @param texts any sample, blanks and placeholders included
 */
export function candidateReadings(texts: readonly (string | null)[]): Exclude<Reading, 'text'>[] {
  const filled: string[] = []
  for (const text of texts) {
    const trimmed = text?.trim() ?? ''
    if (trimmed !== '' && !PLACEHOLDER_SET.has(trimmed.toLowerCase())) filled.push(trimmed)
  }
  if (filled.length === 0) return []
  const fitting = PREFERENCE.filter((reading) => fits(reading, filled))
  // 990101 may be a ROC date, but a column of nothing else is years and months, or numbers
  const seven = filled.filter((text) => text.length === 7).length
  return fitting.filter((reading) => reading !== 'date-roc-compact' || seven >= filled.length / 2)
}

function fits(reading: Exclude<Reading, 'text'>, texts: readonly string[]): boolean {
  const allowed = Math.floor(texts.length * (1 - SAMPLE_SHARE))
  const test = TEXT_FITS[reading]
  let misfits = 0
  for (const text of texts) if (!test(text) && ++misfits > allowed) return false
  return true
}
