import type { CheckedView, Lineage, Retention, VersionComparison, View } from '@datong/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ask, BUREAU, HERE, THERE } from '../../testing/a-server.ts'
import { aDeliveryHouse, type DeliveryHouse, peopleTable, personRow } from '../delivery/forms/testing.ts'
import { aDocx, aPdf } from './objects/testing.ts'
import { aForm } from './testing.ts'

let server: DeliveryHouse
let here: { authorization: string }
let there: { authorization: string }
let steward: { authorization: string }
let [companies, people] = ['', '']

beforeAll(async () => {
  server = await aDeliveryHouse()
  here = (await server.as('provider', HERE)).headers
  there = (await server.as('provider', THERE)).headers
  steward = (await server.as('steward', BUREAU)).headers
  companies = await load('代码,名称,区\nC1,甲公司,东\nC2,乙公司,西\nC3,丙公司,东\n')
  people = await load(`代码,身份证号码\n${CITIZENS.map((number, i) => `C${(i % 3) + 1},${number}`).join('\n')}\n`)
})
afterAll(() => server.stop())

/** Citizen numbers of nobody, with right check characters. */
const CITIZENS = Array.from({ length: 30 }, (_, i) => {
  const body = `1101011990${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}${String(100 + i)}`
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][at]!, 0) // as many weights as digits
  return body + '10X98765432'[sum % 11]!
})

const get = (url: string, headers = here) => ask(server.app, { method: 'GET', url, headers })
const send = (method: 'POST' | 'PUT', url: string, payload: object, headers = here) => ask(server.app, { method, url, headers, payload })

async function settled(loadId: string): Promise<string> {
  const state = async (): Promise<string> => (await server.collection.findLoad(loadId))?.state ?? ''
  await vi.waitUntil(async () => /done|failed/.test(await state()), { timeout: 30_000, interval: 50 })
  return state()
}
async function load(csv: string, entryCode?: string): Promise<string> {
  const form = aForm([...(entryCode === undefined ? [] : [{ name: 'entryCode', value: entryCode }]), { name: 'file', fileName: 'data.csv', value: csv }])
  const answer = await ask(server.app, { method: 'POST', url: '/api/v1/collection/uploads', ...form, headers: { ...here, ...form.headers } })
  const { loadId, entryCode: code } = answer.body as { loadId: string; entryCode: string }
  expect(await settled(loadId)).toBe('done')
  return code
}
/** The view when its newest data are of what is current now. */
async function fresh(code: string): Promise<View> {
  await expect.poll(async () => ((await get(`/api/v1/collection/entries/${code}/view`)).body as View).stale, { timeout: 30_000 }).toBe(false)
  await expect.poll(async () => (await get(`/api/v1/collection/lake?q=${code}`)).body, { timeout: 30_000 }).toMatchObject({ items: [{ current: { number: expect.any(Number) } }] })
  return (await get(`/api/v1/collection/entries/${code}/view`)).body as View
}
const rowsOf = async (code: string, version?: number): Promise<unknown[]> =>
  ((await get(version === undefined ? `/data/v1/${code}/rows?limit=100` : `/data/v1/${code}/versions/${version}/rows?limit=100`)).body as { items: unknown[] }).items

const SQL = 'select c.区, count(distinct c.代码) as 企业数, count(p.身份证号码) as 人数 from 企业 c left join 人员 p on p.代码 = c.代码 group by 1'
const inputs = () => [{ name: '企业', entryCode: companies }, { name: '人员', entryCode: people }]

