import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { aPeer, type Peer } from '../testing.ts'
import { fetchOutside, type FetchLimits } from './fetch-outside.ts'

const SETTINGS = { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [] }
const LIMITS: FetchLimits = { idleMs: 300, wholeMs: 1_500, mostBytes: 100_000 }

describe('fetching from another catalogue', () => {
  let peer: Peer
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datong-fetch-'))
    peer = await aPeer(() => undefined)
  })
  beforeEach(() => {
    peer.answer = (_, response) => void response.end('ok')
  })
  afterAll(async () => {
    await peer.close()
    await rm(folder, { recursive: true })
  })
  const fetched = (path = '/', etag: string | null = null) =>
    fetchOutside(peer.url + path, join(folder, 'f'), { accept: 'text/turtle', etag, limits: LIMITS, settings: SETTINGS, signal: new AbortController().signal })

  it('writes what comes into the file, unpacked, and tells what it is', async () => {
    peer.answer = (_, response) => void response.writeHead(200, { 'content-type': 'Text/Turtle; charset=utf-8', 'content-encoding': 'gzip', etag: '"1"' }).end(gzipSync('<a> <b> <c> .'))
    expect(await fetched()).toEqual({ isNew: true, etag: '"1"', mediaType: 'text/turtle', url: `${peer.url}/` })
    expect(await readFile(join(folder, 'f'), 'utf8')).toBe('<a> <b> <c> .')
  })

  it('does not ask twice for what it has', async () => {
    peer.answer = (request, response) => void response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end()
    expect(await fetched('/', '"1"')).toMatchObject({ isNew: false, etag: '"1"' })
  })

  it('lets a source go that stops in the middle', async () => {
    peer.answer = (_, response) => void response.writeHead(200).write('some')
    await expect(fetched()).rejects.toMatchObject({ code: 'harvest/too-slow' })
  })

  it('lets a source go that sends a byte now and then for ever', async () => {
    peer.answer = (_, response) => {
      const timer = setInterval(() => response.write('a'), 50)
      response.on('close', () => clearInterval(timer))
    }
    await expect(fetched()).rejects.toMatchObject({ code: 'harvest/too-slow' })
  })

  it('takes no more than it may, also when it was packed small', async () => {
    peer.answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)))
    await expect(fetched()).rejects.toMatchObject({ code: 'harvest/too-large' })
  })

  it('says that packed bytes were broken', async () => {
    peer.answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
    await expect(fetched()).rejects.toMatchObject({ code: 'harvest/unreachable' })
  })

  it.each(['http://10.0.0.1/', 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'http://user:secret@127.0.0.1/', 'http://[fd00::1]/'])('does not follow to %s', async (location) => {
    peer.answer = (_, response) => void response.writeHead(302, { location }).end()
    await expect(fetched()).rejects.toMatchObject({ code: 'delivery/address-refused' })
  })

  it('does not go round in circles', async () => {
    peer.answer = (_, response) => void response.writeHead(302, { location: '/again' }).end()
    await expect(fetched()).rejects.toMatchObject({ code: 'harvest/refused-by-source', params: { reason: 'too-many-redirects' } })
  })

  it('follows a few redirects on the same machine', async () => {
    peer.answer = (request, response) => void (request.url === '/end' ? response.end('end') : response.writeHead(301, { location: '/end' }).end())
    expect((await fetched()).url).toBe(`${peer.url}/end`)
  })

  it.each([404, 500, 204])('tells that the source answered %i', async (status) => {
    peer.answer = (_, response) => void response.writeHead(status).end()
    await expect(fetched()).rejects.toMatchObject({ code: 'harvest/refused-by-source', params: { reason: `status-${status}` } })
  })

  it('tells that nobody is there', async () => {
    const gone = await aPeer(() => undefined)
    await gone.close()
    await expect(fetchOutside(gone.url, join(folder, 'f'), { accept: '*/*', limits: LIMITS, settings: SETTINGS, signal: new AbortController().signal }))
      .rejects.toMatchObject({ code: 'harvest/unreachable', params: { reason: 'ECONNREFUSED' } })
  })
})
