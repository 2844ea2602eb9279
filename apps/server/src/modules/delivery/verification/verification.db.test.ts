import { toEighteenDigits } from '@datong/recognizers'
import fc from 'fast-check'
import type { IncomingMessage } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aHouse, type House, type TestField } from '../testing/a-house.ts'
import { lookupKey } from './forms.ts'

const FIELDS: readonly TestField[] = [
  { name: '身份证号', type: 'text', recognizer: 'citizen-number', masking: 'redact' },
  { name: '姓名', type: 'text', recognizer: 'person-name', masking: 'name' },
  { name: '户数', type: 'integer' },
  { name: '面积', type: 'decimal', precision: 18, scale: 4 },
  { name: '登记日', type: 'date' },
  { name: '在册', type: 'boolean' },
]
const OLD = '110105491231002'
const NEW = toEighteenDigits(OLD)!
const OTHER = '11010519900307793X'
const ROWS: readonly (readonly (string | null)[])[] = [
  [OLD, '张伟', '3', '88.5000', '2020-01-05', 'true'],
  [OTHER.toLowerCase(), '欧阳 娜娜', '1', '120.25', '2021-12-31', 'false'],
  ['１１０１０１ 19900307-4557', 'Li Si', null, null, null, null],
  [OTHER, '欧阳娜娜', '2', '60', '2022-06-01', 'true'],
]

let house: House
let code: string

/** A fresh grant, whose misses nobody has used up. */
async function aKey(change: Parameters<House['aSystemWith']>[0][string] = {}): Promise<string> {
  return (await house.aSystemWith({ [code]: { fields: FIELDS.map(({ name }) => name), ...change } })).key
}
const verify = (body: unknown, who: string, per = '') => house.post(`/data/v1/${code}/verify${per}`, body, who)

beforeAll(async () => {
  house = await aHouse()
  code = await house.aResource({ title: '户籍登记', fields: FIELDS, rows: ROWS })
})
afterAll(() => house.stop())

