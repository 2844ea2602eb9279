import type { Load, RecipeBook, RecipePreview, RecipeStep, Version } from '@datong/contracts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, ask, HERE, type TestServer, THERE } from '../../../testing/a-server.ts'
import type { Manifest } from '../tables.ts'
import { aForm } from '../testing.ts'

type Session = Awaited<ReturnType<TestServer['as']>>

let server: TestServer
let provider: Session
let rival: Session
let steward: Session

beforeAll(async () => {
  server = await aServer()
  provider = await server.as('provider', HERE)
  rival = await server.as('provider', THERE)
  steward = await server.as('steward', null)
})
afterAll(() => server.stop())

const get = async <T>(url: string, who = provider): Promise<T> => (await server.app.inject({ method: 'GET', url, headers: who.headers })).json<T>()
const post = (url: string, payload: object, who = provider) => ask(server.app, { method: 'POST', url, payload, headers: who.headers })
const ended = async (loadId: unknown): Promise<Load> => {
  for (;;) {
    const load = await get<Load>(`/api/v1/collection/loads/${String(loadId)}`)
    if (load.state === 'done' || load.state === 'failed') return load
    await sleep(30)
  }
}
const load = async (content: string, fields: Record<string, string> = {}): Promise<Load> => {
  const form = aForm([...Object.entries(fields).map(([name, value]) => ({ name, value })), { name: 'file', value: content, fileName: '项目.csv' }])
  const { status, body } = await ask(server.app, { method: 'POST', url: '/api/v1/collection/uploads', ...form, headers: { ...form.headers, ...provider.headers } })
  expect([status, body]).toMatchObject([202, { loadId: expect.any(String) }])
  return ended(body['loadId'])
}
const recipes = (code: string, rest = '') => `/api/v1/collection/recipes/${code}${rest}`
const save = (code: string, steps: readonly RecipeStep[], after: number, keepReading = false, who = provider) => post(recipes(code), { title: '项目清洗', steps, keepReading, after }, who)
const current = async (code: string): Promise<Version> => (await get<{ items: Version[] }>(`/api/v1/collection/entries/${code}/versions`)).items.find((version) => version.current)!
const manifestOf = async (code: string, number: number): Promise<Manifest> => JSON.parse(await readFile(join(server.home, 'lake', code, `v${number}`, 'manifest.json'), 'utf8')) as Manifest // written by the product

const DIRTY = ['2026年重点项目表', '编号,项目,投资,面积,开工', 'P1, 一号桥 ,1.2亿元,100,108/3/1', 'P2,二号桥,3500万元,0,2019/11/5', 'P2,二号桥（重报）,3500万元,50,2019/11/5', 'P3,"学校, 东",12,40,', ''].join('\n')
const STEPS: readonly RecipeStep[] = [
  { kind: 'trim', fields: [], inner: 'keep' },
  { kind: 'amount', fields: ['投资'], unless: '万元', unit: '万元', misfit: 'reject' },
  { kind: 'day', fields: ['开工'], era: 'roc', order: 'ymd', serial: false, time: false, misfit: 'keep' },
  { kind: 'calculate', into: '单价', formula: 'round([投资] / [面积], 2)', misfit: 'reject' },
  { kind: 'dedupe', fields: ['编号'], keep: 'first', by: '' },
]