describe('a view', () => {
  let code = ''

  it('is checked before it is made: fields, origins, and the grade that binds', async () => {
    const { status, body } = await send('POST', '/api/v1/collection/views/check', { sql: SQL, inputs: inputs() })
    expect(status).toBe(200)
    const checked = body as CheckedView
    expect(checked.fields).toEqual([
      { name: '区', type: 'text', how: 'same', from: [{ entryCode: companies, field: '区' }] },
      { name: '企业数', type: 'integer', how: 'count(distinct 代码)', from: [{ entryCode: companies, field: '代码' }] },
      { name: '人数', type: 'integer', how: 'count(身份证号码)', from: [{ entryCode: people, field: '身份证号码' }] },
    ])
    expect(checked.floor).toBe('secret')
    expect((await send('POST', '/api/v1/collection/views/check', { sql: 'select 没有 from 企业', inputs: inputs() })).body).toMatchObject({ code: 'collection/view-refused' })
    expect((await send('POST', '/api/v1/collection/views/check', { sql: 'select 名称 + 1 as a from 企业', inputs: inputs() })).body).toMatchObject({ code: 'data-engine/query-refused' })
  })

  it('is for those who may read its inputs alone', async () => {
    expect((await send('POST', '/api/v1/collection/views', { title: '偷', layer: 'topic', sql: SQL, inputs: inputs() }, there)).body).toMatchObject({ code: 'request/not-found' })
    expect((await send('POST', '/api/v1/collection/views', { title: '偷', layer: 'topic', sql: SQL, inputs: inputs() }, steward)).status).toBe(403)
  })

  it('makes a resource of the topic layer, no field of it weaker than its strictest input', async () => {
    const made = await send('POST', '/api/v1/collection/views', { title: '各区企业与人数', layer: 'topic', sql: SQL, inputs: inputs() })
    expect(made.status).toBe(201)
    code = (made.body as View).entryCode
    const view = await fresh(code)
    expect(view).toMatchObject({ layer: 'topic', version: 1, floor: 'secret', problem: null, inputs: [{ built: 1, current: 1 }, { built: 1, current: 1 }] })
    expect(await rowsOf(code)).toEqual([{ 区: '东', 企业数: 2, 人数: 20 }, { 区: '西', 企业数: 1, 人数: 10 }])
    const entry = (await get(`/api/v1/catalog/entries/${code}`)).body as { grade: string; revision: number; fields: { name: string; grade: string }[] }
    expect(entry.grade).toBe('secret')
    expect(entry.fields.map(({ grade }) => grade)).toEqual(['secret', 'secret', 'secret'])
    const lowered = await send('PUT', `/api/v1/collection/entries/${code}/view`, { sql: SQL, inputs: inputs(), revision: 99 })
    expect(lowered.body).toMatchObject({ code: 'request/conflict' })
    const weaker = await ask(server.app, { method: 'PATCH', url: `/api/v1/catalog/entries/${code}`, headers: here, payload: { fields: [{ name: '区', grade: 'public' }], reason: '只是区名', revision: entry.revision } })
    expect(weaker.body).toMatchObject({ errors: [{ code: 'below-inputs' }] })
  })

  it('is built anew when an input changes, and tells what changed', async () => {
    await load('代码,名称,区\nC1,甲公司,东\nC2,乙公司,东\nC3,丙公司,东\nC4,丁公司,北\n', companies)
    await expect.poll(() => rowsOf(code), { timeout: 30_000 }).toEqual([{ 区: '东', 企业数: 3, 人数: 30 }, { 区: '北', 企业数: 1, 人数: 0 }])
    expect(await fresh(code)).toMatchObject({ inputs: [{ built: 2, current: 2 }, { built: 1 }] })
    expect(await rowsOf(code, 1)).toEqual([{ 区: '东', 企业数: 2, 人数: 20 }, { 区: '西', 企业数: 1, 人数: 10 }])
    const { body } = await get(`/api/v1/collection/entries/${code}/comparison?from=1&to=2&key=${encodeURIComponent('区')}`)
    expect((body as VersionComparison).rows).toEqual({ before: 2, after: 2, added: 1, removed: 1, changed: 1, unchanged: 0 })
    expect((await get(`/data/v1/${code}/comparison?from=1&to=2&key=${encodeURIComponent('区')}`)).body).toEqual({
      fields: ['区', '企业数', '人数'], added: [['北', 1, 0]], removed: [['西', 1, 10]], changed: [{ before: ['东', 2, 20], after: ['东', 3, 30] }],
    })
    expect((await get(`/data/v1/${code}/comparison?from=1&to=2`, steward)).status).toBe(403)
    expect((await get(`/api/v1/collection/entries/${code}/comparison?from=1&to=9`)).status).toBe(404)
  })

  it('shows where its fields come from, as far as the reader may see', async () => {
    const graph = (await get(`/api/v1/collection/entries/${code}/lineage`)).body as Lineage
    expect(graph.nodes.map(({ id, depth }) => [id.split(':')[0], depth]).sort()).toEqual([['entry', -1], ['entry', -1], ['entry', 0], ['file', -2], ['file', -2]].sort())
    const edge = graph.edges.find(({ from }) => from === `entry:${people}`)!
    expect(edge).toMatchObject({ to: `entry:${code}`, fields: [{ from: '身份证号码', to: '人数', how: 'count(身份证号码)' }], conditions: [{ field: '代码', how: 'join' }] })
    const forth = (await get(`/api/v1/collection/entries/${companies}/lineage`)).body as Lineage
    expect(forth.nodes.find(({ id }) => id === `entry:${code}`)).toMatchObject({ depth: 1, layer: 'topic' })
    expect((await get(`/api/v1/collection/entries/${code}/lineage`, there)).status).toBe(404)
  })

  it('tells its runs as events of OpenLineage', async () => {
    const events = (await server.app.inject({ method: 'GET', url: `/api/v1/collection/entries/${code}/lineage/openlineage`, headers: here })).json<Record<string, never>[]>()
    expect(events.map(({ eventType }) => eventType)).toEqual(['START', 'COMPLETE', 'START', 'COMPLETE'])
    expect(events[3]).toMatchObject({
      job: { name: `view/${code}`, facets: { sql: { query: SQL } } },
      outputs: [{ name: code, facets: { columnLineage: { fields: { 人数: { inputFields: [{ name: people, field: '身份证号码', transformations: [{ type: 'DIRECT', subtype: 'AGGREGATION' }] }] } } } } }],
    })
  })

  it('cannot read itself, and stops when it is retired', async () => {
    const { revision } = await fresh(code)
    const loop = await send('POST', '/api/v1/collection/views', { title: '再汇总', layer: 'service', sql: 'select sum(企业数) as 合计 from 汇总', inputs: [{ name: '汇总', entryCode: code }] })
    const second = (loop.body as View).entryCode
    await fresh(second)
    expect(await rowsOf(second)).toEqual([{ 合计: 4 }])
    const turned = await send('PUT', `/api/v1/collection/entries/${code}/view`, { sql: 'select 合计 from 环', inputs: [{ name: '环', entryCode: second }], revision })
    expect(turned.body).toMatchObject({ code: 'collection/view-cycle' })
    expect((await send('POST', `/api/v1/collection/entries/${second}/view/actions/retire`, { reason: '不用了' })).body).toMatchObject({ state: 'retired' })
    expect((await send('POST', `/api/v1/collection/entries/${second}/view/actions/rebuild`, {})).body).toMatchObject({ code: 'collection/wrong-state' })
  })
})

