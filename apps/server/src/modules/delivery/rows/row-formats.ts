import { csvLine } from './csv.ts'
import type { RowPage } from './row-page.ts'

export interface RowFormat {
  readonly contentType: string
  write(page: RowPage): string
}

/** Forms of a page of rows, by the media type that asks for them; the first is the default. */
const ROW_FORMATS: readonly (readonly [string, RowFormat])[] = [
  ['application/json', {
    contentType: 'application/json; charset=utf-8',
    write: (page) => `{"items":[${page.json(',')}],"nextCursor":${JSON.stringify(page.nextCursor)},"version":${page.version}}`,
  }],
  ['text/csv', {
    contentType: 'text/csv; charset=utf-8; header=present',
    write: ({ fields, rows }) => csvLine(fields.map((field) => field.name)) + rows.map(csvLine).join(''),
  }],
  ['application/x-ndjson', {
    contentType: 'application/x-ndjson; charset=utf-8',
    write: (page) => (page.count === 0 ? '' : `${page.json('\n')}\n`),
  }],
]

const JSON_FORMAT = ROW_FORMATS[0]![1] // the list is not empty

/** The form that an `Accept` header asks for first among those we have; JSON for anything else. */
export function rowFormat(accept: string | undefined): RowFormat {
  if (accept === undefined || accept === 'application/json' || accept === '*/*') return JSON_FORMAT
  const wanted = accept.split(',').map((part) => part.split(';', 1)[0]!.trim()) // split gives one at least
  const found = wanted.map((type) => ROW_FORMATS.find(([name]) => name === type)?.[1]).find((format) => format !== undefined)
  return found ?? JSON_FORMAT
}
