import { operations, type Operation, type Scope } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHouse, type House } from '../testing/a-house.ts'

/** Descriptions hold no rows. */
const DESCRIPTIONS: ReadonlySet<string> = new Set(['describeRows', 'resourceOpenApi', 'resourceSamples'])
const list: readonly Operation[] = Object.values(operations)
const ways = list.filter(({ id, path }) => path.startsWith('/data/v1/{code}') && !DESCRIPTIONS.has(id))
/** What names roles is for people, and takes no key at all. */
const data = ways.filter(({ access }) => access === 'anyone')
const forPeople = ways.filter(({ access }) => access !== 'anyone')

const BODIES: Readonly<Record<string, object>> = {
  makeLink: { format: 'csv' }, makeWebhook: { url: 'https://receiver.example/hook' }, verify: { 姓名: '张伟' },
  makePushTarget: { kind: 'postgresql', host: 'db.example', port: 5432, database: 'd', table: 't', user: 'u', password: 'p' },
}

let house: House
let code: string
let key: string
beforeAll(async () => {
  house = await aHouse({ signaturesFrom: 'internal' })
  code = await house.aResource({ title: '名册', fields: [{ name: '姓名', type: 'text', recognizer: 'person-name', masking: 'name' }], rows: [['张伟']] })
  key = (await house.aSystemWith({ [code]: { fields: ['姓名'] } })).key
})
afterAll(() => house.stop())

/** The same system with a key of these limits. */
function limited(name: string, limits: { scopes?: Scope[]; entryCodes?: Set<string>; signed?: boolean }): string {
  house.callers.set(name, { ...house.callers.get(key)!, ...limits })
  return name
}
async function ask(operation: Operation, who: string): Promise<{ status: number; code: unknown }> {
  const path = operation.path.replace('{code}', code).replace('{action}', 'pause').replace(/\{\w+\}/g, '01a1ffff-0000-7000-8000-00000000000a')
  const query = { download: '?format=csv', readStatistics: '?by=姓名' }[operation.id] ?? ''
  const answer = await house.app.inject({
    method: operation.method, url: path + query, headers: { authorization: `Bearer ${who}` }, ...(operation.body === undefined ? {} : { payload: BODIES[operation.id] ?? {} }),
  })
  return { status: answer.statusCode, code: answer.headers['content-type']?.includes('problem') === true ? answer.json<{ code: string }>().code : null }
}

describe('every way to rows', () => {
  it.each(data.map(({ id }) => id))('%s is closed to a key that is for nothing, and to one for other entries', async (id) => {
    const operation = data.find((one) => one.id === id)!
    const out = { status: 403, code: 'delivery/out-of-scope' }
    expect(await ask(operation, limited('key-nothing', { scopes: [], signed: true }))).toEqual(out)
    expect(await ask(operation, limited('key-elsewhere', { entryCodes: new Set(['306007-999999']), signed: true }))).toEqual(out)
  })

  it.each(forPeople.map(({ id }) => id))('%s takes no key, not even one for everything', async (id) => {
    const operation = forPeople.find((one) => one.id === id)!
    expect(await ask(operation, limited('key-signed', { signed: true }))).toEqual({ status: 401, code: 'access/unauthenticated' })
  })

  it.each(['readRows', 'download', 'verify', 'makeLink', 'readChanges', 'makeWebhook', 'makePushTarget'].filter((id) => data.some((one) => one.id === id)))(
    '%s asks for a signature from the grade of the setting on', async (id) => {
      const operation = data.find((one) => one.id === id)!
      expect(await ask(operation, key)).toEqual({ status: 403, code: 'delivery/signature-required' })
      const signed = await ask(operation, limited('key-signed', { signed: true }))
      expect([id, signed.code]).not.toEqual([id, 'delivery/signature-required'])
      expect([id, signed.code]).not.toEqual([id, 'delivery/out-of-scope'])
    })

  it('is open to a signed call whose key is for it', async () => {
    const answer = await house.get(`/data/v1/${code}/rows`, limited('key-rows', { scopes: ['rows'], entryCodes: new Set([code]), signed: true }))
    expect(answer.json()).toMatchObject({ items: [{ 姓名: '张*' }] })
  })

  it('asks no signature of a person in the console', async () => {
    expect((await house.get(`/data/v1/${code}/rows`, 'consumer')).statusCode).not.toBe(403)
  })
})
