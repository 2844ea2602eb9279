import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHouse, type House } from '../testing/a-house.ts'

const DISTRICTS = [['东', 40], ['西', 23], ['南', 12], ['北', 9]] as const
const NAMES = ['张伟', '王芳', '李娜', '张三']

describe('statistics', () => {
  let house: House
  let code: string
  beforeAll(async () => {
    house = await aHouse()
    let number = 0
    code = await house.aResource({
      title: '养老机构入住', fields: [
        { name: '编号', type: 'text', identifier: true }, { name: '区', type: 'text' }, { name: '姓名', type: 'text', masking: 'name' }, { name: '床位', type: 'integer' },
      ],
      rows: DISTRICTS.flatMap(([district, count]) => Array.from({ length: count }, (_, row) => [`A${++number}`, district, NAMES[row % 4]!, String(row % 2)])),
    })
  }, 60_000)
  afterAll(() => house.stop())

  const count = async (by: string, key: string) => house.get(`/data/v1/${code}/statistics?by=${by}`, key)
  const aKey = async (grant: object = {}): Promise<string> => (await house.aSystemWith({ [code]: { fields: ['编号', '区', '姓名', '床位'], delivery: 'statistics', ...grant } })).key

  it('tell how many rows have which values, rounded, and leave small groups out', async () => {
    const answer = await count('区', await aKey())
    expect(answer.json()).toEqual({
      by: ['区'], groups: [{ values: ['东'], count: 40 }, { values: ['西'], count: 25 }, { values: ['南'], count: 10 }],
      total: 85, suppressedRows: 0, leastCount: 10, roundedTo: 5, version: 1,
    })
    expect(answer.headers['datong-evidence']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('count by several fields, and masked ones by their masks', async () => {
    const key = await aKey()
    expect((await count('区,床位', key)).json()).toMatchObject({ groups: [
      { values: ['东', 0], count: 20 }, { values: ['东', 1], count: 20 }, { values: ['西', 0], count: 10 }, { values: ['西', 1], count: 10 },
    ], suppressedRows: 20 })
    const byName = (await count('姓名', key)).json<{ groups: { values: string[]; count: number }[] }>()
    expect(byName.groups.map(({ values }) => values[0]).toSorted()).toEqual(['张*', '李*', '王*'].toSorted())
    // 张伟 and 张三 are one group under the mask: 42 of 84.
    expect(byName.groups[0]).toEqual({ values: ['张*'], count: 40 })
  })

  it('tell nothing of values that are all different', async () => {
    expect((await count('编号', await aKey())).json()).toMatchObject({ groups: [], total: 85, suppressedRows: 85 })
  })

  it('stay within the row filter and the fields of the grant', async () => {
    const key = await aKey({ fields: ['区'], filter: [{ field: '床位', op: 'eq', value: 1 }] })
    expect((await count('区', key)).json()).toMatchObject({ groups: [{ values: ['东'], count: 20 }, { values: ['西'], count: 10 }], total: 40, suppressedRows: 10 })
    const refused = (await count('姓名,无,区', key)).json<{ errors: { code: string }[] }>()
    expect(refused).toMatchObject({ status: 422, code: 'delivery/invalid-query' })
    expect(refused.errors.map((issue) => issue.code)).toEqual(['unknown-field', 'unknown-field'])
  })

  it('refuse more than three fields, and none', async () => {
    const key = await aKey()
    expect((await count('编号,区,姓名,床位', key)).json()).toMatchObject({ status: 422, errors: [{ code: 'too-many-fields' }] })
    expect((await count('', key)).statusCode).toBe(422)
    expect((await house.get(`/data/v1/${code}/statistics`, key)).statusCode).toBe(422)
  })

  it('are all that a grant for statistics gives', async () => {
    const key = await aKey()
    for (const path of ['/rows', '/download?format=csv']) expect((await house.get(`/data/v1/${code}${path}`, key)).json(), path).toMatchObject({ status: 403, code: 'delivery/statistics-only' })
    expect((await house.post(`/data/v1/${code}/verify`, { 编号: 'A1' }, key)).json()).toMatchObject({ status: 403, code: 'delivery/statistics-only' })
    expect((await house.post('/graphql', { query: '{ __typename }' }, key)).json()).toMatchObject({ errors: [{ extensions: { code: 'delivery/no-grant' } }] })
    expect((await house.get(`/data/v1/${code}`, key)).json()).toMatchObject({ gives: 'statistics', quota: { perSecond: 10_000 }, fields: [{ name: '编号', filters: [], sortable: false }, {}, {}, {}] })
    const { paths } = (await house.get(`/data/v1/${code}/openapi.json`, key)).json<{ paths: object }>()
    expect(Object.keys(paths)).toEqual([`/data/v1/${code}/statistics`])
    const { items } = (await house.get(`/data/v1/${code}/samples`, key)).json<{ items: { purpose: string }[] }>()
    expect(new Set(items.map(({ purpose }) => purpose))).toEqual(new Set(['statistics']))
  })

  it('give way to a grant of rows as soon as there is one', async () => {
    const { key, appId } = await house.aSystemWith({ [code]: { fields: ['区', '姓名'], delivery: 'statistics' } })
    expect((await house.get(`/data/v1/${code}/rows`, key)).json()).toMatchObject({ code: 'delivery/statistics-only' })
    await house.anotherGrant(appId, code, { fields: ['区'], delivery: 'api' })
    await expect.poll(async () => (await house.get(`/data/v1/${code}/rows?limit=1`, key)).json()).toMatchObject({ items: [{ 区: '东' }] })
  })

  it('are of the grant that has the fields asked by, where a system holds several', async () => {
    const { key, appId } = await house.aSystemWith({ [code]: { fields: ['区', '姓名'], delivery: 'statistics' } })
    await house.anotherGrant(appId, code, { fields: ['区'], delivery: 'api' })
    await expect.poll(async () => (await house.get(`/data/v1/${code}/rows?limit=1`, key)).statusCode).toBe(200)
    for (const by of ['姓名', '区,姓名', '区', '姓名']) expect((await count(by, key)).json(), by).toMatchObject({ by: by.split(',') })
    expect((await count('姓名,床位', key)).json()).toMatchObject({ status: 422, errors: [{ code: 'unknown-field' }, { code: 'unknown-field' }] })
    expect((await house.get(`/data/v1/${code}/rows?select=姓名`, key)).statusCode).toBe(422)
  })

  it('take nothing from who holds a grant for an entry that is open to everybody', async () => {
    const open = await house.aResource({ title: '公园名录', openingType: 'open', fields: [{ name: '名称', type: 'text' }], rows: [['人民公园']] })
    const { key } = await house.aSystemWith({ [open]: { fields: ['名称'], delivery: 'statistics' } })
    expect((await house.get(`/data/v1/${open}/rows`, key)).json()).toMatchObject({ items: [{ 名称: '人民公园' }] })
  })

  it('come with a grant of rows, and not with one for verification', async () => {
    expect((await count('区', await aKey({ delivery: 'api' }))).statusCode).toBe(200)
    expect((await count('区', await aKey({ delivery: 'verify' }))).json()).toMatchObject({ status: 403, code: 'delivery/verification-only' })
  })

  it('are recorded with the names of fields, never with values', async () => {
    await count('区', await aKey())
    const last = (await house.records('delivery.statistics.read')).at(-1)!
    expect(last).toMatchObject({ subject: { id: code }, detail: { fields: ['区'], conditions: [], rows: 3 } })
    expect(JSON.stringify(last)).not.toContain('东')
  })

  it('are unknown to the public and refused without a grant', async () => {
    expect((await count('区', '')).statusCode).toBe(404)
    const { key } = await house.aSystemWith({})
    expect((await count('区', key)).json()).toMatchObject({ code: 'delivery/no-grant' })
  })
})

describe('statistics of a table that names persons', () => {
  const NUMBERS = Array.from({ length: 40 }, (_, index) => `11010119900101${String(1000 + index)}`)
  let house: House
  let code: string
  beforeAll(async () => {
    house = await aHouse()
    /** So many visits, by so many persons in turn. */
    const visits = (street: string, ward: string, count: number, persons: number) =>
      Array.from({ length: count }, (_, row) => [NUMBERS[row % persons]!, `138${String(row % persons).padStart(8, '0')}`, street, ward, `139${String(row % persons).padStart(8, '0')}`])
    code = await house.aResource({
      title: '门诊就诊', fields: [
        { name: '公民身份号码', type: 'text', recognizer: 'citizen-number', masking: 'redact' }, { name: '手机号码', type: 'text', recognizer: 'phone' }, { name: '街道', type: 'text' }, { name: '科室', type: 'text', masking: 'name' }, { name: '备用电话', type: 'text', recognizer: 'phone', masking: 'keep' },
      ],
      rows: [
        ...visits('一街', '内科', 30, 1), ...visits('二街', '内科', 30, 9), ...visits('三街', '内科', 30, 10), ...visits('四街', '外科', 12, 12).map(([, ...cells]) => [null, ...cells]),
        // Under its mask one group, of six persons each and twelve together.
        ...visits('五街', '张三', 12, 6), ...visits('五街', '张四', 24, 12).filter((_, row) => row % 12 >= 6),
      ],
    })
  }, 60_000)
  afterAll(() => house.stop())
  const aKey = async () => (await house.aSystemWith({ [code]: { fields: ['手机号码', '街道', '科室', '备用电话'], delivery: 'statistics' } })).key
  const count = async (by: string) => (await house.get(`/data/v1/${code}/statistics?by=${by}`, await aKey())).json()

  it('leave out many rows of few persons, though nobody was granted their numbers', async () => {
    expect(await count('街道')).toMatchObject({ groups: [{ values: ['三街'], count: 30 }, { values: ['五街'], count: 25 }, { values: ['四街'], count: 10 }], total: 125, suppressedRows: 60 })
  })

  it('count the persons of a masked group together', async () => {
    const { groups } = await count('科室,街道')
    expect(groups).toContainEqual({ values: ['张*', '五街'], count: 25 })
  })

  it('are not by what points to one person unmasked', async () => {
    for (const field of ['手机号码', '备用电话']) expect(await count(`${field},街道`), field).toMatchObject({ status: 422, code: 'delivery/invalid-query', errors: [{ pointer: '/by', code: 'identifying-field' }] })
    const key = await aKey()
    for (const end of ['openapi.json', 'samples']) {
      const { body } = await house.get(`/data/v1/${code}/${end}`, key)
      const [allowed, refused] = end === 'samples' ? [encodeURIComponent('街道'), encodeURIComponent('手机号码')] : ['commas: 街道, 科室', '手机号码, 街道']
      expect([body.includes(allowed), body.includes(refused)], end).toEqual([true, false])
    }
  })
})