describe('a view over what another department granted', () => {
  it('sees the granted fields and rows, nothing masked, tells who gave them, and is not built any more when the right ends', async () => {
    const granted = await server.anEntry(peopleTable(Array.from({ length: 12 }, (_, number) => personRow(number))))
    const system = await server.aSystem(granted, { filter: [{ field: '区域', op: 'eq', value: '城东' }] })
    const body = { sql: 'select count(*) as 人数, sum(金额) as 金额 from 登记', inputs: [{ name: '登记', entryCode: granted }] }
    const checked = (await send('POST', '/api/v1/collection/views/check', body, there)).body as CheckedView
    expect(checked.inputs).toMatchObject([{ basis: 'grant', fields: [{ name: '登记号' }, { name: '区域' }, { name: '金额' }], masked: ['姓名'] }])
    expect((await send('POST', '/api/v1/collection/views/check', { ...body, sql: 'select 手机号码 from 登记' }, there)).body).toMatchObject({ code: 'collection/view-refused' })
    const made = (await send('POST', '/api/v1/collection/views', { title: '城东汇总', layer: 'topic', ...body }, there)).body as View
    const rows = async () => ((await get(`/data/v1/${made.entryCode}/rows`, there)).body as { items?: unknown[] }).items
    await expect.poll(rows, { timeout: 30_000 }).toEqual([{ 人数: 4, 金额: 404.5 }])
    const told = (await server.evidenceOf('collection.view.built')).find(({ body: { subject } }) => subject.id === made.id)
    expect(told?.body.parties.toSorted()).toEqual([HERE, THERE])
    expect((await get(`/api/v1/collection/entries/${made.entryCode}/view`)).status).toBe(404)
    await system.act('revoke')
    await server.load(peopleTable([personRow(3)]), granted)
    await expect.poll(async () => ((await get(`/api/v1/collection/loads?entryCode=${made.entryCode}&state=failed`, there)).body as { items: { error: { code: string } }[] }).items[0]?.error.code, { timeout: 30_000 })
      .toBe('collection/view-input-lost')
    expect((await get(`/api/v1/collection/entries/${made.entryCode}/view`, there)).body).toMatchObject({ stale: true, problem: 'delivery/revoked' })
    expect(await rows()).toEqual([{ 人数: 4, 金额: 404.5 }])
  })

  it('follows the code of a draft that it reads, and its own', async () => {
    const draft = await load('a,b\n1,x\n2,y\n')
    const made = (await send('POST', '/api/v1/collection/views', { title: '草稿汇总', layer: 'topic', sql: 'select count(*) as 数 from 草稿', inputs: [{ name: '草稿', entryCode: draft }] })).body as View
    await fresh(made.entryCode)
    const moved = async (code: string): Promise<string> => ((await ask(server.app, { method: 'PATCH', url: `/api/v1/catalog/entries/${code}`, headers: here, payload: { classification: '102001' } })).body as { code: string }).code
    const [input, own] = [await moved(draft), await moved(made.entryCode)]
    expect([input, own].every((code) => code.startsWith('102001-'))).toBe(true)
    await load('a,b\n1,x\n2,y\n3,z\n', input)
    await expect.poll(() => rowsOf(own), { timeout: 30_000 }).toEqual([{ 数: 3 }])
  })
})

