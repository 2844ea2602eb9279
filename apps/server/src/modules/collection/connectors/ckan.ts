import { AppError } from '@datong/kernel'
import { isJsonObject, parseJson } from '@datong/tabular'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { type Act, type Answer, listOf, readDataStore, wordsOf } from './ckan/data-store.ts'
import type { ConnectorTools, ReadRequest, SourceBatch, SourceObject } from './connector.ts'
import { defineConnector } from './define-connector.ts'
import { digestOf } from './files/digest-of.ts'
import { type Asker, createAsker, NO_CREDENTIALS } from './http/ask-source.ts'
import { knownBy, markOf, sightingOf, toldBy } from './http/sighting.ts'
import { secret, text } from './setting.ts'

const MOST_PAGE_BYTES = 64 * 2 ** 20
const PACKAGES = 100
const MOST_PACKAGES = 2_000

/** Resources of a CKAN site: rows with their types where its DataStore has them, else the file. @see https://docs.ckan.org/en/2.11/api/ */
export const ckan = defineConnector({
  title: { zh: 'CKAN 开放平台', en: 'CKAN' },
  about: { zh: '读取 CKAN 平台上的数据资源', en: 'Reads resources of a CKAN site' },
  settings: Type.Object({
    url: text({ zh: '平台地址', en: 'Address of the site' }, { most: 2_000, pattern: '^https?://[^\\s\\u0000-\\u001f]+$' }),
    package: Type.Optional(text({ zh: '数据集', en: 'Data set' }, { most: 100, pattern: '^[A-Za-z0-9_-]+$' }, { zh: '名称或标识；不填则列出全部', en: 'Name or id; all without it' })),
  }, { additionalProperties: false }),
  secrets: Type.Object({ key: Type.Optional(secret({ zh: 'API 令牌', en: 'API token' })) }, { additionalProperties: false }),
  can: { list: true, query: false, incremental: true, summary: false, changes: false },
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
    yield* readDataStore(act, id, request, new URL(site).hostname)
    return
  }
  if (request.markBy !== undefined) {
    throw new AppError('collection/source-settings', {}, [{ pointer: '/markColumn', code: 'no-datastore', message: '这个资源不在 DataStore 中，只能全量归集' }])
  }
  const before = sightingOf(request.after)
  const told = toldOf(resource)
  if (told !== null && before?.told === told) return
  const url = URL.parse(String(resource['url'] ?? ''), site)
  if (url === null) throw new AppError('collection/source-unreadable', { host: new URL(site).hostname, reason: 'no-address' })
  const path = join(tools.scratch, 'resource')
  // A key is for its own site only.
  const asker = createAsker(tools, key !== undefined && url.origin === new URL(site).origin ? { headers: async () => ({ authorization: key }), renew: () => false } : NO_CREDENTIALS)
  const { headers, isKnown } = await asker.toFile(url.href, path, { known: knownBy(before) })
  if (isKnown) return
  const digest = await digestOf(path)
  if (digest.sha256 === before?.sha256) return
  const name = wordsOf(resource['name']) ?? url.pathname.split('/').at(-1) ?? id
  yield { kind: 'file', path, name: name.slice(0, 200), ...digest, mark: markOf({ sha256: digest.sha256, told, ...toldBy(headers) }), more: false }
}

/** What the site says of a file and changes with it: its digest, or the time of an upload. Of files elsewhere it knows nothing. */
function toldOf(resource: Answer): string | null {
  const hash = wordsOf(resource['hash'])
  const modified = resource['url_type'] === 'upload' ? wordsOf(resource['last_modified']) : null
  return hash === null && modified === null ? null : JSON.stringify([resource['url'] ?? null, hash, modified, resource['size'] ?? null])
}
