import { decide, type Decision } from '../decision.ts'
import type { ImportOptions, SourceFormat } from '../import-options.ts'
import { jsonCell } from '../json/json-value.ts'
import { jsonRecords } from '../json/read-json.ts'
import { PREVIEW_ROWS, type Detection, type ImportSource } from './detection.ts'
import { encodingOf } from './encoding-of.ts'
import { cleanFieldNames } from './field-names.ts'

const MOST_KEYS = 10_000

/** Decides the fields of JSON or NDJSON: all keys of all objects, in the order in which they are first met. */
export async function detectJson(
  source: ImportSource,
  given: Partial<ImportOptions>,
  format: Decision<SourceFormat>,
): Promise<Detection> {
  const encoding = encodingOf(source, given)
  const found = new Set<string>()
  const sample: Record<string, unknown>[] = []
  let objects = 0
  const kind = format.value === 'ndjson' ? 'ndjson' : 'json'
  for await (const record of jsonRecords(source.open(), kind, encoding.value)) {
    if ('problem' in record) continue
    objects++
    if (found.size < MOST_KEYS) for (const key of Object.keys(record.value)) found.add(key)
    if (sample.length < PREVIEW_ROWS) sample.push(record.value)
  }
  const keys = given.keys ?? [...found]
  const names = given.names ?? cleanFieldNames(keys)
  return {
    options: {
      format: format.value,
      names,
      keys,
      encoding: encoding.value,
      delimiter: ',',
      quote: '"',
      skipRows: 0,
      headerRows: 0,
      recordFields: names.length,
    },
    decisions: {
      format,
      encoding,
      header: decide(0, 1, { code: 'header/keys' }),
      fields: decide(names.length, 1, { code: 'fields/all-keys', params: { objects } }),
    },
    preview: sample.map((value) => keys.map((key) => jsonCell(value[key]))),
  }
}
