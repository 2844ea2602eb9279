import { systemClock } from '@datong/kernel'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPeer, json, type Peer } from '../../../testing/a-peer.ts'
import { ckan } from './ckan.ts'
import type { Connector, ConnectorTools } from './connector.ts'
import { all, contentOf, describeConnector } from './contract-suite.ts'
import { dataPackage } from './data-package.ts'

const CSV = 'id,name\n1,甲\n'
const records = Array.from({ length: 25_000 }, (_, at) => [at + 1, `企业${at}`, at % 3 === 0 ? null : '1.10', '2026-11-22T08:30:00', at % 2 === 0])
const fields = [{ id: '_id', type: 'int' }, { id: 'name', type: 'text', info: { label: '名称' } }, { id: 'amount', type: 'numeric' }, { id: 'at', type: 'timestamp' }, { id: 'isOpen', type: 'bool' }]

/** A CKAN site with one data set: rows in its DataStore, and a file. */
function aSite(change: { total?: () => number; key?: string } = {}): Peer['answer'] {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://peer')
    const set = { title: '企业', resources: [{ id: 'rows', name: '登记' }, { id: 'file', name: '名单.csv', size: 12, last_modified: '2026-11-01T00:00:00' }] }
    if (change.key !== undefined && request.headers.authorization !== change.key) return void response.writeHead(403).end()
    const answer = (result: object) => json(response, { success: true, result })
    switch (pathname) {
      case '/api/3/action/status_show': return answer({ ckan_version: '2.11' })
      case '/api/3/action/package_search': return answer({ count: 1, results: [set] })
      case '/api/3/action/package_show': return answer(set)
      case '/api/3/action/resource_show': return answer(searchParams.get('id') === 'rows' ? { datastore_active: true } : { name: '名单.csv', url: '/files/list.csv' })
      case '/api/3/action/datastore_search': {
        const start = Number(searchParams.get('offset'))
        const some = records.slice(start, start + Number(searchParams.get('limit')))
        return answer({ fields, total: change.total?.() ?? records.length, records: some })
      }
      default: return void response.end(CSV)
    }
  }
}

describeConnector('ckan', ckan, async () => {
  const peer = await aPeer(aSite({ key: 'the-token' }))
  return {
    settings: { url: `${peer.url}/api/3` }, secrets: { key: 'the-token' }, nowhere: { url: 'http://127.0.0.1:1' }, wrong: { key: 'no-token' }, from: { object: 'rows' }, hidden: ['the-token'], hasAddress: true,
    holds: { columns: ['name', 'amount', 'at', 'isOpen'], rows: records.map(([, name, amount, , isOpen]) => [String(name), amount === null ? null : String(amount), '2026-11-22 08:30:00', String(isOpen)]) },
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
