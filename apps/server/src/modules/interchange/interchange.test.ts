import { knownLicences, licenceIdOf } from '@datong/catalog-metadata'
import { LICENCES } from '@datong/contracts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anEntryRecord } from '../catalog/testing.ts'
import type { EntryRecord } from '../catalog/index.ts'
import { createInterchange } from './index.ts'
import { interchangeDeps, serve } from './testing.ts'

const BASE = 'https://data.example.gov.cn'
const codeOf = (number: number): string => `301001-${String(number).padStart(6, '0')}`

const published = (number: number, change: Partial<EntryRecord> = {}): EntryRecord => anEntryRecord({
  code: codeOf(number), title: `停车场 ${number}`, summary: '全市停车场', state: 'published', openingType: 'open', sharingType: 'unconditional', licence: 'CC-BY-4.0', version: 1, rowCount: 3,
  publishedAt: new Date('2026-11-01T00:00:00Z'), changedAt: new Date(Date.UTC(2026, 10, 1) + number * 60_000), ...change,
})
const FIELD: EntryRecord['fields'][number] = {
  name: '泊位数', description: '', type: 'integer', precision: null, scale: null, maxLength: null, unit: null, element: null, codeList: null, elementSuggestion: null,
  grade: 'public', suggestion: null, masking: null, identifier: false,
}
const CLOSED = codeOf(900_001)
const DRAFT = codeOf(900_002)
const INNER = codeOf(900_003)
const APPLY = codeOf(900_004)
const ENTRIES: EntryRecord[] = [
  ...Array.from({ length: 250 }, (_, index) => published(index + 1, index === 0
    ? { title: '</script><script>alert(1)</script>', relations: [{ kind: 'related', code: codeOf(2) }, { kind: 'source', code: CLOSED }] }
    : index === 1 ? { fields: [FIELD] } : {})),
  published(900_001, { openingType: 'closed' }), published(900_002, { state: 'draft' }), published(900_003, { visibility: 'departments' }),
  published(900_004, { openingType: 'on-application', openingCondition: '说明用途' }),
]
const PUBLIC = 251

