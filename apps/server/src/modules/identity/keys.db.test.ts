import { fixedClock } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anIdentityServer, type IdentityServer, OTHER } from './testing.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const clock = fixedClock('2026-11-22T02:00:00Z')
let server: IdentityServer
let consumer: { authorization: string }
let appId: string
beforeAll(async () => {
  server = await anIdentityServer(clock)
  consumer = await server.as('consumer')
  appId = String((await server.ask({ method: 'POST', url: '/api/v1/apps', headers: consumer, payload: { name: '征管系统' } })).body['id'])
})
afterAll(() => server.stop())

interface Made {
  readonly key: string
  readonly details: { readonly id: string; readonly prefix: string; readonly expiresAt: string }
}
const post = (path: string, payload: object, headers = consumer) => server.ask({ method: 'POST', url: `/api/v1/apps/${path}`, headers, payload })
const make = async (limits: object = {}): Promise<Made> => {
  const { status, body } = await post(`${appId}/keys`, { name: '正式', ...limits })
  expect(status).toBe(201)
  return body as unknown as Made // checked by the schema
}
const use = (key: string, remoteAddress = '127.0.0.1', headers: Record<string, string> = {}) =>
  server.ask({ url: '/test/caller', remoteAddress, headers: { authorization: `Bearer ${key}`, ...headers } })
/** Time passes, and with it the session. */
const travel = async (ms: number): Promise<void> => {
  clock.advance(ms)
  consumer = await server.as('consumer')
}
const inDays = (days: number): string => new Date(clock.now().getTime() + days * DAY).toISOString()
const rotate = (keyId: string, payload: object, headers = consumer) => post(`${appId}/keys/${keyId}/actions/rotate`, payload, headers)

