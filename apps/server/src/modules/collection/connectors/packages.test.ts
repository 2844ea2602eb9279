import { systemClock } from '@datong/kernel'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPeer, json, type Peer } from '../../../testing/a-peer.ts'
import { ckan } from './ckan.ts'
import type { Connector, ConnectorTools, SourceBatch, Watermark } from './connector.ts'
import { all, contentOf, describeConnector } from './contract-suite.ts'
import { dataPackage } from './data-package.ts'

const CSV = 'id,name\n1,甲\n'
const records: unknown[][] = Array.from({ length: 25_000 }, (_, at) => [at + 1, `企业${at}`, at % 3 === 0 ? null : '1.10', '2026-11-22T08:30:00', at % 2 === 0])
const fields = [{ id: '_id', type: 'int' }, { id: 'name', type: 'text', info: { label: '名称' } }, { id: 'amount', type: 'numeric' }, { id: 'at', type: 'timestamp' }, { id: 'isOpen', type: 'bool' }]

/** The order of `_id`, or that of a column from the highest down with nulls before all, as PostgreSQL has it. */
function sorted(rows: readonly unknown[][], sort: string): unknown[][] {
  const by = fields.findIndex(({ id }) => sort.startsWith(`"${id}" desc`))
  const rank = (row: readonly unknown[]): string => (row[by] === null ? '\uffff' : String(row[by]))
  return by === -1 ? [...rows] : rows.toSorted((a, b) => (rank(a) < rank(b) ? 1 : rank(a) > rank(b) ? -1 : Number(a[0]) - Number(b[0])))
}

/** A CKAN site with one data set: rows in its DataStore, and a file. */
function aSite(change: { total?: () => number; key?: string; records?: unknown[][]; file?: object } = {}): Peer['answer'] {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://peer')
    const set = { title: '企业', resources: [{ id: 'rows', name: '登记' }, { id: 'file', name: '名单.csv', size: 12, last_modified: '2026-11-01T00:00:00' }] }
    if (change.key !== undefined && request.headers.authorization !== change.key) return void response.writeHead(403).end()
    const answer = (result: object) => json(response, { success: true, result })
    switch (pathname) {
      case '/api/3/action/status_show': return answer({ ckan_version: '2.11' })
      case '/api/3/action/package_search': return answer({ count: 1, results: [set] })
      case '/api/3/action/package_show': return answer(set)
      case '/api/3/action/resource_show': return answer(searchParams.get('id') === 'rows' ? { datastore_active: true } : { name: '名单.csv', url: '/files/list.csv', ...change.file })
      case '/api/3/action/datastore_search': {
        const start = Number(searchParams.get('offset'))
        const some = sorted(change.records ?? records, searchParams.get('sort') ?? '').slice(start, start + Number(searchParams.get('limit')))
        return answer({ fields, total: change.total?.() ?? (change.records ?? records).length, records: some })
      }
      default: return void response.end(CSV)
    }
  }
}

describeConnector('ckan', ckan, async () => {
  const own = records.map((record) => [...record])
  const peer = await aPeer(aSite({ key: 'the-token', records: own }))
  const CHANGED = ['新名', '2.50', '2026-11-22 09:00:00', 'true']
  return {
    settings: { url: `${peer.url}/api/3` }, secrets: { key: 'the-token' }, nowhere: { url: 'http://127.0.0.1:1' }, wrong: { key: 'no-token' }, from: { object: 'rows' }, hidden: ['the-token'], hasAddress: true,
    holds: { columns: ['name', 'amount', 'at', 'isOpen'], rows: records.map(([, name, amount, , isOpen]) => [String(name), amount === null ? null : String(amount), '2026-11-22 08:30:00', String(isOpen)]) },
    marks: {
      by: 'at', brings: [CHANGED, ...own.filter(([number]) => number !== 5).map(([, name, amount, , isOpen]) => [String(name), amount === null ? null : String(amount), '2026-11-22 08:30:00', String(isOpen)])],
      change: async () => {
        own[4] = [5, '新名', '2.50', '2026-11-22T09:00:00', true]
        own.push([25_001, '没有时间', null, null, null])
      },
    },
    stop: () => peer.close(),
  }
})

const descriptor = (change: object = {}) => ({
  name: 'companies', resources: [
    { name: 'list', path: 'data/list.csv', bytes: Buffer.byteLength(CSV), hash: `sha256:${createHash('sha256').update(CSV).digest('hex')}`, schema: { fields: [{ name: 'id', type: 'integer' }, { name: 'name', type: 'string', title: '名称' }], primaryKey: 'id' }, ...change },
    { name: 'parts', path: ['one.csv', 'two.csv'] },
    { name: 'inline', data: [['a', 'b'], [1, null]] },
  ],
})

