import type { Reading } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { isJsonObject, jsonCell, parseJson } from '@datong/tabular'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import type { ConnectorTools, ReadRequest, SourceBatch, SourceColumn, SourceObject } from './connector.ts'
import { defineConnector } from './define-connector.ts'
import { digestOf } from './files/digest-of.ts'
import { type Asker, createAsker, NO_CREDENTIALS } from './http/ask-source.ts'
import { secret, text } from './setting.ts'

const MOST_PAGE_BYTES = 64 * 2 ** 20
const PACKAGES = 100
const MOST_PACKAGES = 2_000
/** CKAN's own limit, `ckan.datastore.search.rows_max`. */
const ROWS = 10_000

/** Types of the DataStore, which are PostgreSQL's. */
const READINGS: Readonly<Record<string, Reading>> = { int: 'integer', int4: 'integer', bool: 'boolean-true-false', date: 'date-ymd', timestamp: 'datetime-ymd' }

type Answer = Readonly<Record<string, unknown>>

/** Resources of a CKAN site: rows with their types where its DataStore has them, else the file. @see https://docs.ckan.org/en/2.11/api/ */
export const ckan = defineConnector({
  title: { zh: 'CKAN 开放平台', en: 'CKAN' },
  about: { zh: '读取 CKAN 平台上的数据资源', en: 'Reads resources of a CKAN site' },
  settings: Type.Object({
    url: text({ zh: '平台地址', en: 'Address of the site' }, { most: 2_000, pattern: '^https?://[^\\s\\u0000-\\u001f]+$' }),
    package: Type.Optional(text({ zh: '数据集', en: 'Data set' }, { most: 100, pattern: '^[A-Za-z0-9_-]+$' }, { zh: '名称或标识；不填则列出全部', en: 'Name or id; all without it' })),
  }, { additionalProperties: false }),
  secrets: Type.Object({ key: Type.Optional(secret({ zh: 'API 令牌', en: 'API token' })) }, { additionalProperties: false }),
  can: { list: true, query: false, incremental: false, summary: false, changes: false },
  async open({ url, package: one }, { key }, tools) {
    const site = url.replace(/\/+$/, '').replace(/\/api(\/3)?(\/action)?$/, '')
    const asker = createAsker(tools, key === undefined ? NO_CREDENTIALS : { headers: async () => ({ authorization: key }), renew: () => false })
    const act = (action: string, query: Readonly<Record<string, string>>): Promise<Answer> => actOn(asker, site, action, query, tools)
    return {
      check: async () => void await act('status_show', {}),
      objects: () => objectsOf(act, one),
      read: (request) => read(act, request, site, tools, key),
      close: async () => undefined,
    }
  },
})

async function actOn(asker: Asker, site: string, action: string, query: Readonly<Record<string, string>>, { scratch }: ConnectorTools): Promise<Answer> {
  const file = join(scratch, 'action')
  await asker.toFile(`${site}/api/3/action/${action}?${new URLSearchParams(query)}`, file, { accept: 'application/json', mostBytes: MOST_PAGE_BYTES })
  const unreadable = new AppError('collection/source-unreadable', { host: new URL(site).hostname, reason: 'no-ckan' })
  let answer: unknown
  try {
    answer = parseJson(await readFile(file, 'utf8'))
  } catch {
    throw unreadable
  }
  if (!isJsonObject(answer) || answer['success'] !== true || !isJsonObject(answer['result'])) throw unreadable
  return answer['result']
}

type Act = (action: string, query: Readonly<Record<string, string>>) => Promise<Answer>

async function objectsOf(act: Act, one: string | undefined): Promise<SourceObject[]> {
  if (one !== undefined) return resourcesOf(await act('package_show', { id: one }))
  const found: SourceObject[] = []
  for (let start = 0; start < MOST_PACKAGES; start += PACKAGES) {
    const { results } = await act('package_search', { rows: String(PACKAGES), start: String(start), sort: 'name asc' })
    const packages = listOf(results)
    found.push(...packages.flatMap(resourcesOf))
    if (packages.length < PACKAGES) break
  }
  return found
}