describe('verification', () => {
  it('says true for what is right and false for what is wrong, and nothing else', async () => {
    const key = await aKey()
    const right = await verify({ 身份证号: NEW, 姓名: '张伟' }, key)
    const wrong = await verify({ 身份证号: NEW, 姓名: '张三' }, key)
    const nobody = await verify({ 身份证号: '110101199003074557', 姓名: '张伟' }, key)
    expect([right.body, wrong.body, nobody.body]).toEqual(['{"match":true}', '{"match":false}', '{"match":false}'])
    expect(right.headers['datong-evidence']).toMatch(/^[0-9a-f-]{36}$/)
    expect(nobody.headers['datong-evidence']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it.each([
    ['15 digits and 18', { 身份证号: OLD, 姓名: '张伟' }],
    ['full width, blanks and case', { 身份证号: ` ${NEW.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).toLowerCase()} `, 姓名: ' 张 伟 ' }],
    ['numbers and dates in other writings', { 身份证号: NEW, 户数: '03', 面积: '+88.50', 登记日: '2020年1月5日', 在册: '是' }],
    ['values of their own JSON type', { 身份证号: NEW, 户数: 3, 面积: 88.5, 登记日: '20200105', 在册: true }],
    ['what was stored with blanks and hyphens', { 身份证号: '110101199003074557', 姓名: 'li  si' }],
    ['a second row of the same person', { 身份证号: OTHER, 登记日: '2022/6/1' }],
  ])('finds the same value written otherwise: %s', async (_, body) => {
    expect((await verify(body, await aKey())).json()).toEqual({ match: true })
  })

  it.each([
    ['values of two rows of one person', { 身份证号: OTHER, 户数: 1, 登记日: '2022-06-01' }],
    ['a value where none is stored', { 身份证号: '110101199003074557', 户数: 0 }],
    ['words parted elsewhere', { 身份证号: '110101199003074557', 姓名: 'L iSi' }],
    ['what can be no value of the field', { 身份证号: NEW, 户数: 'drei', 登记日: '2020-02-31' }],
    ['SQL', { 身份证号: "' or 1=1 --" }],
    ['a character that no text has', { 身份证号: `${NEW}\u0000` }],
    ['a pattern', { 身份证号: '%' }],
  ])('does not match %s', async (_, body) => {
    expect((await verify(body, await aKey())).json()).toEqual({ match: false })
  })

  it('tells for each field whether it holds, only when the identifier was found', async () => {
    const key = await aKey()
    expect((await verify({ 身份证号: NEW, 姓名: '张三', 户数: 3 }, key, '?per=field')).json()).toEqual({ match: false, fields: { 身份证号: true, 姓名: false, 户数: true } })
    expect((await verify({ 身份证号: '110101199003074557', 姓名: '张伟', 户数: 3 }, key, '?per=field')).json())
      .toEqual({ match: false, fields: { 身份证号: true, 姓名: false, 户数: false } })
    expect((await verify({ 身份证号: '330106200001011234', 姓名: '张伟' }, key, '?per=field')).json()).toEqual({ match: false, fields: { 身份证号: false, 姓名: false } })
  })

  it('refuses questions without an identifier, with unknown fields, and bodies of another form, naming all', async () => {
    const key = await aKey({ fields: ['身份证号', '姓名'] })
    const issues = (answer: Awaited<ReturnType<typeof verify>>) => answer.json<{ errors: { pointer: string; code: string }[] }>().errors.map((issue) => [issue.pointer, issue.code])
    expect(issues(await verify({ 姓名: '张伟', 户数: 3, 'a/b': 1 }, key))).toEqual([['/户数', 'unknown-field'], ['/a~1b', 'unknown-field'], ['', 'no-identifier']])
    for (const body of [[], 'null', { 身份证号: null }, { 身份证号: { eq: '1' } }, { 身份证号: ['1', '2'] }, '{"身份证号"']) {
      const answer = await verify(body, key)
      expect([400, 422]).toContain(answer.statusCode)
      expect(answer.body).not.toContain('match"')
    }
    expect((await verify({}, key)).statusCode).toBe(422)
  })

  it('stays within the row filter of the grant', async () => {
    const key = await aKey({ filter: [{ field: '户数', op: 'gte', value: 2 }] })
    expect((await verify({ 身份证号: OTHER, 登记日: '2022-06-01' }, key)).json()).toEqual({ match: true })
    expect((await verify({ 身份证号: OTHER, 登记日: '2021-12-31' }, key)).json()).toEqual({ match: false })
  })

  it('is recorded with the names of fields, never with values', async () => {
    const key = await aKey()
    await verify({ 身份证号: NEW, 姓名: '张伟' }, key)
    const last = (await house.records('delivery.record.verified')).at(-1)!
    expect(last).toMatchObject({ subject: { id: code }, detail: { fields: ['身份证号', '姓名'], conditions: ['身份证号 eq'], rows: 0 } })
    expect(JSON.stringify(last)).not.toMatch(/张伟|110105/)
  })

  it('gives the public no way to find out a masked field of open data', async () => {
    const open = await house.aResource({ title: '公开名录', openingType: 'open', fields: [{ name: '编号', type: 'text', identifier: true }, { name: '联系人', type: 'text', masking: 'name' }], rows: [['A1', '张伟']] })
    expect((await house.post(`/data/v1/${open}/verify`, { 编号: 'a-1' })).json()).toEqual({ match: true })
    expect((await house.post(`/data/v1/${open}/verify`, { 编号: 'A1', 联系人: '张伟' })).statusCode).toBe(422)
  })

  it('is all that a grant for verification gives', async () => {
    const { key } = await house.aSystemWith({ [code]: { fields: ['身份证号', '姓名'], delivery: 'verify' } })
    expect((await verify({ 身份证号: NEW, 姓名: '张伟' }, key)).json()).toEqual({ match: true })
    for (const path of ['rows', 'download?format=csv']) expect((await house.get(`/data/v1/${code}/${path}`, key)).json(), path).toMatchObject({ status: 403, code: 'delivery/verification-only' })
    expect((await house.post('/graphql', { query: '{ __typename }' }, key)).json()).toMatchObject({ errors: [{ extensions: { code: 'delivery/no-grant' } }] })
    // What it is and how often it may be asked is told, and that nothing can be found or ordered by.
    expect((await house.get(`/data/v1/${code}`, key)).json()).toMatchObject({ gives: 'verify', fields: [{ filters: [], sortable: false }, { filters: [], sortable: false }] })
    const { paths } = (await house.get(`/data/v1/${code}/openapi.json`, key)).json<{ paths: object }>()
    expect(Object.keys(paths)).toEqual([`/data/v1/${code}/verify`])
    const { items } = (await house.get(`/data/v1/${code}/samples`, key)).json<{ items: { purpose: string }[] }>()
    expect(new Set(items.map(({ purpose }) => purpose))).toEqual(new Set(['verify']))
  })

  it('is unknown to the public and refused without a grant', async () => {
    expect((await verify({ 身份证号: NEW }, '')).statusCode).toBe(404)
    expect((await verify({ 身份证号: NEW }, 'consumer')).statusCode).toBe(200)
  })
})

describe('guessing', () => {
  it('ends after five misses for one person on a day, also when all guesses come at once, and the right one is not told then', async () => {
    const key = await aKey()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, guess) => verify({ 身份证号: NEW, 户数: 100 + guess }, key)))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(5)
    const after = await verify({ 身份证号: NEW, 户数: 3 }, key)
    expect(after.statusCode).toBe(429)
    expect(after.json()).toMatchObject({ code: 'delivery/too-many-misses', params: { window: 'identifier', limit: 5 } })
    expect(Number(after.headers['retry-after'])).toBeGreaterThan(0)
    expect((await verify({ 身份证号: OTHER, 户数: 1 }, key)).json()).toEqual({ match: true })
    house.clock.advance(86_400_000)
    expect((await verify({ 身份证号: NEW, 户数: 3 }, key)).json()).toEqual({ match: true })
  })

  it('counts one person as one, however the number is written', async () => {
    const key = await aKey()
    const writings = [NEW, OLD, ` ${NEW}`, NEW.toLowerCase(), `${NEW.slice(0, 6)} ${NEW.slice(6)}`]
    for (const writing of writings) expect((await verify({ 身份证号: writing, 户数: 99 }, key)).json()).toEqual({ match: false })
    expect((await verify({ 身份证号: NEW, 户数: 3 }, key)).statusCode).toBe(429)
  })

  it('ends after a hundred misses of one grant within an hour, raises one alarm, and leaves other grants alone', async () => {
    const key = await aKey()
    const before = house.events.published.length
    const guesses = Array.from({ length: 120 }, (_, index) => `3301061990010${String(1000 + index)}0`)
    const answers = await Promise.all(guesses.map((guess) => verify({ 身份证号: guess }, key)))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(100)
    const alarms = house.events.published.slice(before).filter(({ name }) => name === 'delivery.verification-guessing')
    expect(alarms.map(({ payload }) => payload)).toMatchObject([{ entryCode: code, organisation: 'C1', window: 'grant' }])
    expect((await house.records('delivery.verification.stopped')).at(-1)).toMatchObject({ detail: { window: 'grant' }, parties: ['P1', 'C1'] })
    expect((await verify({ 身份证号: NEW }, await aKey())).json()).toEqual({ match: true })
  })
})

