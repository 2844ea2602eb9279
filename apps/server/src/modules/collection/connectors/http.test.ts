import { systemClock } from '@datong/kernel'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aPeer, json, type Peer } from '../../../testing/a-peer.ts'
import type { ConnectorTools, ReadRequest, SourceBatch } from './connector.ts'
import { all, describeConnector, type Subject } from './contract-suite.ts'
import { http } from './http.ts'

const FROM = { object: 'answer' }
const row = (number: number) => ({ id: number, 名称: `企业${number}`, at: `2026-11-${String(number).padStart(2, '0')}` })
const lines = (rows: readonly object[]): string => rows.map((one) => `${JSON.stringify(one)}\n`).join('')

describeConnector('http', http, async (): Promise<Subject> => {
  const rows = [1, 2, 3, 4, 5].map(row)
  const peer = await aPeer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://peer')
    if (request.headers['x-key'] !== 'right-key') return void response.writeHead(401).end('not-let-in')
    const asked = rows.filter((one) => one.at >= (searchParams.get('since') ?? ''))
    const start = (Number(searchParams.get('page')) - 1) * 2
    return json(response, { code: 0, data: { list: asked.slice(start, start + 2) } })
  })
  const settings = { url: `${peer.url}/api/companies`, format: 'auto', paging: 'page', firstPage: 1, pageSize: 2, sizeParameter: 'size', sinceParameter: 'since', auth: 'header', keyName: 'X-Key' }
  return {
    settings, secrets: { key: 'right-key' }, nowhere: { ...settings, url: 'http://127.0.0.1:1/' }, wrong: { key: 'wrong-key' }, from: FROM, hidden: ['right-key', 'not-let-in'], hasAddress: true,
    holds: { file: lines(rows) },
    marks: { by: 'at', brings: { file: lines([row(5), row(6)]) }, change: async () => void rows.push(row(6)) },
    stop: () => peer.close(),
  }
})

