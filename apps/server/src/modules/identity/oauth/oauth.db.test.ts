import { fixedClock } from '@datong/kernel'
import { SignJWT } from 'jose'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anIdentityServer, type IdentityServer } from '../testing.ts'

const clock = fixedClock('2026-11-22T02:00:00Z')
const ISSUER = 'https://data.example.gov.cn'
let server: IdentityServer
let consumer: { authorization: string }
let appId: string
beforeAll(async () => {
  server = await anIdentityServer(clock, { publicUrl: ISSUER })
  consumer = await server.as('consumer')
  appId = String((await post('', { name: '征管系统' })).body['id'])
})
afterAll(() => server.stop())

const post = (path: string, payload: object) => server.ask({ method: 'POST', url: `/api/v1/apps${path}`, headers: consumer, payload })
const aKey = async (limits: object = {}): Promise<{ key: string; id: string }> => {
  const { body } = await post(`/${appId}/keys`, { name: '正式', ...limits })
  return { key: String(body['key']), id: (body['details'] as { id: string }).id } // checked by the schema
}
let host = 0
/** Each test asks from an address of its own, so that wrong tries of one do not slow down another. */
const token = (form: Record<string, string> | string, headers: Record<string, string> = {}, remoteAddress = `10.7.0.${++host}`) =>
  server.ask({
    method: 'POST', url: '/oauth/token', remoteAddress, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  })
