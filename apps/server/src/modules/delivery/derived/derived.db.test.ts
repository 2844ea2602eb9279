import type { Derived, DerivedDefinition } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../../platform/testing.ts'
import { aHouse, type House, PROVIDER } from '../testing/a-house.ts'

const COMPANIES = Array.from({ length: 40 }, (_, index): (string | null)[] => [`C${index}`, `公司${index}`, index % 2 === 0 ? '张伟' : '李娜', String(index % 4)])
const PERMITS = Array.from({ length: 90 }, (_, index): (string | null)[] => [`P${index}`, `C${index % 30}`, index % 3 === 0 ? '有效' : '注销'])
const FINES = Array.from({ length: 10 }, (_, index): (string | null)[] => [`P${index * 3}`, String(index * 100)])

let house: House
let [companies, permits, fines] = ['', '', '']
let system: Awaited<ReturnType<House['aSystemWith']>>

beforeAll(async () => {
  house = await aHouse()
  companies = await house.aResource({ title: '企业登记', rows: COMPANIES, fields: [{ name: '信用代码', type: 'text', recognizer: 'unified-credit-code' }, { name: '名称', type: 'text' }, { name: '联系人', type: 'text', masking: 'name' }, { name: '类别', type: 'integer' }] })
  permits = await house.aResource({ title: '许可', rows: PERMITS, fields: [{ name: '许可证号', type: 'text', identifier: true }, { name: '代码', type: 'text' }, { name: '状态', type: 'text' }] })
  fines = await house.aResource({ title: '处罚', rows: FINES, fields: [{ name: '证号', type: 'text' }, { name: '金额', type: 'integer' }] })
  system = await house.aSystemWith({
    [companies]: { fields: ['信用代码', '名称', '联系人', '类别'], until: '2027-03-31', quota: { perSecond: 500, perDay: 900 } },
    [permits]: { fields: ['许可证号', '代码', '状态'], until: '2027-01-31', quota: { perSecond: 50, perDay: 2_000 } },
    [fines]: { fields: ['证号', '金额'] },
  })
  house.callers.set('stranger', anOfficer('stranger', 'C2', 'consumer'))
})
afterAll(() => house.stop())

const definition = (change: Partial<DerivedDefinition> = {}): DerivedDefinition => ({
  sources: [
    { entryCode: companies },
    { entryCode: permits, join: { kind: 'inner', on: [{ field: '代码', source: 0, with: '信用代码' }] } },
    { entryCode: fines, join: { kind: 'left', on: [{ field: '证号', source: 1, with: '许可证号' }] } },
  ],
  select: [{ source: 0, field: '名称' }, { source: 0, field: '联系人' }, { source: 1, field: '许可证号', as: '许可' }, { source: 2, field: '金额', as: '罚款' }],
  filters: [{ source: 0, field: '类别', op: 'eq', parameter: 'kind' }, { source: 1, field: '状态', op: 'eq', value: '有效' }],
  parameters: [{ name: 'kind', required: true, description: '企业类别' }], limit: 100, ...change,
})
let made = 0
const aName = (): string => `interface-${++made}`
const create = (body: DerivedDefinition, name = aName(), who = 'consumer') => house.post('/api/v1/delivery/derived', { name, title: '企业与许可', definition: body }, who)
const codes = (answer: Awaited<ReturnType<typeof create>>): string[] => answer.json<{ errors: { code: string }[] }>().errors.map(({ code }) => code)

/** The join in plain code over all rows. */
function expected(kind: string): Record<string, unknown>[] {
  return COMPANIES.filter((company) => company[3] === kind).flatMap(([code, name, contact]) =>
    PERMITS.filter((permit) => permit[1] === code && permit[2] === '有效').flatMap(([number]) => {
      const found = FINES.filter(([permit]) => permit === number)
      const row = (amount: unknown) => ({ 名称: name, 联系人: `${contact![0]}*`, 许可: number, 罚款: amount })
      return found.length === 0 ? [row(null)] : found.map(([, amount]) => row(Number(amount)))
    }))
}

