import { fixedClock } from '@datong/kernel'
import { sql } from 'kysely'
import { inTransaction } from '@datong/metadata-store'
import { createTestDatabase } from '@datong/metadata-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../compose.ts'
import { ask, aServer, HERE, PASSWORD, type TestServer, THERE } from '../../testing/a-server.ts'
import { beginAttempt, forgetAttempts, waitAfterMs } from './attempt-store.ts'

const clock = fixedClock('2026-11-22T02:00:00Z')
let server: TestServer
beforeAll(async () => {
  server = await aServer({ clock })
})
afterAll(() => server.stop())

const signIn = (username: string, password: string) =>
  ask(server.app, { method: 'POST', url: '/api/v1/session', payload: { username, password } })

describe('signing in', () => {
  it('answers a token that is also a cookie, which pages cannot read', async () => {
    const { user } = await server.as('provider')
    const { status, body, headers } = await signIn(user.username, PASSWORD)
    expect(status).toBe(200)
    expect(body).toMatchObject({ token: expect.stringMatching(/^ds_/) as unknown, user: { username: user.username, roles: ['provider'] } })
    expect(headers['set-cookie']).toMatch(/^datong_session=ds_\w+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('answers a wrong name and a wrong password alike', async () => {
    const { user } = await server.as('provider')
    const wrong = await signIn(user.username, 'wrong')
    const unknown = await signIn('nobody-at-all', 'wrong')
    expect(wrong.status).toBe(401)
    expect(unknown).toMatchObject({ status: 401, body: wrong.body })
  })

  it('makes a name wait after five wrong passwords, longer each time, whether it exists or not', async () => {
    const { user } = await server.as('provider')
    for (const name of [user.username, 'no-such-name']) {
      for (let i = 0; i < 5; i++) expect((await signIn(name, 'wrong')).status).toBe(401)
      expect(await signIn(name, PASSWORD)).toMatchObject({ status: 429, body: { code: 'identity/locked' }, headers: { 'retry-after': '30' } })
      clock.advance(31_000)
      expect((await signIn(name, 'wrong')).status).toBe(401)
      expect(await signIn(name, 'wrong')).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
      clock.advance(61_000)
    }
    expect((await signIn(user.username, PASSWORD)).status).toBe(200)
    expect((await signIn(user.username, 'wrong')).status).toBe(401)
    expect([5, 6, 7, 20].map(waitAfterMs)).toEqual([30_000, 60_000, 120_000, 3_600_000])
  })

  it('does not let many tries at once slip by the count', async () => {
    const { user } = await server.as('provider')
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(user.username, 'wrong')))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  })

  it('succeeds while the same name signs in from another device, whose right password forgets the tries', async () => {
    const { store } = server
    const name = Buffer.from('name of one person')
    await beginAttempt(store.db, name, clock.now())
    const { attempt } = await inTransaction(store.db, async (trx) => {
      await sql`select from identity.sign_in_attempt where name_hash = ${name} for update`.execute(trx)
      const begun = beginAttempt(store.db, name, clock.now())
      begun.catch(() => undefined)
      const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(async () => (await waiting.execute(store.db)).rows.length).toBe(1)
      await forgetAttempts(trx, name, clock.now())
      return { attempt: begun }
    })
    expect(await attempt).toEqual({ allowed: true, failures: 1 })
  })
})

describe('a session', () => {
  it('tells who is signed in, and ends when it is idle, too old or signed out', async () => {
    const who = async (headers: { authorization: string }) => ask(server.app, { url: '/api/v1/users', headers })
    const idle = await server.as('auditor')
    expect((await who(idle.headers)).status).toBe(200)
    clock.advance(12 * 3_600_000 + 1)
    expect((await who(idle.headers)).status).toBe(401)

    const old = await server.as('auditor')
    for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
      expect((await who(old.headers)).status).toBe(200)
      clock.advance(11 * 3_600_000)
    }
    clock.advance(11 * 3_600_000)
    expect((await who(old.headers)).status).toBe(401)

    const out = await server.as('auditor')
    expect((await ask(server.app, { method: 'DELETE', url: '/api/v1/session', headers: out.headers })).status).toBe(200)
    expect((await who(out.headers)).status).toBe(401)
  })

  it('by cookie needs the CSRF token for changes; an ended one counts as none', async () => {
    const { user } = await server.as('consumer')
    const { body } = await signIn(user.username, PASSWORD)
    const headers = { cookie: `datong_session=${String(body['token'])}` }
    const payload = { name: '核税系统' }
    expect(await ask(server.app, { method: 'POST', url: '/api/v1/apps', headers, payload })).toMatchObject({ status: 403, body: { code: 'access/csrf' } })
    const current = await ask(server.app, { url: '/api/v1/session', headers })
    expect(current.body).toMatchObject({ user: { id: user.id }, csrfToken: body['csrfToken'] })
    const token = { ...headers, 'x-csrf-token': String(body['csrfToken']) }
    expect((await ask(server.app, { method: 'POST', url: '/api/v1/apps', headers: token, payload })).status).toBe(201)
    expect((await ask(server.app, { url: '/api/v1/session', headers: { cookie: 'datong_session=ds_gone' } })).body).toEqual({ user: null, csrfToken: null })
  })
})