const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` })
const credentials = { grant_type: 'client_credentials' }
const use = (bearer: unknown, remoteAddress = '127.0.0.1') => server.ask({ url: '/test/caller', remoteAddress, headers: { authorization: `Bearer ${String(bearer)}` } })

describe('a token', () => {
  it('is given to a client with its secret, by Basic or in the form', async () => {
    const { key, id } = await aKey({ scopes: ['rows', 'verify'], entryCodes: ['306007-000001'] })
    const inHeader = await token(credentials, basic(appId, key))
    expect(inHeader).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' }, body: { token_type: 'Bearer', expires_in: 600, scope: 'rows verify' } })
    expect((await use(inHeader.body['access_token'])).body).toMatchObject({ actor: { id: appId }, keyId: id, scopes: ['rows', 'verify'], entryCodes: ['306007-000001'], signed: false })
    expect((await token({ ...credentials, client_id: appId, client_secret: key })).status).toBe(200)
    expect(JSON.stringify(inHeader.body)).not.toContain(key)
  })

  it('covers what was asked for, and never more than its key', async () => {
    const { key } = await aKey({ scopes: ['rows', 'verify'] })
    const narrow = await token({ ...credentials, scope: 'verify' }, basic(appId, key))
    expect(narrow.body['scope']).toBe('verify')
    expect((await use(narrow.body['access_token'])).body).toMatchObject({ scopes: ['verify'] })
    for (const scope of ['files', 'rows files', 'everything']) expect(await token({ ...credentials, scope }, basic(appId, key))).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
  })

  it('is over after ten minutes, or with its key when that is sooner', async () => {
    const { key } = await aKey()
    const { body } = await token(credentials, basic(appId, key))
    clock.advance(599_000)
    expect((await use(body['access_token'])).status).toBe(200)
    clock.advance(1_000)
    expect(await use(body['access_token'])).toMatchObject({ status: 401, body: { code: 'access/unauthenticated' } })
    const short = await aKey({ expiresAt: new Date(clock.now().getTime() + 60_000).toISOString() })
    expect((await token(credentials, basic(appId, short.key))).body).toMatchObject({ expires_in: 60 })
  })

  it('ends in the moment in which its key is revoked', async () => {
    const { key, id } = await aKey()
    const { body } = await token(credentials, basic(appId, key))
    expect((await use(body['access_token'])).status).toBe(200)
    await post(`/${appId}/keys/${id}/actions/revoke`, { reason: '泄露' })
    expect(await use(body['access_token'])).toMatchObject({ status: 403, body: { code: 'access/key-revoked' } })
  })

  it('holds at the addresses of its key only', async () => {
    const { key } = await aKey({ addresses: ['10.7.0.0/16'] })
    const { body } = await token(credentials, basic(appId, key))
    expect((await use(body['access_token'], '10.7.3.4')).status).toBe(200)
    expect(await use(body['access_token'], '10.8.0.1')).toMatchObject({ status: 403, body: { code: 'access/address-not-allowed' } })
    expect(await token(credentials, basic(appId, key), '192.0.2.1')).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('that was changed, or sealed by somebody else, is none', async () => {
    const { key } = await aKey({ scopes: ['rows'] })
    const given = String((await token(credentials, basic(appId, key))).body['access_token'])
    const [payload, seal] = given.slice(3).split('.') as [string, string] // as they are made
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object // our own
    const wider = Buffer.from(JSON.stringify({ ...claims, scopes: null })).toString('base64url')
    for (const bad of [`da_${wider}.${seal}`, `${given}A`, given.slice(0, -1), 'da_', 'da_.', `da_${payload}.${'A'.repeat(43)}`]) expect((await use(bad)).status).toBe(401)
    expect((await use(given)).status).toBe(200)
  })
})

describe('a client', () => {
  it('that is unknown, has another secret, or the secret of another application is refused alike', async () => {
    const { key } = await aKey()
    const other = String((await post('', { name: '别的系统' })).body['id'])
    const answers = [
      await token(credentials, basic('01a1ffff-0000-7000-8000-00000000000a', key)), await token(credentials, basic(other, key)),
      await token(credentials, basic(appId, `${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}`)), await token(credentials, basic(appId, '')), await token(credentials),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Basic realm="datong"' }, body: answers[0]!.body })
    expect(answers[0]!.body).toMatchObject({ error: 'invalid_client' })
  })

  it('learns in the words of OAuth what is wrong with its request', async () => {
    const { key } = await aKey()
    const header = basic(appId, key)
    expect(await token({}, header)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await token({ grant_type: 'password' }, header)).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } })
    expect(await token('grant_type=client_credentials&grant_type=client_credentials', header)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await token({ ...credentials, client_id: appId, client_secret: key }, header)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await token('{}', { ...header, 'content-type': 'application/json' })).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it('that guesses must wait, and keeps nobody else waiting', async () => {
    const { key } = await aKey()
    for (let i = 0; i < 30; i++) await token(credentials, basic(appId, 'wrong'), '192.0.2.9')
    expect(await token(credentials, basic(appId, key), '192.0.2.9')).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' }, headers: { 'retry-after': expect.stringMatching(/^\d+$/) as unknown } })
    expect((await token(credentials, basic(appId, key), '192.0.2.10')).status).toBe(200)
    for (let i = 0; i < 40; i++) expect((await token(credentials, basic(appId, key), '192.0.2.11')).status).toBe(200)
  })
})

describe('an assertion', () => {
  const aSigningKey = async (): Promise<{ id: string; privateKey: KeyObject }> => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const { body } = await post(`/${appId}/signing-keys`, { name: '断言', publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(), scopes: ['files'] })
    return { id: String(body['id']), privateKey }
  }
  let count = 0
  const assert = async ({ id, privateKey }: { id: string; privateKey: KeyObject }, change: { aud?: string; iss?: string; jti?: string | null; iat?: number; exp?: number; alg?: string } = {}): Promise<string> => {
    const now = Math.floor(clock.now().getTime() / 1_000)
    const { aud = `${ISSUER}/oauth/token`, iss = appId, jti = `j${++count}`, iat = now, exp = now + 60, alg = 'EdDSA' } = change
    return new SignJWT(jti === null ? {} : { jti }).setProtectedHeader({ alg, kid: id }).setIssuer(iss).setSubject(iss).setAudience(aud).setIssuedAt(iat).setExpirationTime(exp).sign(privateKey)
  }
  const withAssertion = (assertion: string) =>
    token({ ...credentials, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion })

  it('signed with a registered key is as good as a secret, once', async () => {
    const key = await aSigningKey()
    const assertion = await assert(key)
    const { status, body } = await withAssertion(assertion)
    expect([status, body['scope']]).toEqual([200, 'files'])
    expect((await use(body['access_token'])).body).toMatchObject({ keyId: key.id, signed: false })
    expect(await withAssertion(assertion)).toMatchObject({ status: 401, body: { error: 'invalid_client', error_description: 'the assertion was used before' } })
    expect((await withAssertion(await assert(key, { aud: ISSUER }))).status).toBe(200)
  })

  it('for another place, of another client, too old, over, without an id, or of an unknown key is refused', async () => {
    const key = await aSigningKey()
    const now = Math.floor(clock.now().getTime() / 1_000)
    const changes = [
      { aud: 'https://evil.example/oauth/token' }, { iss: '01a1ffff-0000-7000-8000-00000000000a' }, { iat: now - 400, exp: now + 60 }, { iat: now - 200, exp: now - 100 }, { jti: null },
    ]
    for (const change of changes) expect(await withAssertion(await assert(key, change))).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect((await withAssertion(await assert({ ...key, id: '01a1ffff-0000-7000-8000-00000000000a' }))).status).toBe(401)
    expect((await withAssertion(await assert({ ...key, privateKey: generateKeyPairSync('ed25519').privateKey }))).status).toBe(401)
    expect((await withAssertion('e30.e30.')).status).toBe(401)
    expect(await token({ ...credentials, client_assertion: 'x', client_assertion_type: 'other' })).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })
})

describe('the description of the authorization server', () => {
  it('tells clients where and how to ask (RFC 8414)', async () => {
    expect(await server.ask({ url: '/.well-known/oauth-authorization-server' })).toMatchObject({
      status: 200, body: {
        issuer: ISSUER, token_endpoint: `${ISSUER}/oauth/token`, grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      },
    })
  })
})
