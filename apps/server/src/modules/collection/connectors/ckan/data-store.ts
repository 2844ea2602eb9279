import type { Reading } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { isJsonObject, jsonCell } from '@datong/tabular'
import type { ReadRequest, SourceBatch, SourceColumn } from '../connector.ts'
import { laterMark } from '../later-mark.ts'

/** CKAN's own limit, `ckan.datastore.search.rows_max`. */
const ROWS = 10_000
/** Its own number of each row. */
const NUMBER = '_id'

/** Types of the DataStore, which are PostgreSQL's. */
const READINGS: Readonly<Record<string, Reading>> = { int: 'integer', int4: 'integer', bool: 'boolean-true-false', date: 'date-ymd', timestamp: 'datetime-ymd' }
const MARKS = /^(int|numeric|float|date|timestamp)/

export type Answer = Readonly<Record<string, unknown>>
export type Act = (action: string, query: Readonly<Record<string, string>>) => Promise<Answer>

export const listOf = (value: unknown): Answer[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])
export const wordsOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)

/** Where a read came to, and the mark of the moment at which it began. */
interface Position {
  readonly offset: number
  readonly mark: string | null
}

interface Page {
  readonly columns: readonly SourceColumn[]
  /** With the row's own number first. */
  readonly rows: readonly (readonly (string | null)[])[]
  readonly total: number
}

/**
 * Rows of the DataStore. All are read in the order of their numbers; those at or above a mark from the highest down, for which every
 * CKAN has the means. What moves while it is read is found out.
 * @see https://docs.ckan.org/en/2.11/maintaining/datastore.html
 */
export async function* readDataStore(act: Act, id: string, { limit, position, markBy, after }: ReadRequest, host: string): AsyncIterable<SourceBatch> {
  const page = async (offset: number, rows: number, sort: string): Promise<Page> =>
    pageOf(await act('datastore_search', { resource_id: id, limit: String(rows), offset: String(offset), sort, records_format: 'lists' }))
  const changed = (): AppError => new AppError('collection/source-changed', { host })
  const by = after?.column ?? markBy
  const downwards = by === undefined ? '' : `"${by}" desc, ${NUMBER}`
  const begun = positionOf(position)
  let mark = begun?.mark ?? null
  if (by !== undefined && begun === undefined) {
    const at = placeOf(await page(0, 1, NUMBER), by)
    mark = await highest((offset) => page(offset, ROWS, downwards), at) ?? after?.value ?? null
  }

  let total: number | undefined
  let last = -1
  for (let offset = begun?.offset ?? 0; limit === undefined || offset < limit;) {
    const rows = Math.min(ROWS, limit === undefined ? ROWS : limit - offset)
    const found = await page(offset, rows, after === undefined ? NUMBER : downwards)
    if (total === undefined) yield { kind: 'columns', columns: found.columns, key: [] }
    else if (total !== found.total) throw changed()
    total = found.total
    if (after === undefined) {
      for (const [number] of found.rows) {
        if (number == null) continue
        if (Number(number) <= last) throw changed()
        last = Number(number)
      }
    }
    const at = after === undefined ? -1 : placeOf(found, after.column)
    // Rows without a mark stand before all others; the first below the mark is where the new ones end.
    const end = after === undefined ? -1 : found.rows.findIndex((row) => row[at] != null && laterMark(after.value, row[at]) !== row[at])
    const fresh = (end === -1 ? found.rows : found.rows.slice(0, end)).filter((row) => after === undefined || row[at] != null)
    offset += found.rows.length
    const place: Position = { offset, mark }
    if (fresh.length > 0) yield { kind: 'rows', rows: fresh.map((row) => row.slice(1)), position: JSON.stringify(place), mark }
    if (end !== -1 || found.rows.length < rows) return
  }
}

/** Positions of before were numbers alone. */
function positionOf(text: string | undefined): Position | undefined {
  if (text === undefined) return undefined
  const read = JSON.parse(text) as Position | number // written above
  return typeof read === 'number' ? { offset: read, mark: null } : read
}

/** @throws AppError `collection/source-object-unknown` */
function placeOf({ columns }: Page, name: string): number {
  const at = columns.findIndex((column) => column.name === name)
  if (at === -1 || columns[at]?.canMark !== true) throw new AppError('collection/source-object-unknown', { object: name })
  return at + 1
}

/** The first value from the highest down; null where there is none. */
async function highest(page: (offset: number) => Promise<Page>, at: number): Promise<string | null> {
  for (let offset = 0; ;) {
    const { rows } = await page(offset)
    const found = rows.find((row) => row[at] != null)?.[at]
    if (found != null) return found
    if (rows.length < ROWS) return null
    offset += rows.length
  }
}

function pageOf(answer: Answer): Page {
  const fields = listOf(answer['fields'])
  const records = Array.isArray(answer['records']) ? answer['records'] as readonly unknown[] : []
  const number = fields.findIndex((field) => field['id'] === NUMBER)
  const others = fields.map((_, at) => at).filter((at) => at !== number)
  const rows = records.filter((record) => Array.isArray(record)).map((record: readonly unknown[]) => [
    number === -1 ? null : String(record[number]), ...others.map((at) => textOf(record[at], fields[at]?.['type'])),
  ])
  return { columns: others.map((at) => columnOf(fields[at] ?? {})), rows, total: Number(answer['total']) }
}

function columnOf({ id, type, info }: Answer): SourceColumn {
  const label = isJsonObject(info) ? wordsOf(info['label']) ?? wordsOf(info['notes']) : null
  const [name, sourceType] = [String(id), String(type ?? '')]
  // A comma or quote in a name would be read as the end of it.
  return { name, sourceType, reading: READINGS[sourceType] ?? null, nullable: true, canMark: MARKS.test(sourceType) && !/[",]/.test(name), comment: label }
}

function textOf(value: unknown, type: unknown): string | null {
  if (value === null || value === undefined) return null
  return type === 'timestamp' && typeof value === 'string' ? value.replace('T', ' ') : jsonCell(value)
}