describe('accounts', () => {
  const roles = (id: string, list: string[], headers: { authorization: string }) =>
    ask(server.app, { method: 'PUT', url: `/api/v1/users/${id}/roles`, headers, payload: { roles: list, reason: '岗位调整' } })

  it('are made without roles by the system administrator and get them from the security officer', async () => {
    const sysadmin = await server.as('sysadmin')
    const security = await server.as('security')
    const made = await ask(server.app, { method: 'POST', url: '/api/v1/users', headers: sysadmin.headers, payload: { username: 'new.person', name: '新人', organisation: HERE } })
    expect(made).toMatchObject({ status: 201, body: { user: { roles: [], organisation: { code: HERE, name: '市场监管局' } } } })
    const { id } = made.body['user'] as { id: string } // checked by the schema
    expect((await roles(id, ['provider', 'consumer'], sysadmin.headers)).status).toBe(403)
    expect(await roles(id, ['provider', 'consumer'], security.headers)).toMatchObject({ status: 200, body: { roles: ['provider', 'consumer'] } })
    expect((await signIn('new.person', String(made.body['password']))).status).toBe(200)
    const again = await ask(server.app, { method: 'POST', url: '/api/v1/users', headers: sysadmin.headers, payload: { username: 'new.person', name: 'x', organisation: null } })
    expect(again).toMatchObject({ status: 409, body: { code: 'identity/username-taken' } })
    const foreign = { username: 'other.person', name: 'x', organisation: '11990100MB0000009Z'.replace('Z', 'X') }
    expect(await ask(server.app, { method: 'POST', url: '/api/v1/users', headers: sysadmin.headers, payload: foreign })).toMatchObject({ status: 422, body: { code: 'identity/unknown-organisation' } })
  })

  it('never hold two of the separated duties, and nobody changes their own', async () => {
    const security = await server.as('security')
    const other = await server.as('provider')
    expect(await roles(other.user.id, ['sysadmin', 'auditor'], security.headers)).toMatchObject({ status: 422, body: { code: 'identity/separated-duties', errors: [{ pointer: '/roles' }] } })
    expect(await roles(security.user.id, ['steward'], security.headers)).toMatchObject({ status: 403, body: { code: 'identity/own-roles' } })
    expect((await roles('01a1ffff-0000-7000-8000-000000000000', ['steward'], security.headers)).status).toBe(404)
  })

  it('lose their roles with the next request and their sessions when locked', async () => {
    const [sysadmin, security, person] = [await server.as('sysadmin'), await server.as('security'), await server.as('auditor')]
    const list = () => ask(server.app, { url: '/api/v1/users', headers: person.headers })
    expect((await list()).status).toBe(200)
    await roles(person.user.id, ['leader'], security.headers)
    expect((await list()).status).toBe(403)
    const act = (action: string) => ask(server.app, { method: 'POST', url: `/api/v1/users/${person.user.id}/actions/${action}`, headers: sysadmin.headers, payload: { reason: '离岗' } })
    expect(await act('lock')).toMatchObject({ status: 200, body: { locked: true } })
    expect((await list()).status).toBe(401)
    expect(await signIn(person.user.username, PASSWORD)).toMatchObject({ status: 403, body: { code: 'identity/account-locked' } })
    await act('unlock')
    expect((await signIn(person.user.username, PASSWORD)).status).toBe(200)
  })

  it('are listed page by page, filtered by words taken literally', async () => {
    const { headers } = await server.as('auditor')
    const first = await ask(server.app, { url: '/api/v1/users?limit=3', headers })
    const cursor = String(first.body['nextCursor'])
    const second = await ask(server.app, { url: `/api/v1/users?limit=3&cursor=${cursor}`, headers })
    const names = ({ body }: typeof first) => (body['items'] as { username: string }[]).map(({ username }) => username) // checked by the schema
    expect(names(first).at(-1)! < names(second)[0]!).toBe(true)
    expect(await ask(server.app, { url: `/api/v1/users?limit=3&q=a&cursor=${cursor}`, headers })).toMatchObject({ status: 422, body: { code: 'request/invalid-cursor' } })
    expect(await ask(server.app, { url: '/api/v1/users?q=%25', headers })).toMatchObject({ body: { total: 0 } })
  })
})

