import { Nullable, operation, type Problem } from '@datong/contracts'
import { AppError, systemClock, systemRandom } from '@datong/kernel'
import type { InjectOptions } from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, PUBLIC_CALLER } from '../platform/caller.ts'
import { leanRoute, route } from '../platform/route.ts'
import { createHttpServer, createLog, createMetrics, type HttpServer } from './index.ts'

const steward: Caller = {
  actor: { kind: 'user', id: 'u1', name: 'S', organisation: null }, roles: ['steward'], organisation: null, keyId: null,
}

const makeThing = operation({
  id: 'makeThing', method: 'POST', path: '/api/v1/things/{size}', tag: 'things', summary: 'Make', access: { steward: 'all' }, status: 201,
  params: Type.Object({ size: Type.Integer({ minimum: 1 }) }),
  query: Type.Object({ dry: Type.Optional(Type.Boolean()) }),
  body: Type.Object({ name: Type.String({ minLength: 2 }), parts: Type.Optional(Type.Array(Type.Object({ weight: Nullable(Type.Number()) }))) }),
  response: Type.Object({ size: Type.Integer(), dry: Nullable(Type.Boolean()), name: Type.String() }),
})
const askThing = operation({
  id: 'askThing', method: 'POST', path: '/data/v1/things', tag: 'things', summary: 'Ask', access: 'anyone',
  query: Type.Object({ per: Type.Optional(Type.Enum(['one'])) }), body: Type.Record(Type.String(), Type.Number()), response: Type.Object({ text: Type.String() }),
})
const failThing = operation({
  id: 'failThing', method: 'GET', path: '/api/v1/things', tag: 'things', summary: 'Fail', access: 'anyone',
  query: Type.Object({ how: Type.Optional(Type.String()) }), response: Type.Object({ ok: Type.Boolean() }),
})

const failures: Readonly<Record<string, unknown>> = {
  conflict: new AppError('request/conflict'),
  wait: new AppError('identity/locked', { retryAfterSeconds: 7.2 }),
  bug: new Error('password=hunter2 in a stack'),
}