describe('a look-up made again moments later', () => {
  it('is answered from memory, with a receipt of its own', async () => {
    const key = await aKey()
    const bound = vi.spyOn(pg.Connection.prototype, 'bind')
    const answers = [await house.get(`/data/v1/${code}/rows?身份证号=${OLD}`, key), await house.get(`/data/v1/${code}/rows?身份证号=${OLD}`, key)]
    const claims = [await verify({ 身份证号: NEW, 户数: 3 }, key), await verify({ 身份证号: NEW, 户数: 3 }, key)]
    const statements = bound.mock.calls.filter(([given]) => given?.statement?.startsWith('volley-'))
    bound.mockRestore()
    expect(answers.map(({ body }) => body)).toEqual([answers[0]!.body, answers[0]!.body])
    expect(answers[0]!.json()).toMatchObject({ items: [{ 姓名: '张*', 户数: 3 }] })
    expect(claims.map(({ body }) => body)).toEqual(['{"match":true}', '{"match":true}'])
    expect(statements).toHaveLength(2)
    const receipts = [...answers, ...claims].map(({ headers }) => headers['datong-evidence'])
    expect(new Set(receipts).size).toBe(4)
    const [first, again] = (await house.records('delivery.rows.read')).slice(-2)
    expect(first).toMatchObject({ detail: { conditions: ['身份证号 eq'], rows: 1, bytes: Buffer.byteLength(answers[0]!.body) } })
    expect(again).toMatchObject({ detail: (first as { detail: object }).detail })
  })

  it('is answered under the grant that has its fields, however often the same words come', async () => {
    const { key, appId } = await house.aSystemWith({ [code]: { fields: ['身份证号', '姓名'] } })
    await house.anotherGrant(appId, code, { fields: ['身份证号', '户数'] })
    const asked = [{ 身份证号: OLD, 姓名: '张伟' }, { 身份证号: OLD, 户数: 3 }]
    for (const claim of [...asked, ...asked, ...asked]) expect((await verify(claim, key)).body).toBe('{"match":true}')
    const used = (await house.records('delivery.record.verified')).slice(-6).map(({ detail }) => detail as { grant: string; fields: string[] }) // as deliveries are recorded
    // Those of one millisecond are in no order.
    const times = Map.groupBy(used, ({ grant, fields }) => `${grant} ${fields[1]!}`) // a claim names two
    expect([...times.values()].map(({ length }) => length)).toEqual([3, 3])
    expect(new Set(used.map(({ grant }) => grant)).size).toBe(2)
    expect(new Set(used.map(({ fields }) => fields[1]))).toEqual(new Set(['姓名', '户数']))
  })

  it('keeps the answer, and nothing of the request that it was made for', async () => {
    const key = await aKey()
    const address = await house.app.listen({ port: 0, host: '127.0.0.1' })
    const requests: WeakRef<IncomingMessage>[] = []
    house.app.server.on('request', (request) => requests.push(new WeakRef(request)))
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', connection: 'close' }
    const claim = await fetch(`${address}/data/v1/${code}/verify`, { method: 'POST', headers, body: JSON.stringify({ 身份证号: NEW, 户数: 3 }) })
    const row = await fetch(`${address}/data/v1/${code}/rows?${encodeURIComponent('身份证号')}=${OLD}`, { headers })
    expect([await claim.text(), (JSON.parse(await row.text()) as { items: unknown[] }).items.length]).toEqual(['{"match":true}', 1])
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void // Node's own
    await expect.poll(() => {
      collect()
      return requests.map((request) => request.deref() === undefined)
    }).toEqual([true, true])
  })

  it('is answered whatever blanks stand between its words, and refused when they say too much', async () => {
    const key = await aKey()
    const texts = [`{"身份证号":"${OLD}","户数":3}`, `{ "身份证号": "${OLD}",\n "户数": 3 }`, `{"户数":3,"身份证号":"${OLD}"}`]
    for (const text of [...texts, ...texts]) expect((await house.call('POST', `/data/v1/${code}/verify`, key, text)).body).toBe('{"match":true}')
    expect((await house.call('POST', `/data/v1/${code}/verify`, key, `${texts[0]!} {}`)).json()).toMatchObject({ code: 'request/malformed' })
  })

  it('is a miss each time when nothing was found', async () => {
    const [asking, claiming] = [await aKey(), await aKey()]
    const statuses: number[][] = []
    for (let time = 0; time < 6; time++) {
      statuses.push([(await house.get(`/data/v1/${code}/rows?身份证号=110101199003071234`, asking)).statusCode, (await verify({ 身份证号: NEW, 户数: 77 }, claiming)).statusCode])
    }
    expect(statuses).toEqual([...Array.from({ length: 5 }, () => [200, 200]), [429, 429]])
  })
})