describe('a derived interface', () => {
  it('joins its inputs as plain code over all rows would, masked as each is granted', async () => {
    const name = aName()
    expect((await create(definition(), name)).statusCode).toBe(201)
    for (const kind of ['0', '1', '2', '3']) {
      const answer = await house.get(`/data/v1/derived/${name}?kind=${kind}`, system.key)
      expect(answer.json()).toEqual({ items: expected(kind), complete: true, versions: { [companies]: 1, [permits]: 1, [fines]: 1 } })
    }
  })

  it('is as strict as the strictest of its inputs', async () => {
    const { effective, problem } = (await create(definition())).json<Derived>()
    expect({ effective, problem }).toEqual({ problem: null, effective: { until: '2027-01-31', quota: { perSecond: 50, perDay: 900 }, grade: 'internal', masked: ['联系人'] } })
  })

  it('stops within a second when any one input is revoked or suspended', async () => {
    const other = await house.aSystemWith({ [companies]: { fields: ['信用代码', '名称', '联系人', '类别'] }, [permits]: { fields: ['许可证号', '代码', '状态'] }, [fines]: { fields: ['证号', '金额'] } })
    const name = aName()
    await create(definition(), name)
    const read = () => house.get(`/data/v1/derived/${name}?kind=1`, other.key)
    expect((await read()).statusCode).toBe(200)
    await house.sharing.act(other.grants[2]!.applicationId, 'revoke', { reason: '结束' }, PROVIDER)
    await expect.poll(async () => (await read()).json<{ code?: string }>().code, { timeout: 20_000, interval: 20 }).toBe('delivery/revoked')
    expect((await house.get(`/data/v1/derived/${name}?kind=1`, system.key)).statusCode).toBe(200)
  })

  it('stays within the row filter of each grant, and refuses a caller whose grant lacks a field', async () => {
    const fields = { [companies]: { fields: ['信用代码', '名称', '联系人', '类别'] }, [fines]: { fields: ['证号', '金额'] } }
    const narrow = await house.aSystemWith({ ...fields, [permits]: { fields: ['许可证号', '代码', '状态'], filter: [{ field: '许可证号', op: 'in', value: ['P0', 'P9'] }] } })
    const short = await house.aSystemWith({ ...fields, [permits]: { fields: ['许可证号', '代码'] } })
    const name = aName()
    await create(definition(), name)
    expect((await house.get(`/data/v1/derived/${name}?kind=1`, narrow.key)).json().items).toEqual(expected('1').filter(({ 许可 }) => ['P0', 'P9'].includes(String(许可))))
    expect((await house.get(`/data/v1/derived/${name}?kind=1`, short.key)).json()).toMatchObject({ code: 'delivery/invalid-query', errors: [{ code: 'unknown-field' }] })
  })

  it('takes quota of every input', async () => {
    const few = await house.aSystemWith({ [companies]: { fields: ['信用代码', '名称', '联系人', '类别'] }, [permits]: { fields: ['许可证号', '代码', '状态'], quota: { perSecond: 1_000, perDay: 2 } }, [fines]: { fields: ['证号', '金额'] } })
    const name = aName()
    await create(definition(), name)
    const statuses = []
    for (let call = 0; call < 3; call++) statuses.push((await house.get(`/data/v1/derived/${name}?kind=1`, few.key)).statusCode)
    expect(statuses).toEqual([200, 200, 429])
  })

  it('leaves evidence for every input, naming the interface and all of them, without values', async () => {
    const name = aName()
    await create(definition(), name)
    const answer = await house.get(`/data/v1/derived/${name}?kind=2`, system.key)
    expect(String(answer.headers['datong-evidence']).split(', ')).toHaveLength(3)
    const records = (await house.records('delivery.derived.read')).slice(-3)
    expect(records.map(({ subject }) => subject.id).sort()).toEqual([companies, permits, fines].sort())
    for (const { detail } of records) expect(detail['derived']).toEqual({ name, version: 1, inputs: [companies, permits, fines] })
    expect(JSON.stringify(records)).not.toMatch(/公司2|张伟|有效/)
  })

  it('names wrong and missing parameters all at once', async () => {
    const name = aName()
    await create(definition(), name)
    const answer = await house.get(`/data/v1/derived/${name}?other=1`, system.key)
    expect(answer.json<{ errors: { pointer: string; code: string }[] }>().errors.map(({ pointer, code }) => [pointer, code])).toEqual([['/query/other', 'unknown'], ['/query/kind', 'required']])
    expect(codes(await house.get(`/data/v1/derived/${name}?kind=x`, system.key))).toEqual(['wrong-type'])
    expect((await house.get(`/data/v1/derived/${name}?kind=1&kind=2`, system.key)).statusCode).toBe(422)
  })

  it('looks through 5,000 rows of an input and no more, and says so rather than answer in part', async () => {
    const many = await house.aResource({
      title: '台账', rows: Array.from({ length: 5_001 }, (_, index) => [`T${index}`, '甲组', String(index)]),
      fields: [{ name: '编号', type: 'text', identifier: true }, { name: '组', type: 'text' }, { name: '序', type: 'integer' }],
    })
    const groups = await house.aResource({ title: '班组', rows: [['甲组']], fields: [{ name: '组名', type: 'text', identifier: true }] })
    const other = await house.aSystemWith({ [many]: { fields: ['编号', '组', '序'] }, [groups]: { fields: ['组名'] }, [fines]: { fields: ['证号', '金额'] } })
    const [through, fanned] = [aName(), aName()]
    const below = (source: number) => ({ filters: [{ source, field: '序', op: 'lt' as const, parameter: 'below' }], parameters: [{ name: 'below', required: true, description: '' }], limit: 1_000 })
    await create({ sources: [{ entryCode: many }, { entryCode: fines, join: { kind: 'inner', on: [{ field: '证号', source: 0, with: '编号' }] } }], select: [{ source: 1, field: '金额' }], ...below(0) }, through)
    await create({ sources: [{ entryCode: groups }, { entryCode: many, join: { kind: 'inner', on: [{ field: '组', source: 0, with: '组名' }] } }], select: [{ source: 1, field: '编号' }], ...below(1) }, fanned)
    const read = async (name: string, limit: number) => {
      const answer = await house.get(`/data/v1/derived/${name}?below=${limit}`, other.key)
      const { items, complete, code, errors } = answer.json<{ items?: unknown[]; complete?: boolean; code?: string; errors?: { code: string }[] }>()
      return [answer.statusCode, items?.length ?? code, complete ?? errors?.map((error) => error.code)]
    }
    expect(await read(through, 5_000)).toEqual([200, 0, true])
    expect(await read(through, 5_001)).toEqual([422, 'delivery/query-too-large', ['rows']])
    expect(await read(fanned, 5_000)).toEqual([200, 1_000, false])
    expect(await read(fanned, 5_001)).toEqual([422, 'delivery/query-too-large', ['rows']])
  })

  it('tells when there are more rows than its limit', async () => {
    const name = aName()
    await create(definition({ limit: 3 }), name)
    const { items, complete } = (await house.get(`/data/v1/derived/${name}?kind=0`, system.key)).json<{ items: unknown[]; complete: boolean }>()
    expect([items, complete]).toEqual([expected('0').slice(0, 3), false])
  })
})

