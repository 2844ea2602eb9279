import type { operations, ResponseOf } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../platform/testing.ts'
import { aServer, ask, HERE, type TestServer } from '../../testing/a-server.ts'
import { peopleCsv } from '../collection/testing.ts'

type Policy = ResponseOf<typeof operations.getMaskingPolicy>

const officer = anOfficer('provider', HERE, 'provider')
const address = '/api/v1/protection/masking-policy'

let server: TestServer
let security: Awaited<ReturnType<TestServer['as']>>
let provider: Awaited<ReturnType<TestServer['as']>>

beforeAll(async () => {
  server = await aServer()
  security = await server.as('security', null)
  provider = await server.as('provider', HERE)
})
afterAll(() => server.stop())

const policy = async (): Promise<Policy> => (await server.app.inject({ method: 'GET', url: address, headers: security.headers })).json<Policy>()
const change = (revision: number, rules: { recognizer: string; grade: string; method: string | null }[], who = security) =>
  ask(server.app, { method: 'PUT', url: address, payload: { revision, reason: '按新要求', rules }, headers: who.headers })

async function load(): Promise<string> {
  async function* bytes() {
    yield Buffer.from(peopleCsv(60))
  }
  const { loadId, entryCode } = await server.collection.upload(bytes(), { fileName: '参保.csv' }, officer)
  while ((await server.collection.findLoad(loadId))?.finishedAt === null) await sleep(30)
  return entryCode
}

describe('the masking policy', () => {
  it('is changed by the security officer alone, one revision after the other, with evidence', async () => {
    const before = await policy()
    expect(before.rules.find(({ recognizer }) => recognizer === 'phone')).toEqual({ recognizer: 'phone', title: expect.any(String), titleEn: expect.any(String), grade: 'internal', method: 'phone' })
    expect(await change(before.revision, [{ recognizer: 'phone', grade: 'secret', method: 'redact' }], provider)).toMatchObject({ status: 403 })
    expect(await change(before.revision, [{ recognizer: 'phone', grade: 'secret', method: null }])).toMatchObject({ status: 422, body: { errors: [{ pointer: '/rules/0/method' }] } })
    expect(await change(before.revision, [{ recognizer: 'phone', grade: 'secret', method: 'redact' }])).toMatchObject({ status: 200, body: { revision: before.revision + 1 } })
    expect(await change(before.revision, [{ recognizer: 'email', grade: 'secret', method: 'redact' }])).toMatchObject({ status: 409 })
    const after = await policy()
    expect(after.rules.find(({ recognizer }) => recognizer === 'phone')).toMatchObject({ grade: 'secret', method: 'redact' })
    expect(after.rules.find(({ recognizer }) => recognizer === 'email')).toEqual(before.rules.find(({ recognizer }) => recognizer === 'email'))
    await server.evidence.sequenceNow()
  })

  it('decides what fields of new versions begin with', async () => {
    const { revision } = await policy()
    await change(revision, [{ recognizer: 'person-name', grade: 'secret', method: 'hash' }])
    const entry = await server.catalog.find(await load())
    expect(entry?.fields.find(({ name }) => name === '姓名')).toMatchObject({ grade: 'secret', masking: 'hash', suggestion: { recognizer: 'person-name' } })
    const said = entry?.fields.flatMap(({ suggestion }) => suggestion?.evidence ?? []) ?? []
    expect(said.join()).toContain('抽查')
    expect(said.join()).not.toMatch(/339902\d|138\d{8}/)
  })

  it('lists methods with examples', async () => {
    const { items } = (await server.app.inject({ method: 'GET', url: '/api/v1/protection/masking-methods', headers: provider.headers })).json<ResponseOf<typeof operations.listMaskingMethods>>()
    expect(items.find(({ id }) => id === 'name')).toMatchObject({ exampleBefore: '欧阳娜娜', exampleAfter: '欧阳**' })
  })
})