describeConnector('data-package', dataPackage, async () => {
  const peer = await aPeer((request, response) => (request.url === '/datapackage.json' ? json(response, descriptor()) : void response.end(CSV)))
  return {
    settings: { url: `${peer.url}/datapackage.json` }, secrets: {}, nowhere: { url: 'http://127.0.0.1:1/' }, wrong: null, from: { object: 'list' }, key: ['id'], hidden: [], hasAddress: true,
    holds: { file: CSV }, stop: () => peer.close(),
  }
})

describe('sources in open formats', () => {
  let peer: Peer
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datong-open-'))
    peer = await aPeer(() => undefined)
  })
  afterAll(async () => {
    await peer.close()
    await rm(folder, { recursive: true })
  })
  const tools = (): ConnectorTools => ({
    outbound: { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }, clock: systemClock, signal: new AbortController().signal, scratch: folder,
    dropFolder: folder, maxFileBytes: 10_000_000, ownDatabase: async () => ({ cluster: '', database: '' }),
  })
  const opened = (connector: Connector, path = '', secrets: object = {}) => connector.open({ url: peer.url + path }, secrets, tools())

  it('takes the types of a DataStore, and the file where there is none', async () => {
    peer.answer = aSite()
    const source = await opened(ckan)
    const [first] = await all(source.read({ from: { object: 'rows' }, limit: 1 }))
    expect(first).toMatchObject({ columns: [{ name: 'name', comment: '名称', reading: null }, { name: 'amount', reading: null }, { name: 'at', reading: 'datetime-ymd' }, { name: 'isOpen', reading: 'boolean-true-false' }] })
    expect(await contentOf(source.read({ from: { object: 'file' } }))).toEqual({ file: CSV })
    expect(await source.objects()).toMatchObject([{ name: 'rows', title: '企业 / 登记' }, { name: 'file', bytes: 12 }])
  })

  it('reads of a DataStore what is at or above a mark, from the highest down, and no page more', async () => {
    const own: unknown[][] = Array.from({ length: 30_000 }, (_, at) => [at + 1, `企业${at}`, at, new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString().slice(0, 19), true])
    peer.answer = aSite({ records: own })
    const source = await opened(ckan)
    const from = { object: 'rows' }
    const [, first] = await all(source.read({ from, markBy: 'at' }))
    expect(first).toMatchObject({ kind: 'rows', mark: '2026-01-01 08:19:59' })
    own.push([30_001, '新', 1, '2026-01-01T08:20:00', false], [30_002, '无', 1, null, false])
    peer.asked.length = 0
    const after = { column: 'at', value: '2026-01-01 08:19:59' }
    const batches = await all(source.read({ from, markBy: 'at', after }))
    expect(batches.flatMap((batch) => (batch.kind === 'rows' ? batch.rows.map(([name]) => name) : []))).toEqual(['新', '企业29999'])
    expect(batches.at(-1)).toMatchObject({ mark: '2026-01-01 08:20:00' })
    expect(peer.asked.filter((url) => url.includes('offset=1'))).toEqual([])
    await expect(all(source.read({ from, markBy: 'name' }))).rejects.toMatchObject({ code: 'collection/source-object-unknown' })
    await expect(all(source.read({ from: { object: 'file' }, markBy: 'at' }))).rejects.toMatchObject({ code: 'collection/source-settings', issues: [{ pointer: '/markColumn' }] })
  })

  it('finds out that a DataStore changed while it was read', async () => {
    let total = 25_000
    peer.answer = aSite({ total: () => total++ })
    await expect(all((await opened(ckan)).read({ from: { object: 'rows' } }))).rejects.toMatchObject({ code: 'collection/source-changed' })
  })

  it('refuses a site that is none', async () => {
    peer.answer = (_, response) => void response.end('<html>')
    await expect((await opened(ckan)).check()).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason: 'no-ckan' } })
    await expect((await opened(dataPackage)).check()).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason: 'not-json' } })
  })

  describe('that did not change since they were read', () => {
    const markIn = (batches: readonly SourceBatch[]) => batches.flatMap((batch) => (batch.kind === 'file' && batch.mark !== null ? [batch.mark] : []))[0]!
    const filesAsked = (): string[] => peer.asked.filter((url) => url.startsWith('/files/') || url.endsWith('.csv'))
    /** The file behind a site, with what its server says of it. */
    const serving = (site: Peer['answer'], headers: (isAsked: boolean) => Record<string, string>, content = () => CSV): Peer['answer'] => (request, response) => {
      if (request.url?.endsWith('.csv') !== true) return site(request, response)
      const told = headers('if-none-match' in request.headers)
      if (told['etag'] !== undefined && request.headers['if-none-match'] === told['etag']) return void response.writeHead(304, told).end()
      response.writeHead(200, { 'content-length': Buffer.byteLength(content()), ...told }).end(content())
    }
    const OLD = 'Mon, 01 Jun 2026 00:00:00 GMT'
    const NOW = 'Sun, 22 Nov 2026 00:00:00 GMT'

    it.each([
      ['by the digest that the site tells', { hash: 'abc' }, () => ({}), 0],
      ['by the time of their upload', { url_type: 'upload', last_modified: '2026-11-01T00:00:00' }, () => ({}), 0],
      ['by their ETag', {}, () => ({ etag: '"one"' }), 1],
      ['by the time and length that the server tells', {}, () => ({ 'last-modified': OLD, date: NOW }), 1],
      ['by their content', {}, () => ({}), 1],
    ])('are not read again, known %s', async (_, file, headers, asks) => {
      peer.answer = serving(aSite({ file }), headers)
      const source = await opened(ckan)
      const after = markIn(await all(source.read({ from: { object: 'file' } })))
      peer.asked.length = 0
      expect(await all(source.read({ from: { object: 'file' }, after }))).toEqual([])
      expect(filesAsked()).toHaveLength(asks)
    })

    it('are read again when anything that is told is another, be it older, and when nothing can be told', async () => {
      let headers: Record<string, string> = { 'last-modified': OLD, date: NOW }
      let content = CSV
      peer.answer = serving(aSite(), () => headers, () => content)
      const source = await opened(ckan)
      const read = async (after: Watermark) => all(source.read({ from: { object: 'file' }, after }))
      const first = markIn(await all(source.read({ from: { object: 'file' } })))
      // Its clock went back to 1970, and the file is another.
      headers = { 'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT', date: 'Thu, 01 Jan 1970 00:00:00 GMT' }
      content = 'id,name\n1,乙\n'
      const second = markIn(await read(first))
      // It stands still there: the time says nothing.
      content = 'id,name\n1,丙\n'
      expect(await read(second)).toMatchObject([{ kind: 'file' }])
      expect(await read(markIn(await read(second)))).toEqual([])
    })

    it('are not read again of a package, whether its descriptor has a digest or the server an ETag', async () => {
      for (const [change, asks] of [[{}, 0], [{ hash: undefined, bytes: undefined }, 1]] as const) {
        peer.answer = serving((_, response) => json(response, descriptor(change)), () => ({ etag: '"one"' }))
        const source = await opened(dataPackage, '/datapackage.json')
        const after = markIn(await all(source.read({ from: { object: 'list' } })))
        peer.asked.length = 0
        expect(await all(source.read({ from: { object: 'list' }, after }))).toEqual([])
        expect(filesAsked()).toHaveLength(asks)
        for (const object of ['parts', 'inline']) {
          const mark = markIn(await all(source.read({ from: { object } })))
          expect(await all(source.read({ from: { object }, after: mark }))).toEqual([])
        }
      }
    })
  })

  it('puts the parts of a resource together, and reads rows that lie in the descriptor', async () => {
    peer.answer = (request, response) => (request.url === '/p/datapackage.json' ? json(response, descriptor()) : void response.end(request.url === '/p/one.csv' ? 'a\n1\n' : '2\n'))
    const source = await opened(dataPackage, '/p/datapackage.json')
    expect(await contentOf(source.read({ from: { object: 'parts' } }))).toEqual({ file: 'a\n1\n2\n' })
    expect(await contentOf(source.read({ from: { object: 'inline' } }))).toEqual({ file: '{"a":1,"b":null}\n' })
  })

  it.each([[{ path: '../list.csv' }, 'unsafe-path'], [{ path: '/etc/passwd' }, 'unsafe-path'], [{ path: 'file:///etc/passwd' }, 'unsafe-path'], [{ bytes: 1 }, 'size'], [{ hash: 'd41d8cd98f00b204e9800998ecf8427e' }, 'hash']])('refuses %j', async (change, reason) => {
    peer.answer = (request, response) => (request.url === '/datapackage.json' ? json(response, descriptor(change)) : void response.end(CSV))
    const source = await opened(dataPackage, '/datapackage.json')
    await expect(all(source.read({ from: { object: 'list' } }))).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason } })
  })

  it('shows the key of a site to no other', async () => {
    const other = await aPeer((request, response) => void response.end(`key: ${request.headers.authorization ?? 'none'}`))
    peer.answer = (_, response) => json(response, { success: true, result: { url: `${other.url}/x.csv` } })
    const source = await opened(ckan, '', { key: 'the-token' })
    for await (const batch of source.read({ from: { object: 'file' } })) if (batch.kind === 'file') expect(await readFile(batch.path, 'utf8')).toBe('key: none')
    await other.close()
  })
})
