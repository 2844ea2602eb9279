import type { Webhook } from '@datong/contracts'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeliveryHouse, type DeliveryHouse, type GrantedSystem, peopleTable, personRow, until } from '../forms/testing.ts'
import { signedHeaders } from './standard-webhooks.ts'

let house: DeliveryHouse
let code: string
let system: GrantedSystem
let version = 1
const servers: Server[] = []

beforeAll(async () => {
  house = await aDeliveryHouse()
  code = await house.anEntry(peopleTable([personRow(1), personRow(2)]))
  system = await house.aSystem(code)
})
afterAll(async () => {
  for (const server of servers) server.closeAllConnections()
  await house.stop()
  for (const server of servers) server.close()
})

interface Message {
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly json: { type: string; data: { challenge?: string; items?: { kind: string; position: number; row: unknown }[]; position?: number } }
}

/** A receiver that answers challenges, and changes as it is told. */
async function aReceiver(onChanges: (response: ServerResponse, count: number) => void = (response) => response.end()) {
  const messages: Message[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const message: Message = { headers: request.headers, body, json: JSON.parse(body) as Message['json'] } // our own messages
    if (message.json.type === 'webhook.challenge') return void response.end(JSON.stringify({ challenge: message.json.data.challenge }))
    messages.push(message)
    onChanges(response, messages.length)
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`, messages } // it listens on a port
}

const path = (rest = '') => `/data/v1/${code}/webhooks${rest}`
const make = async (url: string, body: object = {}, who = system) => (await house.api<Webhook & { secret: string }>(who, 'POST', path(), { url, ...body })).body
const act = (id: string, action: string, body: object = {}) => house.api<Webhook>(system, 'POST', path(`/${id}/actions/${action}`), body)
const stateOf = async (id: string) => (await house.api<Webhook>(system, 'GET', path(`/${id}`))).body
const newVersion = async () => {
  version++
  await house.load(peopleTable([personRow(1), personRow(100 + version)]), code)
}
const end = (id: string) => house.api(system, 'DELETE', path(`/${id}`))

describe('a webhook', () => {
  it('gets what changes after its receiver has answered the challenge, signed, with the same id at each try', async () => {
    const { url, messages } = await aReceiver((response, count) => response.writeHead(count === 1 ? 500 : 204).end())
    const hook = await make(url)
    expect(hook).toMatchObject({ state: 'pending', position: 3 })
    expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(JSON.stringify(await stateOf(hook.id))).not.toContain(hook.secret)
    expect((await act(hook.id, 'activate')).body).toMatchObject({ state: 'active' })
    await newVersion()
    await until(async () => (await stateOf(hook.id)).tries === 1)
    const waiting = await stateOf(hook.id)
    expect(waiting).toMatchObject({ position: 3, lastError: 'status 500' })
    const wait = Date.parse(waiting.nextTryAt!) - Date.now()
    expect(wait).toBeGreaterThan(30_000)
    expect(wait).toBeLessThan(80_000)
    await act(hook.id, 'resume')
    await until(async () => (await stateOf(hook.id)).delivered === 1)
    const [first, second] = messages
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
    const headers = signedHeaders(hook.secret, String(second!.headers['webhook-id']), new Date(Number(second!.headers['webhook-timestamp']) * 1000), second!.body)
    expect(second!.headers['webhook-signature']).toBe(headers['webhook-signature'])
    expect(second!.json.data.items!.map(({ kind }) => kind).sort()).toEqual(['added', 'removed'])
    expect(JSON.stringify(second!.json)).not.toMatch(/13810/)
    expect(await house.evidenceOf('delivery.changes.sent')).toHaveLength(2)
    await end(hook.id)
  })

  it('whose receiver answers after an hour is given ten seconds, is tried again later, and holds up nobody', async () => {
    const slow = await aReceiver((response) => void response.writeHead(200).write(' '))
    const quick = await aReceiver()
    const [stuck, other] = [await make(slow.url), await make(quick.url)]
    for (const { id } of [stuck, other]) await act(id, 'activate')
    await newVersion()
    await until(async () => (await stateOf(other.id)).delivered === 1)
    expect(await stateOf(stuck.id)).toMatchObject({ delivered: 0, tries: 0 })
    await until(async () => (await stateOf(stuck.id)).tries === 1)
    const waiting = await stateOf(stuck.id)
    expect(waiting).toMatchObject({ position: stuck.position, delivered: 0, lastError: 'timeout' })
    const wait = Date.parse(waiting.nextTryAt!) - Date.now()
    expect(wait).toBeGreaterThan(30_000)
    expect(wait).toBeLessThan(80_000)
    for (const { id } of [stuck, other]) await end(id)
  })

  it('sends again from a position, stops when paused, and sends nothing once ended', async () => {
    const { url, messages } = await aReceiver()
    const hook = await make(url)
    await act(hook.id, 'activate')
    await act(hook.id, 'replay', { from: 0 })
    await until(() => messages.length > 0)
    const items = () => messages.flatMap(({ json }) => json.data.items!)
    const last = (await house.api<{ position: number }>(system, 'GET', `/data/v1/${code}/changes?limit=1000`)).body.position
    await until(async () => (await stateOf(hook.id)).position === last)
    expect(items()[0]).toMatchObject({ kind: 'reset', position: 1 })
    expect((await act(hook.id, 'pause')).body).toMatchObject({ state: 'paused', reason: 'by-hand' })
    expect((await act(hook.id, 'pause')).status).toBe(409)
    const before = messages.length
    await newVersion()
    await house.api(system, 'GET', path())
    expect(messages).toHaveLength(before)
    await act(hook.id, 'resume')
    await until(() => messages.length > before)
    await end(hook.id)
    expect((await act(hook.id, 'resume')).status).toBe(409)
  })

  it('gives a batch up after ten failed tries, lists it, and goes on', async () => {
    const { url } = await aReceiver((response) => response.writeHead(503).end())
    const hook = await make(url)
    await act(hook.id, 'activate')
    await newVersion()
    await until(async () => (await stateOf(hook.id)).tries === 1)
    await house.store.pool.query('update delivery.webhook set tries = 9, next_try_at = null where id = $1', [hook.id])
    await newVersion()
    await until(async () => (await house.api<{ items: object[] }>(system, 'GET', path(`/${hook.id}/dead-letters`))).body.items.length === 1)
    const { body } = await house.api<{ items: { from: number; to: number }[] }>(system, 'GET', path(`/${hook.id}/dead-letters`))
    expect(body.items).toMatchObject([{ from: hook.position, tries: 10, error: 'status 503' }])
    expect((await stateOf(hook.id)).position).toBeGreaterThanOrEqual(body.items[0]!.to)
    await end(hook.id)
  })

  it('is not held up by one that never answers', async () => {
    const silent = await aReceiver(() => undefined)
    const prompt = await aReceiver()
    const hooks = [await make(silent.url), await make(prompt.url)]
    for (const { id } of hooks) await act(id, 'activate')
    await newVersion()
    await until(() => prompt.messages.length > 0, 5_000)
    for (const { id } of hooks) await end(id)
  })

  it('stops when the grant is revoked, before anything more leaves', async () => {
    const doomed = await house.aSystem(code)
    const { url, messages } = await aReceiver()
    const hook = await make(url, {}, doomed)
    await house.api(doomed, 'POST', path(`/${hook.id}/actions/activate`), {})
    await doomed.act('revoke')
    await newVersion()
    await until(async () => (await house.store.pool.query<{ reason: string }>('select reason from delivery.webhook where id = $1', [hook.id])).rows[0]?.reason === 'delivery/revoked')
    expect(messages).toEqual([])
  })

  it('is for its owner alone, and needs a receiver that answers the challenge', async () => {
    const other = await house.aSystem(code)
    const deaf = createServer((_, response) => response.end('hello'))
    servers.push(deaf)
    await once(deaf.listen(0, '127.0.0.1'), 'listening')
    const hook = await make(`http://127.0.0.1:${(deaf.address() as AddressInfo).port}/`) // it listens on a port
    expect((await act(hook.id, 'activate')).body).toMatchObject({ status: 422, code: 'delivery/receiver-refused', params: { reason: 'wrong-challenge' } })
    expect(await stateOf(hook.id)).toMatchObject({ state: 'pending' })
    expect((await house.api(other, 'GET', path(`/${hook.id}`))).status).toBe(404)
    expect((await house.api<{ items: object[] }>(other, 'GET', path())).body.items).toEqual([])
    await end(hook.id)
  })

  it.each([
    'http://10.0.0.1/', 'https://169.254.169.254/latest/meta-data', 'https://[::ffff:10.0.0.1]/', 'https://192.168.1.1/', 'https://0/', 'https://user:pass@example.com/',
    'https://8.8.8.8:22/', 'http://8.8.8.8/', 'ftp://8.8.8.8/', 'file:///etc/passwd', 'nonsense', 'https://no-such-name.invalid/', 'https://167772161/', 'https://[fd00::1]/', 'gopher://127.0.0.1/',
  ])('never goes to %s', async (url) => {
    expect((await house.api<object>(system, 'POST', path(), { url })).body).toMatchObject({ status: 422, code: 'delivery/address-refused' })
  })
})
