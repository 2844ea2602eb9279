import { fixedClock } from '@datong/kernel'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, aServer, BUREAU, CITY, HERE, type TestServer, THERE } from '../../../testing/a-server.ts'
import { SYSTEM_ACTOR } from '../index.ts'

const OLD = '11990100MB0000004D'
const LATER = '11990100MB0000005E'
const clock = fixedClock('2026-11-22T02:00:00Z')

let server: TestServer
let sysadmin: { authorization: string }
beforeAll(async () => {
  server = await aServer({ clock })
  await server.identity.organisations.add({
    organisations: [OLD, LATER].map((code) => ({ code, name: `旧局${code.at(-1)}`, nameEn: code, shortName: '旧局', regionCode: CITY, kind: 'department' as const, duties: ['税收征管'] })),
  }, SYSTEM_ACTOR)
  sysadmin = (await server.as('sysadmin', BUREAU)).headers
})
afterAll(() => server.stop())

const merge = (code: string, body: object, headers = sysadmin) => ask(server.app, { method: 'POST', url: `/api/v1/organisations/${code}/merger`, headers, payload: { from: '2026-11-22', reason: '机构改革', ...body } })
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 200) throw new Error('it did not come to that in time')
    await sleep(50)
  }
}

describe('a merger of departments', () => {
  it('is ordered by the system administrator alone, and only one that can be', async () => {
    const provider = (await server.as('provider')).headers
    expect((await merge(OLD, { into: THERE }, provider)).status).toBe(403)
    expect(await merge(OLD, { into: OLD })).toMatchObject({ status: 422, body: { code: 'identity/invalid-merger', errors: [{ code: 'itself' }] } })
    expect(await merge(OLD, { into: '11990100MB0000008Q' })).toMatchObject({ status: 422, body: { errors: [{ code: 'unknown' }] } })
    expect(await merge(BUREAU, { into: THERE })).toMatchObject({ status: 422, body: { errors: [{ code: 'bureau' }] } })
    expect((await merge('11990100MB0000008Q', { into: THERE })).status).toBe(404)
  })

  it('passes on people and systems at once, and what other modules have a moment later; the old code answers as merged', async () => {
    const { user, headers } = await server.as(['provider', 'consumer'], OLD)
    const app = await ask(server.app, { method: 'POST', url: '/api/v1/apps', headers, payload: { name: '系统', description: '' } })
    const { code } = await server.store.db.transaction().execute((trx) => server.catalog.draft(trx, { title: '登记', organisation: OLD, actor: SYSTEM_ACTOR }))
    expect(await merge(OLD, { into: THERE })).toMatchObject({ status: 200, body: { code: OLD, name: '旧局D', merger: { into: THERE, from: '2026-11-22', done: true } } })
    expect((await server.identity.users.find(user.id))?.organisation).toBe(THERE)
    expect((await server.identity.apps.find(String(app.body['id'])))?.organisation).toBe(THERE)
    expect((await ask(server.app, { url: '/api/v1/session', headers })).body).toMatchObject({ user: { organisation: { code: THERE } } })
    expect(server.identity.organisations.find(THERE)?.duties).toContain('税收征管')
    await until(async () => (await server.catalog.find(code))?.organisation === THERE)
    expect(await ask(server.app, { method: 'POST', url: '/api/v1/users', headers: sysadmin, payload: { username: 'late', name: '迟', organisation: OLD } }))
      .toMatchObject({ status: 409, body: { code: 'identity/organisation-merged', params: { successor: THERE } } })
    expect(await merge(OLD, { into: HERE })).toMatchObject({ status: 409, body: { code: 'identity/organisation-merged' } })
    expect(await merge(HERE, { into: OLD })).toMatchObject({ status: 422, body: { errors: [{ code: 'merged' }] } })
  })

  it('that is ordered for a later day waits for it', async () => {
    const { user } = await server.as('provider', LATER)
    expect(await merge(LATER, { into: THERE, from: '2026-12-01' })).toMatchObject({ status: 200, body: { merger: { done: false } } })
    expect((await server.identity.users.find(user.id))?.organisation).toBe(LATER)
    expect(await server.identity.mergeDue()).toBe(0)
    clock.set('2026-11-30T16:00:01Z') // the first of December in China
    expect(await server.identity.mergeDue()).toBe(1)
    expect((await server.identity.users.find(user.id))?.organisation).toBe(THERE)
    expect(await server.identity.mergeDue()).toBe(0)
  })
})