describe('a key', () => {
  it('ends after a year when nothing else is said, and never later than the installation allows', async () => {
    expect((await make()).details.expiresAt).toBe(inDays(365))
    expect((await make({ expiresAt: inDays(730) })).details.expiresAt).toBe(inDays(730))
    expect(await post(`${appId}/keys`, { name: 'x', expiresAt: inDays(732) })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/expiresAt', code: 'too-late' }] } })
    expect(await post(`${appId}/keys`, { name: 'x', expiresAt: inDays(-1) })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/expiresAt', code: 'past' }] } })
  })

  it('has a form that scanners for leaked secrets find', async () => {
    expect((await make()).key).toMatch(/^dt_[a-z0-9]{8}_[A-Za-z0-9]{43}$/)
  })

  it('tells the delivery what it is limited to', async () => {
    const { key } = await make({ scopes: ['rows', 'verify'], entryCodes: ['306007-000001'] })
    expect((await use(key)).body).toMatchObject({ actor: { kind: 'application', id: appId }, scopes: ['rows', 'verify'], entryCodes: ['306007-000001'], signed: false })
    expect((await use((await make()).key)).body).toMatchObject({ scopes: null, entryCodes: null })
    expect((await post(`${appId}/keys`, { name: 'x', scopes: ['everything'] })).status).toBe(422)
    expect((await post(`${appId}/keys`, { name: 'x', scopes: [] })).status).toBe(422)
  })

  it('is over at its end, and holds again when the clock was wrong', async () => {
    const { key } = await make({ expiresAt: inDays(1) })
    clock.advance(DAY)
    expect(await use(key)).toMatchObject({ status: 401, body: { code: 'access/key-expired' } })
    clock.advance(-DAY)
    expect((await use(key)).status).toBe(200)
  })

  it('holds at its addresses only', async () => {
    const { key } = await make({ addresses: ['10.20.0.0/16', '2001:db8::/32'] })
    for (const address of ['10.20.3.4', '::ffff:10.20.3.4', '2001:db8::1']) expect((await use(key, address)).status).toBe(200)
    for (const address of ['10.21.0.1', '2001:db9::1']) expect(await use(key, address)).toMatchObject({ status: 403, body: { code: 'access/address-not-allowed' } })
    expect(await post(`${appId}/keys`, { name: 'x', addresses: ['10.20.0.0/16', '10.300.0.1'] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/addresses/1' }] } })
  })

  it('does not believe an address that the caller claims for himself', async () => {
    const { key } = await make({ addresses: ['10.20.0.0/16'] })
    expect((await use(key, '192.0.2.1', { 'x-forwarded-for': '10.20.0.1', forwarded: 'for=10.20.0.1' })).status).toBe(403)
  })

  it('is written down as used at most once a minute', async () => {
    const { key, details } = await make()
    const written = async (): Promise<unknown> => {
      const { body } = await server.ask({ url: '/api/v1/apps', headers: consumer })
      return (body['items'] as { keys: { id: string; lastUsedAt: string | null }[] }[])[0]!.keys.find(({ id }) => id === details.id)!.lastUsedAt // checked by the schema
    }
    const other = await server.another()
    for (let i = 0; i < 5; i++) await other.authenticate({ headers: { authorization: `Bearer ${key}` }, ip: '127.0.0.1' } as FastifyRequest) // all that it reads
    expect(await written()).toBeNull()
    const first = clock.now().toISOString()
    clock.advance(1_000)
    await other.stop?.()
    expect(await written()).toBe(first)
  })

  it('that is revoked ends in every process within a second', async () => {
    const { key, details } = await make()
    const other = await server.another()
    const elsewhere = async () => other.authenticate({ headers: { authorization: `Bearer ${key}` }, ip: '127.0.0.1' } as FastifyRequest) // all that it reads
    await elsewhere()
    await post(`${appId}/keys/${details.id}/actions/revoke`, { reason: '泄露' })
    expect((await use(key)).status).toBe(403)
    await vi.waitFor(() => expect(elsewhere()).rejects.toThrow(expect.objectContaining({ code: 'access/key-revoked' }) as Error), { timeout: 20_000 })
  })
})

describe('the rotation of a key', () => {
  it('gives a new key with the same limits; the old one goes on for the overlap', async () => {
    const old = await make({ scopes: ['rows'], addresses: ['127.0.0.1'] })
    expect((await use(old.key)).status).toBe(200)
    const { status, body } = await rotate(old.details.id, { overlapHours: 48 })
    expect(status).toBe(201)
    const fresh = body as unknown as Made // checked by the schema
    expect(body).toMatchObject({ details: { scopes: ['rows'], addresses: ['127.0.0.1'], replacedBy: null, expiresAt: inDays(365) }, previous: { replacedBy: fresh.details.id, expiresAt: inDays(2) } })
    expect([(await use(old.key)).status, (await use(fresh.key)).status]).toEqual([200, 200])
    await travel(48 * HOUR)
    expect(await use(old.key)).toMatchObject({ status: 401, body: { code: 'access/key-expired' } })
    expect((await use(fresh.key)).status).toBe(200)
  })

  it('without an overlap ends the old key at once; with one it never makes a key live longer', async () => {
    const first = await make()
    await use(first.key)
    await rotate(first.details.id, { overlapHours: 0 })
    expect((await use(first.key)).status).toBe(401)
    const short = await make({ expiresAt: inDays(1) })
    expect((await rotate(short.details.id, { overlapHours: 168 })).body).toMatchObject({ previous: { expiresAt: short.details.expiresAt } })
  })

  it('is refused for an overlap beyond seven days, a second time, after the end, and for a revoked key', async () => {
    const key = await make()
    expect((await rotate(key.details.id, { overlapHours: 169 })).status).toBe(422)
    expect((await rotate(key.details.id, { overlapHours: 1, publicKey: 'x'.repeat(60) })).status).toBe(422)
    expect((await rotate(key.details.id, { overlapHours: 1 })).status).toBe(201)
    expect((await rotate(key.details.id, { overlapHours: 1 })).status).toBe(409)
    const over = await make({ expiresAt: inDays(1) })
    await travel(DAY)
    expect((await rotate(over.details.id, { overlapHours: 1 })).status).toBe(409)
    const revoked = await make()
    await post(`${appId}/keys/${revoked.details.id}/actions/revoke`, { reason: 'x' })
    expect((await rotate(revoked.details.id, { overlapHours: 1 })).status).toBe(409)
  })

  it('of two at once happens once', async () => {
    const key = await make()
    const answers = await Promise.all([1, 2].map(() => rotate(key.details.id, { overlapHours: 1 })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

describe('keys of others', () => {
  it('and keys that are not there answer alike, whatever is asked', async () => {
    const { details } = await make()
    const foreign = await server.as('consumer', OTHER)
    const nowhere = '01a1ffff-0000-7000-8000-00000000000a'
    const publicKey = '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'
    const requests: [string, object][] = [
      ['keys', { name: 'x' }], ['signing-keys', { name: 'x', publicKey }], [`keys/${details.id}/actions/rotate`, { overlapHours: 1 }],
      [`keys/${details.id}/actions/revoke`, { reason: 'x' }],
    ]
    for (const [path, payload] of requests) {
      const [known, unknown] = [await post(`${appId}/${path}`, payload, foreign), await post(`${nowhere}/${path}`, payload, foreign)]
      expect(known.status).toBe(404)
      expect({ ...known.body, instance: '' }).toEqual({ ...unknown.body, instance: '' })
    }
    expect((await rotate(nowhere, { overlapHours: 1 })).status).toBe(404)
  })

  it('cannot be widened behind the back of the evidence', async () => {
    const { details } = await make({ scopes: ['rows'], addresses: ['10.0.0.1'] })
    for (const change of [`scopes = null`, `addresses = '{}'`, `entry_codes = '{x}'`, `expires_at = now() + interval '9 years'`]) {
      await expect(sql.raw(`update identity.app_key set ${change} where id = '${details.id}'`).execute(server.store.db)).rejects.toThrow('without its evidence')
    }
  })
})

describe('behind a proxy', () => {
  it('that the installation trusts, the address is the one that the proxy tells', async () => {
    const proxied = await anIdentityServer(clock, { trustedProxies: ['10.9.0.0/24'] })
    const headers = await proxied.as('consumer')
    const app = await proxied.ask({ method: 'POST', url: '/api/v1/apps', headers, payload: { name: 'x' } })
    const { body } = await proxied.ask({ method: 'POST', url: `/api/v1/apps/${String(app.body['id'])}/keys`, headers, payload: { name: 'x', addresses: ['10.20.0.0/16'] } })
    const from = async (remoteAddress: string, forwarded: string) =>
      (await proxied.ask({ url: '/test/caller', remoteAddress, headers: { authorization: `Bearer ${String(body['key'])}`, 'x-forwarded-for': forwarded } })).status
    expect(await from('10.9.0.1', '10.20.0.1')).toBe(200)
    expect(await from('10.9.0.1', '10.20.0.1, 192.0.2.1')).toBe(403)
    expect(await from('10.8.0.1', '10.20.0.1')).toBe(403)
    await proxied.stop()
  })
})
