import { fixedClock } from '@datong/kernel'
import { createSigner, httpbis } from 'http-message-signatures'
import { generateKeyPairSync, hash, type KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anIdentityServer, type IdentityServer } from '../testing.ts'

const clock = fixedClock('2026-11-22T02:00:00.400Z')
let server: IdentityServer
let consumer: { authorization: string }
let appId: string
beforeAll(async () => {
  server = await anIdentityServer(clock, { publicUrl: 'https://data.example.gov.cn' })
  consumer = await server.as('consumer')
  appId = await anApp()
})
afterAll(() => server.stop())

interface Signing {
  readonly keyId: string
  readonly algorithm: 'ed25519' | 'ecdsa-p256-sha256'
  readonly privateKey: KeyObject
}
const post = (path: string, payload: object) => server.ask({ method: 'POST', url: `/api/v1/apps${path}`, headers: consumer, payload })
const anApp = async (): Promise<string> => String((await post('', { name: '征管系统' })).body['id'])

async function aSigningKey({ app = appId, algorithm = 'ed25519' as Signing['algorithm'], ...limits }: { app?: string; algorithm?: Signing['algorithm']; scopes?: string[]; addresses?: string[]; expiresAt?: string } = {}): Promise<Signing> {
  const pair = algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { status, body } = await post(`/${app}/signing-keys`, { name: '签名', publicKey: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(), ...limits })
  expect([status, body['algorithm']]).toEqual([201, algorithm])
  return { keyId: String(body['id']), algorithm, privateKey: pair.privateKey }
}

interface Wish {
  readonly method?: string
  readonly url?: string
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly fields?: string[]
  readonly created?: Date | null
  readonly expires?: Date
  readonly nonce?: string | null
  readonly alg?: string
}
let count = 0

/** Signs a request as another program would: with the library's own signer. */
async function signed({ keyId, algorithm, privateKey }: Signing, wish: Wish = {}) {
  const { method = 'GET', url = '/test/caller?a=1', body, created = clock.now(), nonce = `n${++count}`, expires, alg } = wish
  const digest = body === undefined ? {} : { 'content-digest': `sha-256=:${hash('sha256', body, 'base64')}:`, 'content-type': 'application/json' }
  const fields = wish.fields ?? ['@method', '@target-uri', ...(body === undefined ? [] : ['content-digest'])]
  const paramValues = { keyid: keyId, created, ...(nonce === null ? {} : { nonce }), ...(expires ? { expires } : {}), ...(alg ? { alg } : {}) }
  const message = await httpbis.signMessage({
    key: createSigner(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), algorithm, keyId), fields, params: ['created', 'keyid', ...(nonce === null ? [] : ['nonce']), ...(expires ? ['expires'] : []), ...(alg ? ['alg'] : [])], paramValues,
  }, { method, url: `https://data.example.gov.cn${url}`, headers: { ...digest, ...wish.headers } })
  return { method: method as 'GET' | 'POST', url, headers: message.headers as Record<string, string>, ...(body === undefined ? {} : { payload: body }) } // as the library typed what we gave
}
const refused = (reason: string) => ({ status: 401, body: { code: 'access/signature-invalid', params: { reason } } })

