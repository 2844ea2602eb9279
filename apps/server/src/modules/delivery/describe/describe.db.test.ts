import { Ajv2020 } from 'ajv/dist/2020.js'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHouse, type House, type TestField } from '../testing/a-house.ts'

const run = promisify(execFile)

const HOSTILE = `it's "$(touch x)" & \\ 50% #1`
const FIELDS: readonly TestField[] = [
  { name: '统一社会信用代码', type: 'text', recognizer: 'unified-credit-code' },
  { name: HOSTILE, type: 'text' },
  { name: '联系人', type: 'text', masking: 'name' },
  { name: '注册资本', type: 'decimal', precision: 20, scale: 2 },
  { name: '成立日期', type: 'date' },
]

let house: House
let code: string
let key: string
let origin: string

beforeAll(async () => {
  house = await aHouse()
  code = await house.aResource({ title: '企业登记', fields: FIELDS, rows: [['示例', '示例', '张伟', '100.00', '2020-01-01']] })
  key = (await house.aSystemWith({ [code]: { fields: [HOSTILE, '统一社会信用代码', '联系人', '注册资本'], until: '2027-06-30', quota: { perSecond: 50, perDay: 7_000 } } })).key
  await house.app.listen({ host: '127.0.0.1', port: 0 })
  origin = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}` // listening on TCP
})
afterAll(() => house.stop())

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, { readonly get?: { parameters: { name: string; schema: object }[] }; readonly post?: { requestBody: { content: { 'application/json': { schema: object } } } } }>>
  readonly components: { readonly schemas: { readonly Row: { readonly properties: Record<string, { readonly type?: unknown; readonly 'x-datong-masking': string | null }> } } }
}

describe('the description of one resource', () => {
  it('has the fields of this caller, with their operators and masks, and no others', async () => {
    const document = (await house.get(`/data/v1/${code}/openapi.json`, key)).json<Document>()
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.components.schemas.Row.properties)).toEqual(['统一社会信用代码', HOSTILE, '联系人', '注册资本'])
    expect(document.components.schemas.Row.properties).toMatchObject({ 联系人: { 'x-datong-masking': 'name' }, 注册资本: { type: ['string', 'null'], 'x-datong-masking': null } })
    const names = document.paths[`/data/v1/${code}/rows`]!.get!.parameters.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['select', 'sort', 'cursor', '统一社会信用代码.in', '注册资本.gte']))
    expect(names).not.toContain('联系人')
    expect(JSON.stringify(document)).not.toContain('成立日期')
    expect(document).toMatchObject({ 'x-datong-quota': { perSecond: 50, perDay: 7_000 }, 'x-datong-until': '2027-06-30' })
  })

  it('takes the same bodies for verification that the server takes', async () => {
    const document = (await house.get(`/data/v1/${code}/openapi.json`, key)).json<Document>()
    const check = new Ajv2020({ strict: false }).compile(document.paths[`/data/v1/${code}/verify`]!.post!.requestBody.content['application/json'].schema)
    for (const body of [{ 统一社会信用代码: '示例' }, { 联系人: '张伟' }, { 统一社会信用代码: '示例', 成立日期: '2020-01-01' }, {}]) {
      expect((await house.post(`/data/v1/${code}/verify`, body, key)).statusCode === 200, JSON.stringify(body)).toBe(check(body))
    }
  })

  it('is as unknown as the resource itself to whoever may not see it', async () => {
    for (const end of ['openapi.json', 'samples']) {
      const [hidden, unknown] = await Promise.all([house.get(`/data/v1/${code}/${end}`), house.get(`/data/v1/301001-999999/${end}`)])
      expect([hidden.statusCode, hidden.body.replaceAll(code, 'x')]).toEqual([404, unknown.body.replaceAll('301001-999999', 'x')])
    }
  })
})

describe('code samples', () => {
  const sample = async (language: string, purpose: string): Promise<string> => {
    const answer = await fetch(`${origin}/data/v1/${code}/samples`, { headers: { authorization: `Bearer ${key}` } })
    const { items } = await answer.json() as { items: { language: string; purpose: string; code: string }[] } // our own answer
    return items.find((item) => item.language === language && item.purpose === purpose)!.code
  }
  const RUNNERS: readonly (readonly [string, string, readonly string[]])[] = [
    ['curl', 'sh', ['-c']], ['javascript', process.execPath, ['--input-type=module', '-e']], ['python', 'python3', ['-c']],
  ]

  it.each(RUNNERS)('in %s run as they are and get the rows, whatever the fields are called', async (language, command, options) => {
    const found = await run(command, ['--version']).then(() => true, () => command === 'sh')
    if (!found) return console.warn(`skipped: ${command} is not on this machine`)
    for (const [purpose, expected] of [['rows', /示例/], ['verify', /match/]] as const) {
      const { stdout } = await run(command, [...options, await sample(language, purpose)], { env: { ...process.env, DATONG_KEY: key, no_proxy: '127.0.0.1', NO_PROXY: '127.0.0.1' } })
      expect(stdout).toMatch(expected)
    }
  })

  it('in Java name what they send, without a value of the data', async () => {
    expect(await sample('java', 'rows')).toContain('URLEncoder.encode("统一社会信用代码", UTF_8)')
    expect(await sample('java', 'verify')).not.toContain('张伟')
  })

  it('hold no address that somebody else chose', async () => {
    const answer = await house.app.inject({ url: `/data/v1/${code}/samples`, headers: { authorization: `Bearer ${key}`, host: "evil'; rm -rf ~ #" } })
    expect(answer.body).not.toContain('rm -rf')
  })
})