describe('versions through time', () => {
  it('knows which one was current at an instant', async () => {
    const { items } = (await get(`/api/v1/collection/entries/${companies}/versions`)).body as { items: { number: number; createdAt: string }[] }
    const before = new Date(Date.parse(items.find(({ number }) => number === 2)!.createdAt) - 1).toISOString()
    expect((await get(`/api/v1/collection/entries/${companies}/version-at?at=${before}`)).body).toMatchObject({ number: 1, until: expect.any(String) })
    expect((await get(`/api/v1/collection/entries/${companies}/version-at?at=${new Date().toISOString()}`)).body).toMatchObject({ number: 2, until: null })
    expect((await get(`/api/v1/collection/entries/${companies}/version-at?at=2001-01-01T00:00:00Z`)).status).toBe(404)
  })

  it('lets go of what its rules keep no longer, never of the current one, and says so', async () => {
    await load('代码,名称,区\nC1,甲公司,东\n', companies)
    await load('代码,名称,区\nC1,甲公司,西\n', companies)
    const url = `/api/v1/collection/entries/${companies}/retention`
    expect((await send('PUT', url, { keepVersions: 1, keepDays: null, reason: '少留', revision: 5 })).body).toMatchObject({ code: 'request/conflict' })
    const set = await send('PUT', url, { keepVersions: 1, keepDays: null, reason: '少留', revision: 0 })
    expect((set.body as Retention).due).toEqual([2, 1])
    expect(await server.collection.keepRetention()).toBe(2)
    expect(await server.collection.lake.version(companies, 1)).toBeUndefined()
    expect((await get(`/data/v1/${companies}/versions/1/rows`)).body).toMatchObject({ code: 'delivery/version-gone' })
    expect((await get(`/api/v1/collection/entries/${companies}/versions/1/manifest`)).body).toMatchObject({ ended: { reason: 'retention' }, files: [{ path: 'part-00000.parquet' }] })
    expect((await send('POST', `/api/v1/collection/entries/${companies}/versions/1/actions/use`, { reason: '回退' })).body).toMatchObject({ code: 'collection/version-gone' })
    expect(await rowsOf(companies)).toHaveLength(1)
    expect(await server.collection.keepRetention()).toBe(0)
  })
})