describe('keys', () => {
  const make = async () => {
    const consumer = await server.as('consumer')
    const app = await ask(server.app, { method: 'POST', url: '/api/v1/apps', headers: consumer.headers, payload: { name: '系统' } })
    const appId = String(app.body['id'])
    const key = await ask(server.app, { method: 'POST', url: `/api/v1/apps/${appId}/keys`, headers: consumer.headers, payload: { name: '正式', expiresAt: new Date(clock.now().getTime() + 3_600_000).toISOString() } })
    return { consumer, appId, key: String(key.body['key']), details: key.body['details'] as { id: string; prefix: string } } // checked by the schema
  }
  const use = (key: string) => ask(server.app, { url: '/api/v1/session', headers: { authorization: `Bearer ${key}` } })

  it('are shown once, and open nothing that asks for a session', async () => {
    const { consumer, key, details } = await make()
    expect(key.startsWith(`${details.prefix}_`)).toBe(true)
    const { body } = await ask(server.app, { url: '/api/v1/apps', headers: consumer.headers })
    expect(JSON.stringify(body)).toContain(details.prefix)
    expect(JSON.stringify(body)).not.toContain(key)
    expect((await use(key)).status).toBe(200)
    expect((await ask(server.app, { url: '/api/v1/apps', headers: { authorization: `Bearer ${key}` } })).status).toBe(401)
  })

  it('are refused when cut, invented, expired or revoked', async () => {
    const { consumer, appId, key, details } = await make()
    expect((await use(key.slice(0, -1))).status).toBe(401)
    expect((await use(`${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}`)).status).toBe(401)
    const revoke = () => ask(server.app, { method: 'POST', url: `/api/v1/apps/${appId}/keys/${details.id}/actions/revoke`, headers: consumer.headers, payload: { reason: '泄露' } })
    expect((await revoke()).status).toBe(200)
    expect(await use(key)).toMatchObject({ status: 403, body: { code: 'access/key-revoked' } })
    expect((await revoke()).status).toBe(409)
    const other = await make()
    clock.advance(3_600_001)
    expect(await use(other.key)).toMatchObject({ status: 401, body: { code: 'access/key-expired' } })
  })

  it('of another organisation are as if they were not there, except for the security officer', async () => {
    const { appId, details } = await make()
    const foreign = await server.as('consumer', THERE)
    const security = await server.as('security', null)
    const revoke = (headers: { authorization: string }) => ask(server.app, { method: 'POST', url: `/api/v1/apps/${appId}/keys/${details.id}/actions/revoke`, headers, payload: { reason: 'x' } })
    expect((await revoke(foreign.headers)).status).toBe(404)
    expect((await ask(server.app, { method: 'POST', url: `/api/v1/apps/${appId}/keys`, headers: foreign.headers, payload: { name: 'x' } })).status).toBe(404)
    expect((await revoke(security.headers)).status).toBe(200)
  })

  it('of a developer without an organisation are his alone', async () => {
    const [one, two] = [await server.as('developer', null), await server.as('developer', null)]
    await ask(server.app, { method: 'POST', url: '/api/v1/apps', headers: one.headers, payload: { name: '小程序' } })
    const count = async (headers: { authorization: string }) => ((await ask(server.app, { url: '/api/v1/apps', headers })).body['items'] as unknown[]).length // checked by the schema
    expect([await count(one.headers), await count(two.headers)]).toEqual([1, 0])
  })
})

describe('the store itself', () => {
  it('refuses roles without evidence, and two separated duties whoever writes them', async () => {
    const { store, drop } = await createTestDatabase(migrations)
    const account = sql`insert into identity.account (id, username, name, password_hash, created_at)
      values ('01a1ffff-0000-7000-8000-000000000001', 'x', 'x', 'x', now())`
    await expect(account.execute(store.db)).rejects.toThrow('without its evidence')
    await expect(store.db.transaction().execute(async (trx) => {
      await account.execute(trx)
      await sql`insert into identity.account_role values ('01a1ffff-0000-7000-8000-000000000001', 'sysadmin'), ('01a1ffff-0000-7000-8000-000000000001', 'auditor')`.execute(trx)
    })).rejects.toThrow('account_separated_duties')
    await drop()
  })
})