describe('a definition', () => {
  it.each([
    ['joins by a masked field', { sources: [{ entryCode: 'A' }, { entryCode: 'B', join: { kind: 'inner', on: [{ field: '代码', source: 0, with: '联系人' }] } }], select: [{ source: 0, field: '名称' }], filters: [], parameters: [] }, 'masked-field'],
    ['searches in a masked field', { filters: [{ source: 0, field: '联系人', op: 'like', value: '张%' }], parameters: [] }, 'operator-not-allowed'],
    ['selects a field that was not granted', { select: [{ source: 0, field: '密级' }] }, 'unknown-field'],
    ['joins nothing', { sources: [{ entryCode: 'A' }, { entryCode: 'B' }], select: [{ source: 0, field: '名称' }], filters: [], parameters: [] }, 'missing'],
    ['joins to itself', { sources: [{ entryCode: 'A' }, { entryCode: 'B', join: { kind: 'left', on: [{ field: '代码', source: 1, with: '代码' }] } }], select: [{ source: 0, field: '名称' }], filters: [], parameters: [] }, 'not-earlier'],
    ['names one result twice', { select: [{ source: 0, field: '名称' }, { source: 0, field: '联系人', as: '名称' }] }, 'repeated'],
    ['uses a parameter that it does not declare', { parameters: [] }, 'unknown'],
    ['has a value of another type', { filters: [{ source: 0, field: '类别', op: 'eq', value: "1' or 1=1 --" }], parameters: [] }, 'wrong-type'],
    ['has no resource at the place', { select: [{ source: 2, field: '金额' }], sources: [{ entryCode: 'A' }], filters: [], parameters: [] }, 'unknown-field'],
  ] as const)('is refused when it %s', async (_, change, code) => {
    const text = JSON.stringify({ ...definition(), ...change }).replace('"A"', `"${companies}"`).replace('"B"', `"${permits}"`)
    const answer = await create(JSON.parse(text) as DerivedDefinition)
    expect([answer.statusCode, codes(answer).includes(code)], answer.body).toEqual([422, true])
  })

  it('cannot use what the department was not granted', async () => {
    const closed = await house.aResource({ title: '未授权', fields: [{ name: '甲', type: 'text' }], rows: [['1']] })
    const answer = await create({ sources: [{ entryCode: closed }], select: [{ source: 0, field: '甲' }], filters: [], parameters: [], limit: 10 })
    expect(answer.json()).toMatchObject({ status: 403, code: 'delivery/no-grant' })
  })

  it('changes by versions, each with its evidence, and ends for good', async () => {
    const name = aName()
    const first = (await create(definition(), name)).json<Derived>()
    const changed = await house.call('PUT', `/api/v1/delivery/derived/${first.id}`, 'consumer', { title: '改名', definition: definition({ limit: 5 }), revision: first.revision })
    expect(changed.json()).toMatchObject({ version: 2, title: '改名', history: [{ version: 1 }, { version: 2 }] })
    expect((await house.call('PUT', `/api/v1/delivery/derived/${first.id}`, 'consumer', { title: '改名', definition: definition(), revision: first.revision })).json().code).toBe('request/conflict')
    const retired = await house.post(`/api/v1/delivery/derived/${first.id}/retire`, { reason: '不再使用', revision: 1 }, 'consumer')
    expect(retired.json()).toMatchObject({ state: 'retired', problem: 'delivery/derived-retired' })
    expect((await house.get(`/data/v1/derived/${name}?kind=1`, system.key)).json().code).toBe('delivery/derived-retired')
    expect((await create(definition(), name)).json().code).toBe('delivery/derived-name-taken')
    const records = [...await house.records('delivery.derived.created'), ...await house.records('delivery.derived.changed'), ...await house.records('delivery.derived.retired')]
    expect(records.filter(({ subject }) => subject.id === first.id)).toHaveLength(3)
  })

  it('of another department is as unknown as none', async () => {
    const name = aName()
    const { id } = (await create(definition(), name)).json<Derived>()
    const nobody = '01a1ffff-0000-7000-8000-0000000000ff'
    for (const [method, path, body] of [['GET', '', undefined], ['PUT', '', { title: 't', definition: definition(), revision: 0 }], ['POST', '/retire', { reason: 'r', revision: 0 }]] as const) {
      const [foreign, unknown] = await Promise.all([id, nobody].map((one) => house.call(method, `/api/v1/delivery/derived/${one}${path}`, 'stranger', body)))
      expect([foreign!.statusCode, foreign!.body.replaceAll(id, nobody)]).toEqual([404, unknown!.body])
    }
    expect((await house.get(`/data/v1/derived/${name}?kind=1`, 'stranger')).statusCode).toBe(404)
    expect((await house.get(`/data/v1/derived/${name}?kind=1`)).statusCode).toBe(404)
    expect((await house.get('/api/v1/delivery/derived', 'stranger')).json()).toEqual({ items: [], nextCursor: null })
    expect((await house.get(`/api/v1/delivery/derived?entryCode=${fines}&limit=1`, 'auditor')).json().items).toHaveLength(1)
  })
})
