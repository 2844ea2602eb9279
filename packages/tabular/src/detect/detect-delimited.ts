import { decide, type Decision } from '../decision.ts'
import { makeTranscoder } from '../encoding/transcoder.ts'
import type { ImportOptions, SourceFormat } from '../import-options.ts'
import { detectDelimiter, usualFieldCount } from './detect-delimiter.ts'
import { PREVIEW_ROWS, type Detection, type ImportSource } from './detection.ts'
import { encodingOf } from './encoding-of.ts'
import { cleanFieldNames } from './field-names.ts'
import { headerFrom } from './header-from.ts'
import { sampleRecords } from './sample-records.ts'

const SAMPLE_RECORDS = 2000
/** Decides encoding, delimiter, header and number of fields of delimited text. */
export function detectDelimited(
  source: ImportSource,
  given: Partial<ImportOptions>,
  format: Decision<SourceFormat>,
): Detection {
  const encoding = encodingOf(source, given)
  const whole = source.head.length >= source.sizeBytes
  const transcoder = makeTranscoder(encoding.value)
  const utf8 = transcoder.push(source.head)
  const delimiter = given.delimiter ? decide(given.delimiter, 1, { code: 'import/given' }) : detectDelimiter(utf8, whole)
  const quote = given.quote === undefined ? '"' : given.quote
  let records = sampleRecords(utf8, delimiter.value, quote, whole, SAMPLE_RECORDS)
  // a sample that ends inside its only record still shows how many fields there are
  if (records.length === 0) records = sampleRecords(utf8, delimiter.value, quote, true, SAMPLE_RECORDS)
  const header = headerFrom(records, given)
  const { skipRows, headerRows, cells } = header.value
  const rows = records.slice(skipRows + headerRows)
  const width = fieldsOf(rows, cells)
  const names = given.names ?? cleanFieldNames(Array.from({ length: width.names }, (_, i) => cells[i] ?? ''))
  const alternates = header.value.alternates?.map((name) => name.trim())
  return {
    options: {
      format: format.value,
      names,
      encoding: encoding.value,
      delimiter: delimiter.value,
      quote,
      skipRows,
      headerRows,
      recordFields: given.recordFields ?? Math.min(width.records.value, names.length),
    },
    ...(alternates ? { alternateNames: alternates } : {}),
    decisions: { format, encoding, delimiter, header: { ...header, value: headerRows }, fields: width.records },
    preview: rows.slice(0, PREVIEW_ROWS),
  }
}

/**
 * How many fields there are. When every record alike has fewer or more fields than the header, the records are right:
 * missing ones are filled with blanks, surplus ones get numbered names. Otherwise the header is right.
 */
function fieldsOf(
  rows: readonly (readonly string[])[],
  header: readonly string[],
): { names: number; records: Decision<number> } {
  const usual = usualFieldCount(rows)
  if (header.length === 0) {
    return { names: usual.fields, records: decide(usual.fields, usual.share, { code: 'fields/most-records' }) }
  }
  const params = { header: header.length, records: usual.fields }
  if (rows.length === 0 || usual.fields === header.length) {
    return { names: header.length, records: decide(header.length, 1, { code: 'fields/as-header', params }) }
  }
  const evenlyRagged = usual.share === 1 && rows.length >= 2
  if (!evenlyRagged) {
    // records that mostly disagree with the header point to a wrong header, but cutting values off would be worse
    const names = usual.fields > header.length && usual.share > 0.9 ? usual.fields : header.length
    return { names, records: decide(names, 0.4, { code: 'fields/records-differ', params }) }
  }
  const names = Math.max(header.length, usual.fields)
  return { names, records: decide(usual.fields, 0.7, { code: 'fields/evenly-ragged', params }) }
}
