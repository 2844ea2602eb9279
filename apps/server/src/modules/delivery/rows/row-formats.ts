import type { Value } from '@datong/data-engine'
import type { PlanField } from '../plan/plan.ts'
import { csvLine } from './csv.ts'
import type { RowPage } from './read-rows.ts'

interface RowFormat {
  readonly contentType: string
  write(page: RowPage): string
}

const names = new WeakMap<readonly PlanField[], readonly string[]>()

/** `"name":` of each field, made once for each list of fields. */
function namesOf(fields: readonly PlanField[]): readonly string[] {
  let list = names.get(fields)
  if (list === undefined) names.set(fields, list = fields.map(({ name }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`))
  return list
}

/** Cells are JSON values, and numbers among them are finite: text alone needs care. */
const jsonCell = (cell: Value): string => (typeof cell === 'string' ? JSON.stringify(cell) : String(cell))

function jsonRow(keys: readonly string[], cells: readonly Value[]): string {
  if (keys.length === 0) return '{}'
  let text = ''
  for (let index = 0; index < keys.length; index++) text += keys[index]! + jsonCell(cells[index]!) // one cell for each field
  return `${text}}`
}

function jsonRows({ fields, rows }: RowPage, before: string, after: string): string {
  const keys = namesOf(fields)
  let text = ''
  for (let index = 0; index < rows.length; index++) text += (index === 0 ? '' : before) + jsonRow(keys, rows[index]!) + after // within its length
  return text
}

/** Forms of a page of rows, by the media type that asks for them; the first is the default. */
const ROW_FORMATS: readonly (readonly [string, RowFormat])[] = [
  ['application/json', {
    contentType: 'application/json; charset=utf-8',
    write: (page) => `{"items":[${jsonRows(page, ',', '')}],"nextCursor":${JSON.stringify(page.nextCursor)},"version":${page.version}}`,
  }],
  ['text/csv', {
    contentType: 'text/csv; charset=utf-8; header=present',
    write: ({ fields, rows }) => csvLine(fields.map((field) => field.name)) + rows.map(csvLine).join(''),
  }],
  ['application/x-ndjson', {
    contentType: 'application/x-ndjson; charset=utf-8',
    write: (page) => jsonRows(page, '', '\n'),
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