describe('documents beside the rows', () => {
  const send = (fileName: string, value: Buffer, fields: readonly { name: string; value: string }[], headers = here) => {
    const form = aForm([{ name: 'entryCode', value: people }, ...fields, { name: 'file', fileName, value }])
    return ask(server.app, { method: 'POST', url: '/api/v1/collection/objects', ...form, headers: { ...headers, ...form.headers } })
  }
  const found = async (words: string): Promise<string[]> => {
    await server.catalog.searchSettled()
    return ((await get(`/api/v1/catalog/entries?q=${encodeURIComponent(words)}`)).body as { items: { code: string }[] }).items.map(({ code }) => code)
  }

  it('are kept with their words, found by title, and by their words when they are public', async () => {
    const paper = await send('办法.docx', aDocx(['路内泊位差别化收费'], '人员管理办法'), [{ name: 'grade', value: 'public' }])
    expect(paper).toMatchObject({ status: 201, body: { title: '人员管理办法', kind: 'docx', grade: 'public', properties: { author: '沈知澜' } } })
    const plan = await send('plan.pdf', aPdf('Classified quokka survey'), [{ name: 'title', value: '内部踏勘记录' }])
    expect(plan).toMatchObject({ status: 201, body: { kind: 'pdf', pages: 1, grade: 'internal', excerpt: 'Classified quokka survey' } })
    expect(await found('差别化收费')).toContain(people)
    expect(await found('踏勘')).toContain(people)
    expect(await found('quokka')).not.toContain(people)
  })

  it('leave to their department alone while the entry is not published, byte for byte, and recorded', async () => {
    const { items } = (await get(`/api/v1/collection/entries/${people}/objects`)).body as { items: { id: string; title: string; sha256: string }[] }
    expect(items.map(({ title }) => title)).toEqual(['内部踏勘记录', '人员管理办法'])
    const url = `/data/v1/${people}/objects/${items[0]!.id}`
    const file = await server.app.inject({ url, headers: here })
    expect(file.rawPayload.equals(aPdf('Classified quokka survey'))).toBe(true)
    expect(file.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'datong-evidence': expect.any(String) })
    expect((await server.app.inject({ url, headers: there })).statusCode).toBe(404)
    expect((await send('a.docx', aDocx(['x']), [], there)).status).toBe(404)
  })

  it('are refused when they are broken or no documents, and go when they are removed', async () => {
    expect((await send('a.pdf', Buffer.from([0, 1, 2, 3]), [])).body).toMatchObject({ code: 'collection/object-refused', errors: [{ code: 'unknown-kind' }] })
    expect((await send('a.docx', aDocx(['x']).subarray(0, 60), [])).body).toMatchObject({ code: 'collection/object-refused', errors: [{ code: 'broken' }] })
    const { items } = (await get(`/api/v1/collection/entries/${people}/objects`)).body as { items: { id: string }[] }
    for (const { id } of items) await ask(server.app, { method: 'POST', url: `/api/v1/collection/entries/${people}/objects/${id}/actions/remove`, headers: here, payload: { reason: '过期' } })
    expect((await get(`/api/v1/collection/entries/${people}/objects`)).body).toEqual({ items: [] })
    expect(await found('差别化收费')).not.toContain(people)
  })
})