let server: HttpServer
let folder: string
const logged: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datong-http-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'assets', 'a-1234.js'), 'export const x = 1')
  server = await createHttpServer({
    routes: [
      route(makeThing, async ({ params, query, body }) => ({ size: params.size, dry: query.dry ?? null, name: body.name })),
      leanRoute(askThing, async (call, { body }, reply) => reply.send({ text: String(body) === '{"unread":' ? 'kept' : Object.entries(call.body).join() })),
      route(failThing, async ({ query }) => {
        const failure = failures[query.how ?? '']
        if (failure !== undefined) throw failure
        return { ok: true }
      }),
    ],
    plainRoutes: [{ method: 'GET', path: '/log/checkpoint', handle: async (_, reply) => reply.type('text/plain').send('note') }],
    authenticate: async ({ headers }) => {
      if (headers.authorization === 'Bearer good') return { caller: steward, csrfToken: null }
      if (headers.cookie !== undefined) return { caller: steward, csrfToken: 'csrf-1' }
      if (headers.authorization !== undefined) throw new AppError('access/unauthenticated')
      return { caller: PUBLIC_CALLER, csrfToken: null }
    },
    probes: { database: async () => undefined, engine: async () => Promise.reject(new Error('down')) },
    metrics: createMetrics(), log: createLog('info', { write: (line: string) => void logged.push(line) }),
    clock: systemClock, random: systemRandom, version: '0.0.0', webRoot: folder, checkAnswers: true, bodyLimitBytes: 1_000,
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const good = { authorization: 'Bearer good' }
const json = { ...good, 'content-type': 'application/json' }

async function problem(options: InjectOptions): Promise<Problem> {
  const answer = await server.app.inject(options)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  const body = answer.json<Problem>()
  expect(body.status).toBe(answer.statusCode)
  return body
}

describe('a request', () => {
  it('is answered with types taken from the path and the query', async () => {
    const answer = await server.app.inject({ method: 'POST', url: '/api/v1/things/3?dry=true', headers: json, payload: { name: '停车场' } })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toEqual({ size: 3, dry: true, name: '停车场' })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}-\w+$/)
  })

  it('is refused with all its issues at once, in path, query and body', async () => {
    const { status, errors } = await problem({
      method: 'POST', url: '/api/v1/things/0?dry=perhaps&extra=1', headers: json,
      payload: { name: 'x', colour: 'red', parts: [{ weight: 'heavy' }, { 'a/b': 1 }] },
    })
    expect(status).toBe(422)
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/colour unknown', '/name minLength', '/parts/0/weight type', '/parts/1/a~1b unknown', '/parts/1/weight required',
      '/path/size minimum', '/query/dry type', '/query/extra unknown',
    ])
  })

  it('is refused before its body is read when nobody or the wrong one asks', async () => {
    const url = '/api/v1/things/1'
    expect((await problem({ method: 'POST', url, payload: '{{{' })).code).toBe('access/unauthenticated')
    expect((await problem({ method: 'POST', url, headers: { authorization: 'Basic eA==' } })).status).toBe(401)
  })

  it('by cookie needs the token of its session to change something', async () => {
    const url = '/api/v1/things/1'
    const cookie = { cookie: 'datong_session=x', 'content-type': 'application/json' }
    expect((await problem({ method: 'POST', url, headers: cookie, payload: { name: 'ab' } })).code).toBe('access/csrf')
    const answer = await server.app.inject({ method: 'POST', url, headers: { ...cookie, 'x-csrf-token': 'csrf-1' }, payload: { name: 'ab' } })
    expect(answer.statusCode).toBe(201)
  })

  it('gets a problem for broken JSON, poisoned JSON, other media types and too much', async () => {
    const url = '/api/v1/things/1'
    expect((await problem({ method: 'POST', url, headers: json, payload: '{"name":' })).code).toBe('request/malformed')
    expect((await problem({ method: 'POST', url, headers: json, payload: '{"name":"ab","__proto__":{"x":1}}' })).code).toBe('request/malformed')
    expect((await problem({ method: 'POST', url, headers: { ...good, 'content-type': 'text/plain' }, payload: 'x' })).status).toBe(415)
    expect((await problem({ method: 'POST', url, headers: json, payload: { name: 'x'.repeat(2_000) } })).status).toBe(413)
  })

  it('without a body is told what is missing', async () => {
    const { errors } = await problem({ method: 'POST', url: '/api/v1/things/1', headers: json })
    expect(errors).toEqual([{ pointer: '/name', code: 'required', message: 'is required' }])
  })
})

describe('a body', () => {
  const url = '/data/v1/things'
  const headers = { 'content-type': 'application/json' }

  it('of a lean route is text, and parsed when it is looked at', async () => {
    const texts = ['{"a":1,"b":2}', '{"unread":', ''].map(async (payload) => (await server.app.inject({ method: 'POST', url, headers, payload })).json<{ text: string }>().text)
    expect(await Promise.all(texts)).toEqual(['a,1,b,2', 'kept', ''])
  })

  it('of a lean route is refused as others are', async () => {
    const codes = ['{"a":', '{"__proto__":1}', '{"constructor":{"prototype":1}}', '{"a":"x","b":"y"}', '[]', 'null', `{"${'x'.repeat(2_000)}":1}`]
      .map(async (payload) => (await problem({ method: 'POST', url, headers, payload })).code)
    expect(await Promise.all(codes)).toEqual([
      'request/malformed', 'request/malformed', 'request/malformed', 'request/invalid', 'request/invalid', 'request/invalid', 'request/too-large',
    ])
    const { errors } = await problem({ method: 'POST', url: `${url}?per=two&more=1`, headers, payload: '{"a":"x","b":"y"}' })
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/a', '/b', '/query/more', '/query/per'])
  })
})