describe('an HTTP source', () => {
  let peer: Peer
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datong-http-'))
    peer = await aPeer(() => undefined)
  })
  beforeEach(() => {
    peer.asked.length = 0
  })
  afterAll(async () => {
    await peer.close()
    await rm(folder, { recursive: true })
  })
  const tools = (change: Partial<ConnectorTools> = {}): ConnectorTools => ({
    outbound: { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }, clock: systemClock, signal: new AbortController().signal, scratch: folder,
    dropFolder: folder, maxFileBytes: 1_000_000, ownDatabase: async () => ({ cluster: '', database: '' }), ...change,
  })
  const batches = async (settings: object, secrets: object = {}, request: Partial<ReadRequest> = {}, change: Partial<ConnectorTools> = {}): Promise<SourceBatch[]> => {
    const source = await http.open({ url: `${peer.url}/rows`, ...settings }, secrets, tools(change))
    return all(source.read({ from: FROM, ...request }))
  }
  const textOf = async (settings: object, secrets?: object, request?: Partial<ReadRequest>, change?: Partial<ConnectorTools>): Promise<string> => {
    const [batch] = await batches(settings, secrets, request, change)
    if (batch?.kind !== 'file') return 'nothing'
    return readFile(batch.path, 'utf8')
  }
  const answering = (pages: Readonly<Record<string, string>>, type = 'application/json') => {
    peer.answer = (request, response) => void (pages[request.url ?? ''] === undefined ? response.writeHead(404).end() : response.writeHead(200, { 'content-type': type }).end(pages[request.url ?? '']))
  }

  it('gives a file as it is', async () => {
    answering({ '/rows': 'a;b\n1;2\n' }, 'text/csv')
    expect(await batches({})).toMatchObject([{ kind: 'file', name: 'rows', bytes: 8 }])
    expect(await textOf({})).toBe('a;b\n1;2\n')
  })

  it('follows the cursor that an answer tells', async () => {
    answering({ '/rows?n=2': '{"rows":[{"a":1}],"next":{"at":"x y"}}', '/rows?n=2&after=x+y': '{"rows":[{"a":2}],"next":{"at":null}}' })
    expect(await textOf({ paging: 'cursor', pageParameter: 'after', nextField: 'next.at', sizeParameter: 'n', pageSize: 2, items: 'rows' })).toBe('{"a":1}\n{"a":2}\n')
  })

  it('follows links, of the header and of the answer', async () => {
    peer.answer = (request, response) => json(response, [{ at: request.url }], request.url === '/rows' ? { link: `<${peer.url}/first>; rel="first", </rows?p=2>; title="a, b"; rel="next last"` } : {})
    expect(await textOf({ paging: 'link' })).toBe('{"at":"/rows"}\n{"at":"/rows?p=2"}\n')
    answering({ '/rows': '{"value":[{"a":1}],"@odata.nextLink":"rows?b"}', '/rows?b': '{"value":[{"a":2}]}' })
    expect(await textOf({ paging: 'link', nextField: '@odata.nextLink' })).toBe('{"a":1}\n{"a":2}\n')
  })

  it('follows no link to another server', async () => {
    answering({ '/rows': '{"value":[{"a":1}],"next":"http://10.0.0.1/rows"}' })
    await expect(batches({ paging: 'link', nextField: 'next' })).rejects.toMatchObject({ code: 'delivery/address-refused' })
  })

  it('counts rows where pages begin with a row', async () => {
    answering({ '/rows?offset=0&limit=2': '[{"a":1},{"a":2}]', '/rows?limit=2&offset=0': '[{"a":1},{"a":2}]', '/rows?limit=2&offset=2': '[{"a":3}]' })
    expect(await textOf({ paging: 'offset', sizeParameter: 'limit', pageSize: 2 })).toBe('{"a":1}\n{"a":2}\n{"a":3}\n')
  })

  it('finds out that an interface gives the same page for ever', async () => {
    peer.answer = (_, response) => json(response, [{ a: 1 }])
    await expect(batches({ paging: 'page' })).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason: 'pages-repeat' } })
    peer.answer = (_, response) => json(response, { list: [{ a: Math.random() }], next: 'same' })
    await expect(batches({ paging: 'cursor', nextField: 'next' })).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason: 'pages-repeat' } })
  })

  it('keeps every digit, and nothing where there is nothing', async () => {
    answering({ '/rows': '{"list":[{"n":12345678901234567890,"m":0.10,"x":null}],"extra":[1,2,3]}' })
    expect(await textOf({ items: 'list' })).toBe('{"n":"12345678901234567890","m":"0.10","x":null}\n')
    answering({ '/rows': '{"list":null}' })
    expect(await textOf({ items: 'list' })).toBe('nothing')
  })

  it('puts pages of CSV together, and refuses those whose columns change in the middle', async () => {
    const paging = { paging: 'page', firstPage: 0, format: 'csv' }
    answering({ '/rows?page=0': 'a,"b\nc"\n1,2', '/rows?page=1': 'a,"b\nc"\r\n3,4\r\n', '/rows?page=2': 'a,"b\nc"\n' })
    expect(await textOf(paging)).toBe('a,"b\nc"\n1,2\n3,4\n')
    answering({ '/rows?page=0': 'a,b\n1,2\n', '/rows?page=1': 'a,b,c\n3,4,5\n' })
    await expect(batches(paging)).rejects.toMatchObject({ code: 'collection/source-changed' })
  })

  it('reads XML: attributes, parts of parts, and names that recur', async () => {
    answering({ '/rows': '<?xml version="1.0"?><r xmlns:x="u"><total>2</total><list><x:row id="1"><name>甲 &amp; 乙</name><tel>1</tel><tel>2</tel><at><city>临海</city><empty/></at></x:row><x:row id="2"><name><![CDATA[<丙>]]></name></x:row></list></r>' }, 'text/xml')
    const rows = '{"id":"1","name":"甲 & 乙","tel":["1","2"],"at.city":"临海","at.empty":null}\n{"id":"2","name":"<丙>"}\n'
    expect(await textOf({})).toBe(rows)
    expect(await textOf({ items: 'list.row' })).toBe(rows)
    answering({ '/rows': '<r><row><a>1</a></row></r>' }, 'application/xml')
    expect(await textOf({})).toBe('{"a":"1"}\n')
  })

  it('reads an item of very many parts at once, and refuses one of more', async () => {
    const item = (parts: string): string => `<r><row><n>1</n>${parts}</row><row><n>2</n></row></r>`
    answering({ '/rows': item('<a/>'.repeat(40_000) + Array.from({ length: 40_000 }, (_, at) => `<b${at}/>`).join('')) }, 'text/xml')
    expect((await textOf({ items: 'row' })).split('\n')).toHaveLength(3)
    answering({ '/rows': item('<a/>'.repeat(150_000)) }, 'text/xml')
    await expect(batches({ items: 'row' })).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason: 'item-too-long' } })
  })

  it('reads XML in the encoding that it says', async () => {
    const bytes = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GB2312"?><r><row a="1"><n>'), Buffer.from([0xc1, 0xd9, 0xba, 0xa3]), Buffer.from('</n></row><row a="2"><n>x</n></row></r>')])
    peer.answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(bytes)
    expect(await textOf({})).toBe('{"a":"1","n":"临海"}\n{"a":"2","n":"x"}\n')
  })

  it.each([
    ['a DTD', '<!DOCTYPE r [<!ENTITY a "aaaa">]><r><row><n>&a;</n></row></r>', 'doctype'], ['broken XML', '<r><row></r>', 'not-xml'],
    ['endless depth', '<a>'.repeat(100), 'too-deep'],
  ])('refuses %s', async (_, text, reason) => {
    answering({ '/rows': text }, 'text/xml')
    await expect(batches({ items: 'row' })).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason } })
  })

  it.each([['<html>down</html>', 'not-json'], ['{"list":[1,2]}', 'no-objects'], ['{"list":', 'not-json']])('refuses %s where rows should be', async (text, reason) => {
    answering({ '/rows': text })
    await expect(batches({ format: 'json', items: 'list' })).rejects.toMatchObject({ code: 'collection/source-unreadable', params: { reason } })
  })

  it('takes no more than it may, also of zeros packed small', async () => {
    peer.answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/csv', 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30_000_000)))
    await expect(batches({})).rejects.toMatchObject({ code: 'collection/source-too-large', params: { mostMb: 0 } })
  })

  it('asks again where it is told to wait, and gives up in the end', async () => {
    let asked = 0
    peer.answer = (_, response) => (++asked < 3 ? void response.writeHead(503, { 'retry-after': '0' }).end() : json(response, [{ a: asked }]))
    expect(await textOf({ items: undefined })).toBe('[{"a":3}]')
    peer.answer = (_, response) => void response.writeHead(429, { 'retry-after': '0' }).end()
    await expect(batches({})).rejects.toMatchObject({ code: 'collection/source-refused', params: { reason: 'status-429' } })
  })

  it('puts the key where it belongs, and shows it to nobody else', async () => {
    const other = await aPeer((request, response) => json(response, [{ key: request.headers['x-key'] ?? null, url: request.url }]))
    peer.answer = (_, response) => void response.writeHead(302, { location: `${other.url}/there` }).end()
    expect(await textOf({ auth: 'header', keyName: 'x-key' }, { key: 'secret' })).toBe('[{"key":null,"url":"/there"}]')
    peer.answer = (request, response) => json(response, [{ url: request.url, who: request.headers.authorization }])
    expect(await textOf({ auth: 'query', keyName: 'token' }, { key: 'a&b' })).toBe('[{"url":"/rows?token=a%26b"}]')
    expect(await textOf({ auth: 'basic', user: '甲' }, { password: 'b:c' })).toBe(`[{"url":"/rows","who":"Basic ${Buffer.from('甲:b:c').toString('base64')}"}]`)
    await other.close()
  })

  it('asks for a token once, and for another when the first is not taken any more', async () => {
    let tokens = 0
    let wanted = 'token-1'
    peer.answer = (request, response) => {
      if (request.url !== '/token') return request.headers.authorization === `Bearer ${wanted}` ? json(response, [{ a: request.url }]) : void response.writeHead(401).end()
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const isRight = request.headers.authorization === `Basic ${Buffer.from('city:s%2Fecret').toString('base64')}` && body === 'grant_type=client_credentials&scope=read'
        if (isRight) json(response, { access_token: `token-${++tokens}`, expires_in: 3600 })
        else response.writeHead(400).end()
      })
    }
    const oauth = { auth: 'oauth', tokenUrl: `${peer.url}/token`, clientId: 'city', scope: 'read', paging: 'page', sizeParameter: 'n', pageSize: 1 }
    const read = batches(oauth, { clientSecret: 's/ecret' }, { limit: 3 })
    expect(await read).toMatchObject([{ kind: 'file' }])
    expect(tokens).toBe(1)
    wanted = 'token-3'
    await batches(oauth, { clientSecret: 's/ecret' }, { limit: 2 })
    expect(tokens).toBe(3)
    await expect(batches(oauth, { clientSecret: 'no' })).rejects.toMatchObject({ code: 'collection/source-refused', params: { reason: 'credentials' } })
    await expect(batches(oauth)).rejects.toMatchObject({ code: 'collection/source-settings', issues: [{ pointer: '/secrets/clientSecret' }] })
  })

  it.each(['http://169.254.169.254/latest', 'http://10.0.0.1/', 'file:///etc/passwd'])('does not follow to %s', async (location) => {
    peer.answer = (_, response) => void response.writeHead(302, { location }).end()
    await expect(batches({})).rejects.toMatchObject({ code: 'delivery/address-refused' })
  })

  it('says when a source breaks off in the middle', async () => {
    peer.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('a,b\n')
      setTimeout(() => response.destroy(), 5)
    }
    await expect(batches({})).rejects.toMatchObject({ code: 'collection/source-unreachable' })
  })
})