describe('licences', () => {
  it('that the catalogue offers are those that the open formats know, by the same address and in any usual writing', () => {
    expect(LICENCES.map(({ id, uri }) => ({ id, uri })).toSorted((a, b) => (a.id < b.id ? -1 : 1)))
      .toEqual(knownLicences().map(({ id, url }) => ({ id, uri: url })).toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    for (const { id, uri } of LICENCES) for (const said of [id, id.toUpperCase(), uri, uri.replace('https://', 'http://')]) expect(licenceIdOf(said)).toBe(id)
    for (const { id, name, ckan } of knownLicences()) for (const said of [name, ckan]) expect(licenceIdOf(said)).toBe(id)
    expect(licenceIdOf('政府資料開放授權條款－第1版')).toBeNull()
  })
})

describe('open formats', () => {
  let app: FastifyInstance
  const openFiles = { of: async () => new Map([[codeOf(2), [{ format: 'csv' as const, version: 1, bytes: 12, sha256: 'ab'.repeat(32) }, { format: 'json' as const, version: 7, bytes: 13, sha256: 'cd'.repeat(32) }]]]) }
  const interchange = createInterchange({ ...interchangeDeps(ENTRIES), openFiles })
  beforeAll(async () => void (app = await serve(interchange.plainRoutes ?? [])))
  afterAll(() => app.close())

  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url: url.replace(BASE, ''), headers })
  /** Our JSON-LD is flat: one node for each subject. */
  const nodesOf = async (url: string): Promise<Record<string, unknown>[]> => (await get(url)).json<{ '@graph': Record<string, unknown>[] }>()['@graph']
  const objects = (nodes: Record<string, unknown>[], name: string): string[] => nodes.flatMap((node) => node[name] ?? []).map((value) => {
    const { '@id': id, '@value': text } = value as { '@id'?: string; '@value'?: string } // a reference or a typed value
    return id ?? text ?? String(value)
  })

  it('lead through the whole catalogue page by page, each data set once', async () => {
    const met: string[] = []
    let url: string | undefined = '/catalog.jsonld'
    let last = ''
    for (let pages = 0; url !== undefined && pages < 10; pages++) {
      const nodes = await nodesOf(url)
      expect(objects(nodes, 'hydra:totalItems')).toEqual([String(PUBLIC)])
      met.push(...objects(nodes, 'dcat:dataset'))
      last = `${BASE}${url.replace(BASE, '')}`
      url = objects(nodes, 'hydra:next')[0]
      if (url === undefined) expect(objects(nodes, 'hydra:last')).toEqual([last])
    }
    expect(met).toHaveLength(PUBLIC)
    expect(new Set(met).size).toBe(PUBLIC)
  })

  it('show what changed since, and refuse what is no moment', async () => {
    const nodes = await nodesOf('/catalog.jsonld?modified_since=2026-11-01T03:20:00Z')
    expect(objects(nodes, 'dcat:dataset')).toHaveLength(52) // 200 to 250, and the one on application
    expect((await get('/catalog.ttl?modified_since=tomorrow')).statusCode).toBe(422)
    expect((await get(`/catalog.ttl?after=${encodeURIComponent("' or 1=1")}`)).statusCode).toBe(422)
  })

  it.each([CLOSED, DRAFT, INNER, '301001-999999'])('say nothing of %s, which the public does not see', async (code) => {
    for (const path of [`/dataset/${code}`, `/dataset/${code}.ttl`, `/dataset/${code}.xml`, `/dataset/${code}/datapackage.json`, `/dataset/${code}/csv-metadata.json`]) {
      expect((await get(path)).statusCode).toBe(404)
    }
    for (const path of ['/catalog.ttl', '/data.json', '/sitemap/first.xml']) expect((await get(path)).body).not.toContain(code)
    expect(await interchange.pageHead({ url: `/datasets/${code}` } as never)).toBeNull() // reads nothing but the address
  })

  it('name only related entries that the public sees', async () => {
    const { body } = await get(`/dataset/${codeOf(1)}.ttl`)
    expect(body).toContain(`${BASE}/dataset/${codeOf(2)}`)
    expect(body).not.toContain(CLOSED)
  })

  it('offer downloads of what is open, and the page to apply on for the rest', async () => {
    expect(objects(await nodesOf(`/dataset/${codeOf(2)}.jsonld`), 'dcat:downloadURL')).toContain(`${BASE}/data/v1/${codeOf(2)}/download?format=csv`)
    const applied = await nodesOf(`/dataset/${APPLY}.jsonld`)
    expect(objects(applied, 'dcat:downloadURL')).toEqual([])
    expect(objects(applied, 'dcat:accessURL')).toEqual([`${BASE}/datasets/${APPLY}`])
    expect((await get(`/dataset/${APPLY}/datapackage.json`)).statusCode).toBe(404)
  })

  it('say size and hash of a file that is known, of the version that is open', async () => {
    const nodes = await nodesOf(`/dataset/${codeOf(2)}.jsonld`)
    expect([objects(nodes, 'dcat:byteSize'), objects(nodes, 'spdx:checksumValue'), objects(nodes, 'spdx:algorithm')]).toEqual([['12'], ['ab'.repeat(32)], ['https://spdx.org/rdf/terms#checksumAlgorithm_sha256']])
    const { resources } = (await get(`/dataset/${codeOf(2)}/datapackage.json`)).json<{ resources: Record<string, unknown>[] }>()
    expect(resources.map(({ name, bytes, hash }) => [name, bytes, hash])).toEqual([['csv', 12, `sha256:${'ab'.repeat(32)}`], ['json', undefined, undefined], ['xlsx', undefined, undefined], ['parquet', undefined, undefined]])
  })

  it('send each reader where it likes to go', async () => {
    const to = async (url: string, accept: string) => (await get(url, { accept })).headers.location
    expect(await to(`/dataset/${codeOf(2)}`, 'text/html,*/*;q=0.8')).toBe(`${BASE}/datasets/${codeOf(2)}`)
    expect(await to(`/dataset/${codeOf(2)}`, 'application/rdf+xml')).toBe(`${BASE}/dataset/${codeOf(2)}.xml`)
    expect(await to(`/datasets/${codeOf(2)}`, 'text/turtle')).toBe(`${BASE}/dataset/${codeOf(2)}.ttl`)
    expect(await to('/catalog?modified_since=2026-11-01', 'application/ld+json')).toBe(`${BASE}/catalog.jsonld?modified_since=2026-11-01`)
    expect((await get(`/datasets/${codeOf(2)}`, { accept: 'text/html' })).headers['content-type']).toBe('text/html')
  })

  it('are not sent twice to who has them', async () => {
    for (const url of ['/catalog.xml', '/data.json', `/dataset/${codeOf(2)}.jsonld`, `/dataset/${codeOf(2)}/csv-metadata.json`]) {
      const first = await get(url)
      expect((await get(url, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304)
      expect((await get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200)
    }
    const { headers } = await get(`/dataset/${codeOf(2)}.ttl`)
    expect((await get(`/dataset/${codeOf(2)}.ttl`, { 'if-modified-since': String(headers['last-modified']) })).statusCode).toBe(304)
  })

  it('write the whole catalogue for DCAT-US, and a site map of it', async () => {
    expect((await get('/data.json')).json<{ dataset: unknown[] }>().dataset).toHaveLength(PUBLIC)
    expect((await get('/sitemap.xml')).body).toContain(`<loc>${BASE}/sitemap/first.xml</loc>`)
    expect((await get('/sitemap/first.xml')).body.match(/<loc>[^<]*\/datasets\/[^<]+<\/loc>/g)).toHaveLength(PUBLIC)
    expect((await get('/robots.txt')).body).toContain(`Sitemap: ${BASE}/sitemap.xml`)
  })

  it('put words of people into a page as words', async () => {
    const head = await interchange.pageHead({ url: `/datasets/${codeOf(1)}?tab=api` } as never) // reads nothing but the address
    const script = head?.elements.at(-1) ?? ''
    expect(script.match(/<\/script>/g)).toHaveLength(1)
    expect(JSON.parse(script.replace(/^<script[^>]*>|<\/script>$/g, ''))).toMatchObject({ name: '</script><script>alert(1)</script>' })
    expect(head?.elements.slice(0, -1).join('')).not.toContain('<script')
  })
})