describe('the key of an identifying number', () => {
  it('is the same in PostgreSQL and here', async () => {
    const piece = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9Xx]{15,18}$/), fc.constantFrom('　', '１２', 'ａＢ', '－', '．', '·', '\u200b', ' ', '\u00a0', 'é', '張', '$&', '\\1'))
    const texts = fc.sample(fc.array(piece, { maxLength: 4 }).map((parts) => parts.join('').replaceAll('\0', '')), { numRuns: 2_000, seed: 7 }).filter((text) => text.isWellFormed())
    const { rows } = await house.store.pool.query<{ key: string }>('select serving.lookup_key(v) as key from unnest($1::text[]) with ordinality as t(v, n) order by n', [texts])
    expect(rows.map(({ key }) => key)).toEqual(texts.map(lookupKey))
  })
})

describe('the look-up', () => {
  it('goes by an index that is there when the resource is published, and is one statement', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index): string[] => [`A ${index}-x`, String(index)])
    const made = await house.aResource({ title: '大表', fields: [{ name: '编号', type: 'text', identifier: true }, { name: '数', type: 'integer' }], rows })
    const { rows: [table] } = await house.store.pool.query<{ table_name: string }>('select table_name from delivery.serving where entry_code = $1', [made])
    const { rows: steps } = await house.store.pool.query<Record<string, string>>(`explain select c1 from serving.${table!.table_name} where serving.lookup_key(c0) = 'A77X' order by _row limit 1000`)
    expect(JSON.stringify(steps)).toMatch(/Index Scan (using|on) \w+_c0_key/)
    const bound = vi.spyOn(pg.Connection.prototype, 'bind')
    const answer = await house.post(`/data/v1/${made}/verify`, { 编号: 'a77X', 数: 77 }, 'provider')
    const statements = bound.mock.calls.filter(([given]) => given?.statement?.startsWith('volley-'))
    bound.mockRestore()
    expect([answer.json(), statements.length]).toEqual([{ match: true }, 1])
  })
})

