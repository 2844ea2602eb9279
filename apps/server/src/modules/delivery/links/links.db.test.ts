import type { FileLink } from '@datong/contracts'
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { get as httpGet, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse, type GrantedSystem, peopleTable, personRow, until } from '../forms/testing.ts'

let house: DeliveryHouse
let code: string
let system: GrantedSystem

beforeAll(async () => {
  house = await aDeliveryHouse()
  code = await house.anEntry(peopleTable(Array.from({ length: 150_000 }, (_, row) => personRow(row))))
  system = await house.aSystem(code)
})
afterAll(() => house.stop())

type Made = FileLink & { url: string }

async function aLink(body: object = { format: 'csv' }, who = system): Promise<Made> {
  const made = await house.api<Made>(who, 'POST', `/data/v1/${code}/links`, body)
  expect(made.status).toBe(201)
  await until(async () => (await stateOf(made.body, who)).state !== 'preparing')
  return { ...made.body, ...(await stateOf(made.body, who)) }
}
const stateOf = async (link: Made, who = system): Promise<FileLink> => (await house.api<FileLink>(who, 'GET', `/data/v1/${code}/links/${link.id}`)).body
const follow = (url: string, headers: Record<string, string> = {}) => fetch(house.origin + url, { headers })
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url')

describe('a link', () => {
  it('gives its file once, masked, with a receipt, and then never again', async () => {
    const link = await aLink()
    expect(link).toMatchObject({ state: 'ready', rows: 150_000, rowsSoFar: 150_000, version: 1, downloads: 1, downloadsUsed: 0 })
    const answer = await follow(link.url)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(answer.status).toBe(200)
    expect([bytes.length, digest(bytes), answer.headers.get('etag')]).toEqual([link.bytes, link.sha256, `"${link.sha256}"`])
    expect(answer.headers.get('datong-evidence')).toMatch(/^[0-9a-f-]{36}$/)
    expect(bytes.toString()).toContain('B000001,张**')
    await until(async () => (await stateOf(link)).state === 'ended')
    expect(await stateOf(link)).toMatchObject({ reason: 'used-up', downloadsUsed: 1 })
    expect((await (await follow(link.url)).json())).toMatchObject({ status: 403, code: 'delivery/link-ended', params: { reason: 'used-up' } })
    expect(await readdir(join(house.home, 'links'))).not.toContain(link.id)
  })

  it('is fetched in parts over several connections, and counts as one download', async () => {
    const link = await aLink()
    const size = link.bytes!
    const edges = [0, Math.floor(size / 3), Math.floor((2 * size) / 3), size]
    const parts = await Promise.all([0, 1, 2].map(async (part) => {
      const answer = await follow(link.url, { range: `bytes=${edges[part]}-${edges[part + 1]! - 1}`, 'if-range': `"${link.sha256}"` })
      expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${edges[part]}-${edges[part + 1]! - 1}/${size}`])
      return Buffer.from(await answer.arrayBuffer())
    }))
    expect(digest(Buffer.concat(parts))).toBe(link.sha256)
    await until(async () => (await stateOf(link)).state === 'ended')
    expect((await house.evidenceOf('delivery.link.downloaded')).filter((entry) => JSON.stringify(entry).includes(link.id))).toHaveLength(1)
  })

  it('is resumed after a broken connection without counting as another download', async () => {
    const link = await aLink({ format: 'json' })
    const first = await take(house.origin + link.url, 300_000)
    const rest = await follow(link.url, { range: `bytes=${first.length}-` })
    expect(rest.status, await (rest.status === 206 ? '' : rest.text())).toBe(206)
    expect(digest(Buffer.concat([first, Buffer.from(await rest.arrayBuffer())]))).toBe(link.sha256)
  })

  it('answers 416 beyond its end, 304 to who has it, and only describes itself to HEAD', async () => {
    const link = await aLink()
    const beyond = await follow(link.url, { range: `bytes=${link.bytes}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${link.bytes}`])
    expect((await follow(link.url, { 'if-none-match': `"${link.sha256}"` })).status).toBe(304)
    const head = await fetch(house.origin + link.url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([200, String(link.bytes), 'bytes'])
    expect(await stateOf(link)).toMatchObject({ state: 'ready', downloadsUsed: 0 })
  })

  it('cannot be drawn from over and over by breaking off before the end', async () => {
    const link = await aLink()
    const most = `bytes=0-${link.bytes! - 2}`
    const answers = []
    for (let attempt = 0; attempt < 3; attempt++) {
      const answer = await follow(link.url, { range: most })
      await answer.arrayBuffer()
      answers.push(answer.status)
    }
    expect(answers).toEqual([206, 206, 403])
    expect(await stateOf(link)).toMatchObject({ state: 'ended', reason: 'too-many-attempts' })
  })

  it('gives no byte to two connections at once', async () => {
    // Larger than what the buffers of a line hold, so that the first connection cannot end unread.
    const link = await aLink({ format: 'json' })
    const slow = await open(house.origin + link.url)
    const second = await follow(link.url)
    expect([second.status, (await second.json()).code]).toEqual([409, 'delivery/link-busy'])
    slow.destroy()
  })

  it('is unknown to others, and its token is nowhere in the store', async () => {
    const link = await aLink()
    const other = await house.aSystem(code)
    expect((await house.api(other, 'GET', `/data/v1/${code}/links`)).body).toEqual({ items: [] })
    expect((await house.api(other, 'GET', `/data/v1/${code}/links/${link.id}`)).status).toBe(404)
    expect((await follow(`/data/v1/links/${'A'.repeat(43)}`)).status).toBe(404)
    const token = link.url.split('/').at(-1)!
    const { rows } = await house.store.pool.query('select count(*)::int as n from delivery.link l where position($1 in l::text) > 0', [token])
    expect(rows).toEqual([{ n: 0 }])
    expect((await house.api(system, 'DELETE', `/data/v1/${code}/links/${link.id}`)).body).toMatchObject({ state: 'ended', reason: 'withdrawn' })
    expect((await follow(link.url)).status).toBe(403)
  })

  it.each(['csv', 'json', 'xlsx', 'parquet'])('leads to %s', async (format) => {
    const link = await aLink({ format })
    const bytes = Buffer.from(await (await follow(link.url)).arrayBuffer())
    expect(digest(bytes)).toBe(link.sha256)
  })
})

describe('a revoked grant', () => {
  it('kills its links within a second, also while their file is leaving', async () => {
    const doomed = await house.aSystem(code)
    const [link, running] = [await aLink({ format: 'csv', downloads: 2 }, doomed), await aLink({ format: 'json' }, doomed)]
    const leaving = await open(house.origin + running.url)
    const cut = new Promise((resolve) => leaving.once('close', resolve))
    leaving.on('error', () => undefined)
    await doomed.act('revoke')
    await until(async () => (await follow(link.url)).status === 403, 1_000)
    await until(async () => !(await readdir(join(house.home, 'links'))).includes(link.id), 1_000)
    const stillRuns = 'select 1 from delivery.link_transfer where link_id = $1 and running'
    await until(async () => (await house.store.pool.query(stillRuns, [running.id])).rowCount === 0, 1_000)
    leaving.resume()
    await cut
    expect(leaving.complete).toBe(false)
  })
})

/** Opens an address and reads nothing of the answer, so that it waits in the buffers of the line. */
const open = (url: string): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  httpGet(url, { agent: false }, (answer) => resolve(answer.pause())).once('error', reject)
})

/** Reads the beginning of an answer and breaks the line. */
async function take(url: string, bytes: number): Promise<Buffer> {
  const answer = await open(url)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) { // without an encoding chunks are buffers
    chunks.push(chunk)
    length += chunk.length
    if (length >= bytes) break
  }
  return Buffer.concat(chunks)
}