const listOf = (value: unknown): Answer[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])
const wordsOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)

function resourcesOf(set: Answer): SourceObject[] {
  return listOf(set['resources']).filter(({ id }) => typeof id === 'string').map((resource) => {
    const parts = [wordsOf(set['title']), wordsOf(resource['name'])].filter((part) => part !== null)
    const modified = Date.parse(String(resource['last_modified'] ?? resource['created'] ?? ''))
    const bytes = Number(resource['size'] ?? Number.NaN)
    return {
      name: String(resource['id']), title: parts.length === 0 ? null : [...new Set(parts)].join(' / '), kind: 'resource', columns: null, key: [], rows: null,
      bytes: Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null, modifiedAt: Number.isNaN(modified) ? null : new Date(modified),
    }
  })
}

async function* read(act: Act, request: ReadRequest, site: string, tools: ConnectorTools, key: string | undefined): AsyncIterable<SourceBatch> {
  const id = 'object' in request.from ? request.from.object : ''
  const resource = await act('resource_show', { id })
  if (resource['datastore_active'] === true) {
    yield* readRows(act, id, request, new URL(site).hostname)
    return
  }
  const url = URL.parse(String(resource['url'] ?? ''), site)
  if (url === null) throw new AppError('collection/source-unreadable', { host: new URL(site).hostname, reason: 'no-address' })
  const path = join(tools.scratch, 'resource')
  // A key is for its own site only.
  const asker = createAsker(tools, key !== undefined && url.origin === new URL(site).origin ? { headers: async () => ({ authorization: key }), renew: () => false } : NO_CREDENTIALS)
  await asker.toFile(url.href, path)
  const name = wordsOf(resource['name']) ?? url.pathname.split('/').at(-1) ?? id
  yield { kind: 'file', path, name: name.slice(0, 200), ...await digestOf(path), mark: null, more: false }
}

/** Rows in the order of the DataStore's own number; what moves while it is read is found out. */
async function* readRows(act: Act, id: string, { limit, position }: ReadRequest, host: string): AsyncIterable<SourceBatch> {
  let total: number | undefined
  let last = -1
  for (let offset = Number(position ?? 0); limit === undefined || offset < limit;) {
    const rows = Math.min(ROWS, limit === undefined ? ROWS : limit - offset)
    const answer = await act('datastore_search', { resource_id: id, limit: String(rows), offset: String(offset), sort: '_id', records_format: 'lists' })
    const fields = listOf(answer['fields'])
    const records = Array.isArray(answer['records']) ? answer['records'] as readonly unknown[] : []
    const number = fields.findIndex((field) => field['id'] === '_id')
    if (total === undefined) yield { kind: 'columns', columns: fields.filter((_, at) => at !== number).map(columnOf), key: [] }
    if (total !== undefined && total !== answer['total']) throw new AppError('collection/source-changed', { host })
    total = Number(answer['total'])
    const texts = records.filter((record) => Array.isArray(record)).map((record: readonly unknown[]) => {
      if (number !== -1) {
        if (Number(record[number]) <= last) throw new AppError('collection/source-changed', { host })
        last = Number(record[number])
      }
      return record.filter((_, at) => at !== number).map((value, at) => textOf(value, fields[at < number || number === -1 ? at : at + 1]?.['type']))
    })
    offset += records.length
    if (texts.length > 0) yield { kind: 'rows', rows: texts, position: String(offset), mark: null }
    if (records.length < rows) return
  }
}

function columnOf({ id, type, info }: Answer): SourceColumn {
  const label = isJsonObject(info) ? wordsOf(info['label']) ?? wordsOf(info['notes']) : null
  const sourceType = String(type ?? '')
  return { name: String(id), sourceType, reading: READINGS[sourceType] ?? null, nullable: true, canMark: false, comment: label }
}

function textOf(value: unknown, type: unknown): string | null {
  if (value === null || value === undefined) return null
  return type === 'timestamp' && typeof value === 'string' ? value.replace('T', ' ') : jsonCell(value)
}
