import type { Reading } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { isJsonObject, parseJson } from '@datong/tabular'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Type } from 'typebox'
import type { ConnectorTools, ReadRequest, SourceBatch, SourceColumn, SourceObject } from './connector.ts'
import { defineConnector } from './define-connector.ts'
import { digestOf } from './files/digest-of.ts'
import { ItemsFile } from './files/items-file.ts'
import { type Asker, createAsker, NO_CREDENTIALS } from './http/ask-source.ts'
import { knownBy, markOf, type Sighting, sightingOf, toldBy } from './http/sighting.ts'
import { text } from './setting.ts'

const MOST_DESCRIPTOR_BYTES = 64 * 2 ** 20

/** Types of Table Schema whose texts are sure; others are left to inference. */
const READINGS: Readonly<Record<string, Reading>> = { integer: 'integer', date: 'date-ymd', time: 'text', geopoint: 'text', object: 'text', array: 'text' }

type Json = Readonly<Record<string, unknown>>

/** Resources of a data package. @see https://datapackage.org/standard/data-package/, https://datapackage.org/standard/data-resource/ */
export const dataPackage = defineConnector({
  title: { zh: '数据包（Data Package）', en: 'Data package' },
  about: { zh: '读取 datapackage.json 描述的数据资源', en: 'Reads the resources that a datapackage.json describes' },
  settings: Type.Object({
    url: text({ zh: '描述文件地址', en: 'Address of the descriptor' }, { most: 2_000, pattern: '^https?://[^\\s\\u0000-\\u001f]+$' }),
  }, { additionalProperties: false }),
  secrets: Type.Object({}, { additionalProperties: false }),
  can: { list: true, query: false, incremental: false, summary: false, changes: false },
  async open({ url }, _, tools) {
    const asker = createAsker(tools, NO_CREDENTIALS)
    const described = () => resourcesOf(asker, url, tools)
    return {
      check: async () => void await described(),
      objects: async () => (await described()).map(objectOf),
      read: (request) => read(asker, described, request, url, tools),
      close: async () => undefined,
    }
  },
})

const unreadable = (url: string, reason: string): AppError => new AppError('collection/source-unreadable', { host: new URL(url).hostname, reason })

async function resourcesOf(asker: Asker, url: string, { scratch }: ConnectorTools): Promise<Json[]> {
  const file = join(scratch, 'descriptor')
  await asker.toFile(url, file, { accept: 'application/json', mostBytes: MOST_DESCRIPTOR_BYTES })
  let descriptor: unknown
  try {
    descriptor = parseJson(await readFile(file, 'utf8'))
  } catch {
    throw unreadable(url, 'not-json')
  }
  const resources = isJsonObject(descriptor) && Array.isArray(descriptor['resources']) ? descriptor['resources'].filter(isJsonObject) : []
  if (resources.length === 0) throw unreadable(url, 'no-data-package')
  return resources
}

const wordsOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)
const nameOf = (resource: Json, at: number): string => wordsOf(resource['name']) ?? String(at)
const schemaOf = ({ schema }: Json): Json => (isJsonObject(schema) ? schema : {})

function objectOf(resource: Json, at: number): SourceObject {
  const bytes = Number(resource['bytes'] ?? Number.NaN)
  return {
    name: nameOf(resource, at), title: wordsOf(resource['title']) ?? wordsOf(resource['description']), kind: 'resource', columns: columnsOf(resource),
    key: keyOf(resource), rows: null, bytes: Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null, modifiedAt: null,
  }
}

function keyOf(resource: Json): string[] {
  const { primaryKey } = schemaOf(resource)
  return [primaryKey ?? []].flat().filter((name) => typeof name === 'string')
}

function columnsOf(resource: Json): SourceColumn[] | null {
  const { fields, missingValues } = schemaOf(resource)
  if (!Array.isArray(fields)) return null
  // Own words for "missing" or "true", own ways to write a number: then the type says nothing about the text.
  const isPlain = missingValues === undefined || JSON.stringify(missingValues) === '[""]'
  return fields.filter(isJsonObject).map((field) => {
    const type = String(field['type'] ?? 'string')
    const isUsual = isPlain && (field['format'] === undefined || field['format'] === 'default') && ['trueValues', 'falseValues', 'bareNumber', 'groupChar', 'decimalChar'].every((name) => field[name] === undefined)
    const constraints = isJsonObject(field['constraints']) ? field['constraints'] : {}
    return {
      name: String(field['name'] ?? ''), sourceType: type, reading: isUsual ? READINGS[type] ?? null : null, nullable: constraints['required'] !== true, canMark: false,
      comment: wordsOf(field['title']) ?? wordsOf(field['description']),
    }
  })
}

