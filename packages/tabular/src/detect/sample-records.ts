import type { Delimiter, ImportOptions } from '../import-options.ts'
import { RecordScanner } from '../normalise/record-scanner.ts'

const MOST_FIELDS = 20_000

/**
 * The first records of a UTF-8 sample as texts. The last one is left out unless the sample is the whole file, for it
 * may be cut. Records of nothing but delimiters and white space are left out too, as they are in a load.
 */
export function sampleRecords(
  sample: Uint8Array,
  delimiter: Delimiter,
  quote: ImportOptions['quote'],
  whole: boolean,
  most: number,
): string[][] {
  const bytes = new Uint8Array(sample.length + 1)
  bytes.set(sample)
  bytes[sample.length] = 10
  const scanner = new RecordScanner(delimiter, quote, MOST_FIELDS)
  const decoder = new TextDecoder()
  const records: string[][] = []
  let from = 0
  while (from < sample.length && records.length < most) {
    const outcome = scanner.scan(bytes, from, sample.length, whole)
    if (outcome === 'incomplete') break
    if (outcome === 'unterminated') {
      const next = bytes.indexOf(10, from)
      from = next + 1
      continue
    }
    const fields: string[] = []
    for (let i = 0; i < Math.min(scanner.fieldCount, MOST_FIELDS); i++) {
      const text = decoder.decode(bytes.subarray(scanner.starts[i], scanner.ends[i]))
      fields.push(scanner.quoted[i] === 1 && quote ? text.slice(1, -1).replaceAll(quote + quote, quote) : text)
    }
    if (scanner.end - from > scanner.fieldCount - 1 && (fields.length > 1 || fields[0]?.trim() !== '')) records.push(fields)
    from = scanner.next
  }
  return records
}
