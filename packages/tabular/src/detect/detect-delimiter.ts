import { decide, type Decision } from '../decision.ts'
import { DELIMITERS, type Delimiter } from '../import-options.ts'
import { sampleRecords } from './sample-records.ts'

const SAMPLE_RECORDS = 500

/** The number of fields that most records have, and the share of records that have it. */
export function usualFieldCount(records: readonly (readonly string[])[]): { fields: number; share: number } {
  const counts = new Map<number, number>()
  for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1)
  const [fields, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
  return { fields, share: records.length === 0 ? 0 : times / records.length }
}

/**
 * The delimiter that cuts the most records into the same number of fields, more than one. A text without any is a
 * table of one column with commas.
 */
export function detectDelimiter(utf8: Uint8Array, whole: boolean): Decision<Delimiter> {
  const candidates = DELIMITERS.map((delimiter) => {
    const records = sampleRecords(utf8, delimiter, '"', whole, SAMPLE_RECORDS)
    const { fields, share } = usualFieldCount(records)
    // evenness first; more fields only break ties, or a text full of commas would beat its tabs
    return { delimiter, fields, share, score: fields < 2 ? 0 : share + Math.min(Math.log2(fields), 5) * 0.03 }
  }).sort((a, b) => b.score - a.score)
  const [best, second] = candidates
  if (!best || !second || best.score === 0) return decide(',', 0.5, { code: 'delimiter/one-column' })
  const params = { delimiter: best.delimiter, fields: best.fields, evenPercent: Math.round(best.share * 100) }
  const lead = Math.min(1, best.score - second.score)
  return decide(best.delimiter, best.share * (0.7 + 0.3 * lead), { code: 'delimiter/even-records', params })
}