async function* read(asker: Asker, described: () => Promise<Json[]>, request: ReadRequest, url: string, tools: ConnectorTools): AsyncIterable<SourceBatch> {
  const name = 'object' in request.from ? request.from.object : ''
  const resource = (await described()).find((one, at) => nameOf(one, at) === name)
  if (resource === undefined) throw new AppError('collection/source-object-unknown', { object: name })
  const before = sightingOf(request.after)
  // A digest of the content changes with it; a size alone need not.
  const told = typeof resource['hash'] === 'string' ? JSON.stringify([resource['path'], resource['hash']]) : null
  if (told !== null && before?.told === told) return
  const found = resource['data'] === undefined ? await fetched(asker, resource, name, url, tools, before) : await inline(resource['data'], name, url, tools)
  if (found === undefined || found.file.sha256 === before?.sha256) return
  const columns = columnsOf(resource)
  if (columns !== null) yield { kind: 'columns', columns, key: keyOf(resource) }
  yield { ...found.file, mark: markOf({ sha256: found.file.sha256, told, ...toldBy(found.headers) }) }
}

type FileBatch = Extract<SourceBatch, { kind: 'file' }>
interface Found {
  readonly file: FileBatch
  /** Of the answer that it came with; of several answers none. */
  readonly headers: IncomingHttpHeaders
}

/** The file, or the files of which it is made, behind one another as they are; undefined when it is what was read before. */
async function fetched(asker: Asker, resource: Json, name: string, url: string, tools: ConnectorTools, before: Sighting | undefined): Promise<Found | undefined> {
  const parts = [resource['path'] ?? []].flat().filter((part) => typeof part === 'string')
  if (parts.length === 0) throw unreadable(url, 'no-path')
  const path = join(tools.scratch, 'resource')
  const piece = join(tools.scratch, 'part')
  let left = tools.maxFileBytes
  let headers: IncomingHttpHeaders = {}
  await writeFile(path, '')
  for (const part of parts) {
    const from = addressOf(part, url)
    const answered = await asker.toFile(from, piece, { mostBytes: Math.max(1, left), known: parts.length === 1 ? knownBy(before) : undefined })
    if (answered.isKnown) return undefined
    if (parts.length === 1) headers = answered.headers
    await pipeline(createReadStream(piece), createWriteStream(path, { flags: 'a' }))
    left -= (await digestOf(piece)).bytes
  }
  const digest = await digestOf(path)
  if (parts.length === 1 && typeof resource['bytes'] === 'number' && resource['bytes'] !== digest.bytes) throw unreadable(url, 'size')
  if (parts.length === 1 && typeof resource['hash'] === 'string') await requireHash(path, resource['hash'], url)
  return { headers, file: { kind: 'file', path, name: parts[0]?.split('/').at(-1)?.slice(0, 200) ?? name, ...digest, mark: null, more: false } }
}

/** Paths lie at or below the descriptor; absolute ones and ways up are refused, as the standard wants. */
function addressOf(part: string, url: string): string {
  if (/^https?:\/\//.test(part)) return part
  if (part.startsWith('/') || part.startsWith('~') || part.includes('\\') || /^[a-z][a-z0-9+.-]*:/i.test(part) || part.split('/').includes('..')) throw unreadable(url, 'unsafe-path')
  return new URL(part, url).href
}

const HASHES: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha512'])

/** `md5` when no algorithm is named. */
async function requireHash(path: string, told: string, url: string): Promise<void> {
  const [algorithm = 'md5', digest] = told.includes(':') ? told.split(':', 2) : ['md5', told]
  if (!HASHES.has(algorithm.toLowerCase())) return
  const hash = createHash(algorithm.toLowerCase())
  await pipeline(createReadStream(path), hash)
  if (hash.digest('hex') !== digest?.toLowerCase()) throw unreadable(url, 'hash')
}

/** Rows in the descriptor itself: objects, or lists of which the first has the names. */
async function inline(data: unknown, name: string, url: string, tools: ConnectorTools): Promise<Found | undefined> {
  const rows: readonly unknown[] = Array.isArray(data) ? data : []
  const first = rows[0]
  const items = new ItemsFile(join(tools.scratch, 'inline'), { host: new URL(url).hostname, mostBytes: tools.maxFileBytes, markBy: undefined })
  for (const row of Array.isArray(first) ? rows.slice(1) : rows) {
    if (isJsonObject(row)) await items.add(row)
    else if (Array.isArray(row) && Array.isArray(first)) await items.add(Object.fromEntries(first.map((column, at) => [String(column), row[at] as unknown])))
    else throw unreadable(url, 'no-objects')
  }
  const file = await items.end(`${name}.ndjson`, undefined)
  return file && { file, headers: {} }
}