describe('any claim', () => {
  it('matches exactly when plain code over all rows says so', async () => {
    const alphabet = ['a', 'B', ' ', '　', '张', '1', '-']
    const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 4 }).map((chars) => chars.join(''))
    const nullable = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 6 })
    const row = fc.tuple(fc.constantFrom('A1', 'a-1', 'Ａ１', 'B2', 'b 2'), nullable(text.filter((one) => one.trim() !== '')), nullable(fc.integer({ min: 0, max: 2 }).map(String)))
    const rows = fc.sample(row, { numRuns: 60, seed: 11 })
    const fields: TestField[] = [{ name: '编号', type: 'text', identifier: true }, { name: '名称', type: 'text' }, { name: '数', type: 'integer' }]
    const made = await house.aResource({ title: '任意', fields, rows })
    const stored = house.versions.get(made)!
    expect(stored.rowCount).toBe(60)
    const half = (value: string): string => value.replaceAll('　', ' ').replaceAll('Ａ', 'A').replaceAll('１', '1').toUpperCase()
    const idOf = (value: string): string => half(value).replaceAll(' ', '').replaceAll('-', '')
    const nameOf = (value: string): string => {
      const words = half(value).trim().split(/ +/)
      return words.reduce((joined, word) => (joined !== '' && !joined.endsWith('张') && !word.startsWith('张') ? `${joined} ${word}` : joined + word))
    }
    const claims = fc.sample(fc.record({ 编号: fc.constantFrom('a1', 'B2', 'B-2', 'c3'), 名称: text, 数: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: ['编号'] }), { numRuns: 150, seed: 5 })
    for (const claim of claims) {
      const expected = rows.some(([id, name, count]) => idOf(id) === idOf(claim.编号)
        && (claim.名称 === undefined || (name !== null && nameOf(name) === nameOf(claim.名称)))
        && (claim.数 === undefined || (count !== null && Number(count) === claim.数)))
      const key = 'provider' // owners have no limit of misses
      expect((await house.post(`/data/v1/${made}/verify`, claim, key)).json(), JSON.stringify(claim)).toEqual({ match: expected })
    }
  })
})