describe('a failure', () => {
  it('of the domain carries its code and status', async () => {
    expect(await problem({ url: '/api/v1/things?how=conflict' })).toMatchObject({ status: 409, code: 'request/conflict', instance: '/api/v1/things' })
  })

  it('that passes by waiting says how long', async () => {
    const answer = await server.app.inject({ url: '/api/v1/things?how=wait' })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '8'])
  })

  it('of ours tells the request id and nothing else', async () => {
    const body = await problem({ url: '/api/v1/things?how=bug' })
    expect(body).toMatchObject({ status: 500, code: 'server/failure', params: { requestId: expect.any(String) as unknown } })
    expect(JSON.stringify(body)).not.toContain('hunter2')
    expect(logged.join('')).toContain(String(body.params?.['requestId']))
  })

  it('to find an address is a problem, also outside the interface', async () => {
    for (const url of ['/api/v1/nothing', '/data/v1/x', '/nothing', '/assets/none.js', '/%E0%A4%A']) {
      expect((await problem({ url, headers: { accept: '*/*' } })).status).toBe(404)
    }
    expect((await problem({ url: '/api/v1/nothing', headers: { accept: 'text/html' } })).status).toBe(404)
  })
})

describe('pages', () => {
  it('of the application come from any address that a browser asks for', async () => {
    const answer = await server.app.inject({ url: '/datasets/306007-000123', headers: { accept: 'text/html' } })
    expect(answer.body).toContain('<title>page</title>')
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.headers['content-security-policy']).toContain("script-src 'self';")
  })

  it('have assets that browsers keep for ever', async () => {
    expect((await server.app.inject({ url: '/assets/a-1234.js' })).headers['cache-control']).toContain('immutable')
  })

  it('never leave their folder', async () => {
    for (const url of ['/../package.json', '/..%2fpackage.json', '/assets/..%2f..%2fpackage.json']) {
      expect((await server.app.inject({ url, headers: { accept: 'text/html' } })).body).not.toContain('"name"')
    }
  })

  it('of the API reference have no script inline', async () => {
    const answer = await server.app.inject({ url: '/docs/api/' })
    expect(answer.body).toMatch(/<script src="\/docs\/api\/js\/scalar\.js"><\/script>/)
    expect(answer.body).not.toMatch(/https?:\/\//)
    expect((await server.app.inject({ url: '/docs/api/js/scalar.js' })).statusCode).toBe(200)
  })
})

describe('for operators', () => {
  it('health is life, readiness is what it stands on', async () => {
    expect((await server.app.inject({ url: '/healthz' })).statusCode).toBe(200)
    const ready = await server.app.inject({ url: '/readyz' })
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'not-ready', checks: { database: 'ok', engine: 'failed' } }])
  })

  it('metrics are labelled by operation, never by address', async () => {
    await server.app.inject({ url: '/api/v1/things?how=secret-name' })
    const { body } = await server.app.inject({ url: '/metrics' })
    expect(body).toContain('route="failThing"')
    expect(body).not.toContain('secret-name')
  })

  it('logs hide secrets', () => {
    const lines: string[] = []
    createLog('info', { write: (line: string) => void lines.push(line) }).info(
      { headers: { authorization: 'Bearer abc', cookie: 'abc' }, password: 'abc', body: { key: 'abc', 'x-csrf-token': 'abc' } }, 'x')
    expect(lines.join('')).not.toContain('abc')
  })
})

describe('mounting', () => {
  const parts = () => ({
    plainRoutes: [], authenticate: async () => ({ caller: PUBLIC_CALLER, csrfToken: null }), probes: {}, metrics: createMetrics(),
    log: createLog('silent'), clock: systemClock, random: systemRandom, version: '0', webRoot: null,
  })

  it('refuses two handlers for one operation', async () => {
    const twice = route(failThing, async () => ({ ok: true }))
    await expect(createHttpServer({ ...parts(), routes: [twice, twice] })).rejects.toThrow('two handlers for failThing')
  })

  it('refuses a module that leaves operations of its tag without a handler', async () => {
    const half = { ...failThing, tag: 'identity', id: 'listRegions' }
    await expect(createHttpServer({ ...parts(), routes: [route(half, async () => ({ ok: true }))] })).rejects.toThrow('no handler for signIn')
  })
})
