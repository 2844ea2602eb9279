import type { Advice, Problem, Purpose, Rule } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, BUREAU, HERE, type TestServer, THERE } from '../../../testing/a-server.ts'

type Person = Awaited<ReturnType<TestServer['as']>>

let server: TestServer
let steward: Person
let provider: Person
let rival: Person
let consumer: Person

beforeAll(async () => {
  server = await aServer() // holds every answer against its schema
  ;[steward, provider, rival, consumer] = await Promise.all([
    server.as('steward', BUREAU), server.as('provider', HERE), server.as('provider', THERE), server.as('consumer', THERE),
  ])
})
afterAll(() => server.stop())

async function call<T>({ headers }: Person, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object): Promise<{ status: number; body: T }> {
  const answer = await server.app.inject({ method, url: `/api/v1/sharing${path}`, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<T>() }
}

const RULE = { scope: 'city', name: '小量秒批', priority: 10, effect: 'grant', conditions: [{ attribute: 'fieldsAsked', operator: 'lte', value: 3 }] }

describe('rules over HTTP', () => {
  it('are drafted, activated, replayed and retired', async () => {
    const drafted = await call<Rule>(steward, 'POST', '/rules', RULE)
    expect(drafted).toMatchObject({ status: 201, body: { state: 'draft', effect: 'grant' } })
    const { id, revision } = drafted.body
    expect(await call(steward, 'POST', '/rules/replay', { ruleId: id })).toMatchObject({ status: 200, body: { replayed: 0, changed: 0, byThisRule: 0, truncated: false } })
    expect(await call(steward, 'POST', `/rules/${id}/actions/activate`, { reason: '试行', revision })).toMatchObject({ status: 200, body: { state: 'active', activeVersion: 1 } })
    const { conditions, ...rest } = { ...RULE, priority: 20 }
    const { scope: _, ...content } = rest
    expect(await call(steward, 'PUT', `/rules/${id}`, { ...content, conditions, revision: 1 })).toMatchObject({ status: 200, body: { version: 2, activeVersion: 1 } })
    expect(await call(steward, 'POST', `/rules/${id}/actions/retire`, { reason: '结束', revision: 2 })).toMatchObject({ status: 200, body: { state: 'retired' } })
    expect(await call(provider, 'GET', '/rules?state=retired')).toMatchObject({ status: 200, body: { total: 1, items: [{ id }] } })
    expect((await call<{ items: unknown[] }>(provider, 'GET', '/rules/attributes')).body.items.length).toBeGreaterThan(15)
  })

  it('are refused with a pointer to everything that is wrong with them', async () => {
    const answer = await call<Problem>(steward, 'POST', '/rules', {
      ...RULE, priority: 1000, effect: 'allow', conditions: [{ attribute: 'grade', operator: '<=', value: 'secret' }, { attribute: 'x'.repeat(41), operator: 'eq', value: { a: 1 } }], cedar: 'permit(principal, action, resource);',
    })
    expect(answer).toMatchObject({ status: 422, body: { code: 'request/invalid' } })
    expect(new Set(answer.body.errors.map(({ pointer }) => pointer))).toEqual(new Set(['/cedar', '/priority', '/effect', '/conditions/0/operator', '/conditions/1/attribute', '/conditions/1/value']))
    expect((await call<Problem>(steward, 'POST', '/rules', { ...RULE, conditions: Array(21).fill(RULE.conditions[0]) })).body.errors).toMatchObject([{ pointer: '/conditions' }])
  })

  it("of another department answer as unknown ones do", async () => {
    const { body: { id, revision } } = await call<Rule>(provider, 'POST', '/rules', { ...RULE, scope: 'department' })
    const unknown = id.replace(/.{4}$/, (end) => (end === '0000' ? '0001' : '0000'))
    const content = { name: '改', priority: 1, effect: 'grant', conditions: RULE.conditions, revision }
    for (const [method, path, payload] of [
      ['GET', '', undefined], ['PUT', '', content], ['POST', '/actions/activate', { reason: '试', revision }],
    ] as const) {
      const [foreign, none] = [await call<Problem>(rival, method, `/rules/${id}${path}`, payload), await call<Problem>(rival, method, `/rules/${unknown}${path}`, payload)]
      expect(foreign.status).toBe(404)
      expect({ ...foreign.body, instance: '' }).toEqual({ ...none.body, instance: '' })
    }
    expect((await call(rival, 'POST', '/rules/replay', { ruleId: id })).status).toBe(404)
    expect((await call(consumer, 'GET', `/rules/${id}`)).status).toBe(403)
  })
})

describe('purposes and duties over HTTP', () => {
  it('are kept by the steward and read by who asks for data', async () => {
    const purpose = { name: '企业迁移办理', nameEn: 'Moving a company', legalBasis: '条例', description: '', words: ['迁移'], state: 'active', reason: '新增', revision: 0 }
    expect(await call(steward, 'PUT', '/purposes/company-moving', purpose)).toMatchObject({ status: 200, body: { revision: 1 } })
    expect((await call(provider, 'PUT', '/purposes/company-moving', purpose)).status).toBe(403)
    expect((await call<Problem>(steward, 'PUT', '/purposes/Company_Moving', purpose)).body.errors).toMatchObject([{ pointer: '/path/code' }])
    const needs = { entryCode: null, reason: '核定', revision: 1, items: [{ field: '统一社会信用代码', need: 'needed', reason: '' }] }
    expect(await call(steward, 'PUT', '/purposes/company-moving/needs', needs)).toMatchObject({ status: 200, body: { items: [{ by: 'steward' }] } })
    expect((await call<{ items: Purpose[] }>(consumer, 'GET', '/purposes?state=active')).body.items.map(({ code }) => code)).toEqual(['company-moving'])
    expect((await call(steward, 'PUT', `/duties/${THERE}`, { purposes: ['company-moving'], words: ['迁移'], reason: '三定', revision: 0 })).status).toBe(200)
    expect((await call<Problem>(consumer, 'POST', '/advice', { entryCode: '306007-999999', fields: ['x'] })).status).toBe(404)
    expect((await call<Advice>(consumer, 'POST', '/advice', { entryCode: '306007-999999', fields: [] })).status).toBe(422)
  })
})