describe('a recipe of an entry', () => {
  let code: string
  it('is previewed on the real rows, with counts of what changes, by the own department alone', async () => {
    const first = await load(DIRTY, { title: '重点项目' })
    expect(first).toMatchObject({ state: 'done', rowsStored: 4 })
    code = first.entryCode
    const { status, body } = await post(recipes(code, '/preview'), { steps: STEPS })
    const preview = body as unknown as RecipePreview // the answer was checked against its schema
    expect([status, preview]).toMatchObject([200, { version: 1, rowsLooked: 4, rows: 4, whole: true, inputs: ['编号', '项目', '投资', '面积', '开工'] }])
    expect(preview.counts).toMatchObject({ rowsIn: 4, rowsOut: 3, rowsRejected: 1, rowsDropped: 0, rowsChanged: 2 })
    expect(preview.counts.steps.map(({ cells, rowsRejected }) => [cells, rowsRejected])).toEqual([[{ 项目: 1 }, 0], [{ 投资: 3 }, 0], [{ 开工: 3 }, 0], [{ 单价: 3 }, 1], [{}, 0]])
    expect(preview.examples[1]).toContainEqual({ line: 1, field: '投资', before: '1.2亿元', after: '12000' })
    expect(preview.refused).toMatchObject([{ line: 2, step: 3, reason: 'division-by-zero', field: '单价' }])
    expect(preview.fields.at(-2)).toMatchObject({ name: '单价', from: ['投资', '面积'], how: ['trim', 'amount', 'calculate'] })

    for (const who of [rival]) expect((await post(recipes(code, '/preview'), { steps: [] }, who)).status).toBe(404)
    expect((await post(recipes(code, '/preview'), { steps: [] }, steward)).status).toBe(403)
    expect((await post(recipes(code, '/preview'), { steps: [{ kind: 'trim', fields: ['没有'], inner: 'keep' }] })).body).toMatchObject({ code: 'cleansing/recipe-does-not-fit', errors: [{ pointer: '/steps/0/fields/0', code: 'unknown-field' }] })
  })

  it('is suggested from the rows, without a row leaving', async () => {
    const { items } = await get<{ items: { step: RecipeStep; counts: { rowsChanged: number } }[] }>(recipes(code, '/suggestions'))
    expect(items.map(({ step, counts }) => [step.kind, 'fields' in step ? step.fields : [], counts.rowsChanged])).toEqual([['trim', ['项目'], 1], ['amount', ['投资'], 3], ['day', ['开工'], 3]])
    expect((await post(recipes(code, '/preview'), { steps: items.map(({ step }) => step) })).status).toBe(200)
  })

  it('is replayed over the original of what is there', async () => {
    expect((await post(recipes(code, '/replay'), {})).body).toMatchObject({ code: 'cleansing/no-recipe' })
    expect(await save(code, STEPS, 0, true)).toMatchObject({ status: 201, body: { number: 1, active: true, reading: { format: 'delimited', skipRows: 1, headerRows: 1 } } })
    expect((await save(code, STEPS, 0)).body).toMatchObject({ code: 'request/conflict' })
    expect((await save(code, STEPS, 1, false, rival)).status).toBe(404)

    const { status, body } = await post(recipes(code, '/replay'), {})
    expect(status).toBe(202)
    expect(await ended(body['loadId'])).toMatchObject({ state: 'done', kind: 'recipe', rowsRead: 4, rowsStored: 3, rowsRejected: 1 })
    const version = await current(code)
    expect(version).toMatchObject({ number: 2, rowCount: 3 })
    expect(version.fields).toEqual([{ name: '编号', type: 'text' }, { name: '项目', type: 'text' }, { name: '投资', type: 'integer' }, { name: '面积', type: 'integer' }, { name: '单价', type: 'decimal' }, { name: '开工', type: 'date' }])
    const rejects = await get<{ items: object[] }>(`/api/v1/collection/loads/${version.loadId}/rejects`)
    expect(rejects.items).toMatchObject([{ line: 2, field: '单价', reason: 'division-by-zero', detail: 'division by zero in round([投资] / [面积], 2)', excerpt: expect.stringContaining('P2,二号桥,') }])
  })

  it('goes over each load, with the same way of reading, and keeps the original', async () => {
    const done = await load(`${DIRTY}P4,四号桥,不详,1,\nP4,四号桥,1亿,10,\nP4,四号桥,2亿,10,\n`, { entryCode: code })
    expect(done).toMatchObject({ state: 'done', rowsRead: 7, rowsStored: 4, rowsRejected: 3, version: 3 })
    expect(done.detection?.reasons.map(({ code: given }) => given)).toContain('import/given')
    const { items } = await get<{ items: { line: number; reason: string; detail: string }[] }>(`/api/v1/collection/loads/${done.id}/rejects`)
    expect(items.map(({ line, reason }) => [line, reason])).toEqual([[4, 'division-by-zero'], [7, 'unreadable-value'], [9, 'duplicate-row']])

    const manifest = await manifestOf(code, 3)
    expect(manifest.original).toMatchObject({ rowCount: 7, whole: true, fields: [{ name: '编号', type: 'text' }, { name: '项目', type: 'text' }, { name: '投资', type: 'text' }, { name: '面积', type: 'text' }, { name: '开工', type: 'text' }] })
    const book = await get<RecipeBook>(recipes(code))
    expect(book).toMatchObject({ table: { version: 3, rows: 7, original: true }, mayEdit: true, recipes: [{ number: 1, active: true }] })
    expect(book.runs.map(({ version, counts }) => [version, counts.rowsIn, counts.rowsOut, counts.rowsRejected, counts.rowsDropped])).toEqual([[3, 7, 4, 2, 1], [2, 4, 3, 1, 0]])

    const rowsOf = () => get<{ items: object[] }>(`/data/v1/${code}/rows?limit=20`)
    const cleaned = await rowsOf()
    expect(cleaned.items).toHaveLength(4)
    const { body } = await post(recipes(code, '/replay'), {})
    await ended(body['loadId'])
    const [before, again] = [await manifestOf(code, 3), await manifestOf(code, 4)]
    expect((await rowsOf()).items).toEqual(cleaned.items)
    expect(again.fields).toEqual(before.fields)
    expect(again.original).toMatchObject({ rowCount: 7, whole: true, fields: before.original?.fields })
  })

  it('appears in the lineage of the version, field by field', async () => {
    const { rows } = await server.store.pool.query<{ lineage: object }>('select lineage from collection.version where entry_code = $1 and number = 3', [code])
    expect(rows[0]?.lineage).toMatchObject({
      inputs: [{ kind: 'file', name: '项目.csv' }], steps: [{ kind: 'recipe', id: code, version: 1, title: '项目清洗' }],
      fields: expect.arrayContaining([
        { field: '编号', from: [{ input: 0, field: '编号' }], how: 'changed' }, { field: '单价', from: [{ input: 0, field: '投资' }, { input: 0, field: '面积' }], how: 'round([投资] / [面积], 2)' },
      ]),
    })
  })

  it('fails a load that lost a field which it names, and says which', async () => {
    const failed = await load('表\n编号,项目,面积,开工\nP1,桥,1,\nP2,桥,2,\n', { entryCode: code })
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'cleansing/recipe-does-not-fit', errors: expect.arrayContaining([{ pointer: '/steps/1/fields/0', code: 'unknown-field', message: expect.stringContaining('投资') }]) } })
  })

  it('follows its draft to another code', async () => {
    const moved = await ask(server.app, { method: 'PATCH', url: `/api/v1/catalog/entries/${code}`, payload: { classification: '102001' }, headers: provider.headers })
    expect(moved).toMatchObject({ status: 200, body: { code: expect.stringMatching(/^102001-/) } })
    code = String(moved.body['code'])
    const book = await get<RecipeBook>(recipes(code))
    expect([book.recipes.length, book.recipes[0]?.active, book.runs.length]).toEqual([1, true, 3])
  })

  it('can be taken out of use, and another chosen, with evidence', async () => {
    expect((await post(recipes(code, '/active'), { number: 9, reason: '试' })).status).toBe(404)
    expect((await post(recipes(code, '/active'), { number: null, reason: '本月来的是干净数据' })).body).toMatchObject({ recipes: [{ number: 1, active: false }] })
    const plain = await load(DIRTY, { entryCode: code })
    expect(plain).toMatchObject({ state: 'done', rowsStored: 4 })
    expect((await manifestOf(code, plain.version ?? 0)).original).toBeUndefined()
    expect(await get<{ items: object[] }>('/api/v1/collection/recipes', steward)).toMatchObject({ items: [{ entryCode: code, active: null, newest: 1, steps: 5, lastRun: { version: 4, rowsIn: 7, rowsOut: 4 } }] })
    expect(await get<{ items: object[] }>('/api/v1/collection/recipes', rival)).toMatchObject({ items: [] })
    const records = await get<{ items: { body: { action: string } }[] }>(`/api/v1/evidence/entries?limit=100`, provider)
    expect(records.items.map(({ body }) => body.action)).toEqual(expect.arrayContaining(['collection.recipe.saved', 'collection.recipe.chosen', 'collection.recipe.previewed']))
  })
})