describe('a signed request', () => {
  it.each(['ed25519', 'ecdsa-p256-sha256'] as const)('says who asks without any other key (%s)', async (algorithm) => {
    const key = await aSigningKey({ algorithm, scopes: ['rows'] })
    expect(await server.ask(await signed(key))).toMatchObject({ status: 200, body: { actor: { id: appId, kind: 'application' }, keyId: key.keyId, scopes: ['rows'], signed: true } })
    expect((await server.ask(await signed(key, { fields: ['@method', '@path', '@query'], alg: algorithm }))).status).toBe(200)
  })

  it('is refused when method, path, query or a covered field is another', async () => {
    const key = await aSigningKey()
    const request = await signed(key, { fields: ['@method', '@target-uri', 'accept'], headers: { accept: 'text/csv' } })
    for (const change of [{ method: 'POST' as const }, { url: '/test/caller?a=2' }, { url: '/test/caller' }, { headers: { ...request.headers, accept: 'application/json' } }]) {
      expect(await server.ask({ ...request, ...change })).toMatchObject(refused('mismatch'))
    }
    expect((await server.ask(request)).status).toBe(200)
  })

  it('is refused the second time, also when it was sent twice at once', async () => {
    const key = await aSigningKey()
    const request = await signed(key)
    const answers = await Promise.all([server.ask(request), server.ask(request)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    expect(await server.ask(request)).toMatchObject({ status: 401, body: { code: 'access/signature-replayed' } })
  })

  it('does not use up its nonce for one who cannot sign', async () => {
    const key = await aSigningKey()
    const request = await signed(key, { nonce: 'mine' })
    const forged = { ...request, headers: { ...request.headers, Signature: 'sig=:AAAA:' } }
    expect(await server.ask(forged)).toMatchObject(refused('mismatch'))
    expect((await server.ask(request)).status).toBe(200)
  })

  it('is taken for 300 seconds, and not from the future', async () => {
    const key = await aSigningKey()
    const old = await signed(key)
    clock.advance(299_000)
    expect((await server.ask(old)).status).toBe(200)
    const older = await signed(key, { created: new Date(clock.now().getTime() - 302_000) })
    const future = await signed(key, { created: new Date(clock.now().getTime() + 32_000) })
    const over = await signed(key, { expires: new Date(clock.now().getTime() - 2_000) })
    for (const request of [older, future, over]) expect(await server.ask(request)).toMatchObject({ status: 401, body: { code: 'access/signature-expired' } })
    expect((await server.ask(await signed(key, { created: new Date(clock.now().getTime() + 20_000) }))).status).toBe(200)
  })

  it('is not taken again when the clock jumps forth and back', async () => {
    const key = await aSigningKey()
    const request = await signed(key)
    expect((await server.ask(request)).status).toBe(200)
    clock.advance(3_600_000)
    expect((await server.ask(await signed(key))).status).toBe(200)
    clock.advance(-3_600_000)
    expect((await server.ask(request)).status).toBe(401)
  })

  it.each<[string, Wish, string]>([
    ['does not cover the method', { fields: ['@target-uri'] }, 'components'],
    ['does not cover the query', { fields: ['@method', '@path'] }, 'components'],
    ['has no time', { created: null }, 'created'],
    ['has no nonce', { nonce: null }, 'nonce'],
    ['names another algorithm', { alg: 'ecdsa-p256-sha256' }, 'algorithm'],
  ])('that %s is refused', async (_, wish, reason) => {
    expect(await server.ask(await signed(await aSigningKey(), wish))).toMatchObject(refused(reason))
  })

  it('of a key that nobody registered is refused as a wrong signature is', async () => {
    const key = await aSigningKey()
    const unknown = await server.ask(await signed({ ...key, keyId: '01a1ffff-0000-7000-8000-00000000000a' }))
    const wrong = await server.ask(await signed({ ...key, privateKey: generateKeyPairSync('ed25519').privateKey }))
    expect(unknown).toMatchObject(refused('mismatch'))
    expect(unknown.body).toEqual(wrong.body)
  })

  it('of a crawler that signs with keys of its own is one of the public', async () => {
    const headers = { 'signature-input': 'sig1=("@authority");created=1;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";tag="web-bot-auth"', signature: 'sig1=:AAAA:' }
    expect(await server.ask({ url: '/test/caller', headers })).toMatchObject({ status: 200, body: { actor: { kind: 'public' } } })
  })

  it('tells its holder alone that the key is over, revoked or from elsewhere', async () => {
    const key = await aSigningKey({ addresses: ['10.0.0.0/8'] })
    expect(await server.ask({ ...(await signed(key)), remoteAddress: '192.0.2.1' })).toMatchObject({ status: 403, body: { code: 'access/address-not-allowed' } })
    await post(`/${appId}/keys/${key.keyId}/actions/revoke`, { reason: '泄露' })
    expect(await server.ask({ ...(await signed(key)), remoteAddress: '10.0.0.1' })).toMatchObject({ status: 403, body: { code: 'access/key-revoked' } })
    expect(await server.ask(await signed({ ...key, privateKey: generateKeyPairSync('ed25519').privateKey }))).toMatchObject(refused('mismatch'))
    const short = await aSigningKey({ expiresAt: new Date(clock.now().getTime() + 1_000).toISOString() })
    clock.advance(1_001)
    expect(await server.ask(await signed(short))).toMatchObject({ status: 401, body: { code: 'access/key-expired' } })
  })
})

describe('a signed body', () => {
  const body = '{"username":"nobody-here","password":"wrong"}'
  const wish: Wish = { method: 'POST', url: '/api/v1/session', body }

  it('is read when it is the signed one', async () => {
    // The password is wrong: the request came as far as the handler.
    expect(await server.ask(await signed(await aSigningKey(), wish))).toMatchObject({ status: 401, body: { code: 'identity/wrong-credentials' } })
  })

  it('is refused when it was changed, taken away, or is not covered', async () => {
    const key = await aSigningKey()
    const request = async () => signed(key, wish)
    expect(await server.ask({ ...(await request()), payload: body.replace('nobody', 'somebody') })).toMatchObject(refused('digest'))
    const { payload: _, ...without } = await request()
    expect(await server.ask(without)).toMatchObject(refused('digest'))
    expect(await server.ask(await signed(key, { ...wish, fields: ['@method', '@target-uri'] }))).toMatchObject(refused('components'))
    const sha1 = { ...wish, headers: { 'content-digest': 'sha=:AAAA:' } }
    expect(await server.ask(await signed(key, sha1))).toMatchObject(refused('digest'))
  })
})

describe('a signature beside a key', () => {
  const aKey = async (limits: object = {}, app = appId): Promise<string> => String((await post(`/${app}/keys`, { name: '正式', ...limits })).body['key'])

  it('makes the call a signed one, and the narrower limits count', async () => {
    const key = await aSigningKey({ scopes: ['rows', 'verify'] })
    const authorization = `Bearer ${await aKey({ scopes: ['rows', 'files'], entryCodes: ['306007-000001'] })}`
    expect((await server.ask({ url: '/test/caller', headers: { authorization } })).body).toMatchObject({ signed: false, scopes: ['rows', 'files'] })
    expect((await server.ask(await signed(key, { headers: { authorization } }))).body).toMatchObject({ signed: true, scopes: ['rows'], entryCodes: ['306007-000001'] })
  })

  it('of another application is refused', async () => {
    const key = await aSigningKey({ app: await anApp() })
    expect(await server.ask(await signed(key, { headers: { authorization: `Bearer ${await aKey()}` } }))).toMatchObject(refused('mismatch'))
  })
})

describe('a signing key', () => {
  it('is rotated by registering the next one', async () => {
    const key = await aSigningKey({ scopes: ['rows'] })
    const next = generateKeyPairSync('ed25519')
    const rotate = (payload: object) => post(`/${appId}/keys/${key.keyId}/actions/rotate`, payload)
    expect(await rotate({ overlapHours: 1 })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/publicKey', code: 'required' }] } })
    const { status, body } = await rotate({ overlapHours: 1, publicKey: JSON.stringify(next.publicKey.export({ format: 'jwk' })) })
    expect([status, body['key']]).toEqual([201, null])
    const fresh: Signing = { keyId: String((body['details'] as { id: string }).id), algorithm: 'ed25519', privateKey: next.privateKey } // checked by the schema
    expect([(await server.ask(await signed(key))).status, (await server.ask(await signed(fresh))).status]).toEqual([200, 200])
    clock.advance(3_600_000)
    expect([(await server.ask(await signed(key))).status, (await server.ask(await signed(fresh))).status]).toEqual([401, 200])
  })

  it('is refused when it is a private key or of another kind', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const answer = await post(`/${appId}/signing-keys`, { name: 'x', publicKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/publicKey', code: 'private' }] } })
  })
})
