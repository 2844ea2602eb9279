import type { Form, FormField, FormRow, Load } from '@datong/contracts'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, BUREAU, HERE, type TestServer, THERE } from '../../../testing/a-server.ts'

type Session = Awaited<ReturnType<TestServer['as']>>

const field = (change: Partial<FormField> & { name: string }): FormField => ({
  element: null, type: 'text', required: false, maxLength: null, scale: null, minimum: null, maximum: null, codeList: null, recognizer: null, help: null, ...change,
})
const FIELDS = [field({ name: '窗口名称', required: true, maxLength: 20 }), field({ name: '人数', type: 'integer', minimum: 0 }), field({ name: '启用日期', type: 'date' }), field({ name: '性别', codeList: 'GB2261.1' })]
const design = (change: object = {}) => ({ title: '办事窗口', about: '每个窗口一行', organisation: BUREAU, departments: [HERE, THERE], fields: FIELDS, keyFields: ['窗口名称'], dueOn: '2026-12-31', ...change })

describe('forms', () => {
  let server: TestServer
  let steward: Session
  let here: Session
  let there: Session
  let leader: Session

  beforeAll(async () => {
    server = await aServer()
    ;[steward, here, there, leader] = await Promise.all([server.as('steward', BUREAU), server.as('provider', HERE), server.as('provider', THERE), server.as('provider', BUREAU)])
  })
  afterAll(() => server.stop())

  async function api<T>(who: Session, method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object): Promise<{ status: number; body: T }> {
    const answer = await server.app.inject({ method, url: `/api/v1/collection/forms${path}`, headers: who.headers, ...(payload === undefined ? {} : { payload }) })
    return { status: answer.statusCode, body: answer.json<T>() }
  }
  const anOpenForm = async (change: object = {}): Promise<Form> => {
    const { body } = await api<Form>(steward, 'POST', '', design(change))
    return (await api<Form>(steward, 'POST', `/${body.id}/actions/open`, {})).body
  }
  const fill = async (who: Session, form: Form, rows: readonly Record<string, string>[]) => (await api<{ items: FormRow[]; total: number }>(who, 'POST', `/${form.id}/rows`, { rows: rows.map((values) => ({ values })), remove: [] })).body
  const act = (who: Session, form: Form, organisation: string, action: string, body: object = {}) => api<Form & { code?: string; errors?: { pointer: string; code: string }[] }>(who, 'POST', `/${form.id}/tasks/${organisation}/actions/${action}`, body)

  /** The rows of the form's resource, when all its loads are done. */
  async function loaded(form: Form, version: number): Promise<{ entryCode: string; load: Load }> {
    for (;;) {
      const { body } = await api<Form>(steward, 'GET', `/${form.id}`)
      if (body.entryCode !== null && body.lastLoad?.state === 'done') {
        const load = (await server.app.inject({ url: `/api/v1/collection/loads/${body.lastLoad.id}`, headers: steward.headers })).json<Load>()
        if (load.version === version) return { entryCode: body.entryCode, load }
      }
      if (body.lastLoad?.state === 'failed') throw new Error(JSON.stringify(body))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  it('are designed by the bureau, and refused with everything that does not hold together', async () => {
    const fields = [field({ name: '甲' }), field({ name: '甲 ' }), field({ name: '填报单位' }), field({ name: '乙', type: 'integer', codeList: 'GB2261.1', minimum: 2, maximum: 1 }), field({ name: '丙', codeList: 'NOTHING', recognizer: 'nothing' })]
    const { status, body } = await api<{ code: string; errors: { pointer: string }[] }>(steward, 'POST', '', design({ fields, keyFields: ['丁'], departments: ['11990100MB0000009Y'] }))
    expect([status, body.code]).toEqual([422, 'collection/form-invalid'])
    expect(body.errors.map(({ pointer }) => pointer)).toEqual(['/departments/0', '/fields/1/name', '/fields/2/name', '/fields/3/minimum', '/fields/3/type', '/fields/4/codeList', '/fields/4/recognizer', '/keyFields/0'])
    expect((await api(here, 'POST', '', design())).status).toBe(403)
  })

  it('are unknown to departments before they are opened, and to those that are not asked', async () => {
    const { body } = await api<Form>(steward, 'POST', '', design({ departments: [HERE] }))
    expect((await api(here, 'GET', `/${body.id}`)).status).toBe(404)
    await api(steward, 'POST', `/${body.id}/actions/open`, {})
    expect([(await api(here, 'GET', `/${body.id}`)).status, (await api(there, 'GET', `/${body.id}`)).status, (await api(leader, 'POST', `/${body.id}/rows`, { rows: [], remove: [] })).status]).toEqual([200, 404, 404])
  })

  it('keep rows with what is wrong with them, and are handed in when nothing is', async () => {
    const form = await anOpenForm()
    const { items } = await fill(here, form, [{ 窗口名称: ' 一号窗 ', 人数: '1,200', 启用日期: '2026年1月5日', 性别: '男' }, { 人数: '-1', 启用日期: '昨天', 别的: '没有这一栏' }, { 窗口名称: '一号窗' }])
    expect(items.map(({ values, issues }) => [values, issues.map(({ field: name, code }) => `${name} ${code}`)])).toEqual([
      [{ 窗口名称: '一号窗', 人数: '1200', 启用日期: '2026-01-05', 性别: '1' }, []],
      [{ 人数: '-1', 启用日期: '昨天' }, ['窗口名称 required', '人数 too-small', '启用日期 not-date']], [{ 窗口名称: '一号窗' }, []],
    ])
    const refused = await act(here, form, HERE, 'submit')
    expect([refused.status, refused.body.code]).toEqual([422, 'collection/form-incomplete'])
    expect(refused.body.errors?.map(({ pointer, code }) => `${decodeURI(pointer)} ${code}`)).toEqual(['/rows/1/窗口名称 required', '/rows/1/人数 too-small', '/rows/1/启用日期 not-date', '/rows/2/窗口名称 duplicate'])
    const { body: list } = await api<{ items: FormRow[]; total: number }>(here, 'GET', `/${form.id}/rows?limit=2`)
    expect([list.total, list.items.map(({ issues }) => issues.length)]).toEqual([3, [0, 3]])
    await api(here, 'POST', `/${form.id}/rows`, { rows: [{ id: items[2]!.id, values: { 窗口名称: '二号窗' } }], remove: [items[1]!.id] })
    const handed = await act(here, form, HERE, 'submit')
    expect([handed.status, handed.body.own]).toMatchObject([200, { state: 'submitted', rows: 2, submittedRows: 2, allowedActions: ['revise'] }])
    expect((await api(here, 'POST', `/${form.id}/rows`, { rows: [], remove: [] })).status).toBe(409)
  })

  it('load what departments hand in into one resource, with who handed it in', async () => {
    const form = await anOpenForm()
    await fill(here, form, [{ 窗口名称: '甲窗', 人数: '3' }, { 窗口名称: '乙窗', 启用日期: '2026-01-05' }])
    await act(here, form, HERE, 'submit')
    const { entryCode } = await loaded(form, 1)
    await fill(there, form, [{ 窗口名称: '甲窗', 人数: '5', 性别: '女' }])
    await act(there, form, THERE, 'submit')
    const { load } = await loaded(form, 2)
    expect(load).toMatchObject({ kind: 'form', state: 'done', rowsRead: 3, rowsStored: 3, rowsRejected: 0 })
    const version = await server.collection.lake.version(entryCode, 2)
    expect(version?.fields.map(({ name, type }) => `${name} ${type}`)).toEqual(['窗口名称 text', '人数 integer', '启用日期 date', '性别 text', '填报单位 text', '填报单位代码 text', '提交时间 datetime'])
    // What is being revised stays in the resource as it was handed in until it is handed in again.
    await act(here, form, HERE, 'revise')
    const { body: { items } } = await api<{ items: FormRow[] }>(here, 'GET', `/${form.id}/rows`)
    await api(here, 'POST', `/${form.id}/rows`, { rows: [{ id: items[0]!.id, values: { 窗口名称: '丙窗' } }], remove: [items[1]!.id] })
    expect((await api<{ total: number }>(here, 'GET', `/${form.id}/rows`)).body.total).toBe(1)
    await act(there, form, THERE, 'revise')
    await act(there, form, THERE, 'submit')
    expect((await loaded(form, 3)).load.rowsRead).toBe(3)
    await act(here, form, HERE, 'submit')
    expect((await loaded(form, 4)).load.rowsRead).toBe(2)
  })

  it('are handed back by the bureau with a reason, and mended by their department', async () => {
    const form = await anOpenForm()
    await fill(here, form, [{ 窗口名称: '甲窗' }])
    expect((await act(steward, form, HERE, 'submit')).status).toBe(403)
    await act(here, form, HERE, 'submit')
    expect((await act(steward, form, HERE, 'return')).status).toBe(422)
    expect((await act(steward, form, HERE, 'return', { reason: '少了二楼的窗口' })).body.tasks[0]).toMatchObject({ state: 'returned', reason: '少了二楼的窗口' })
    expect((await api<Form>(here, 'GET', `/${form.id}`)).body.own).toMatchObject({ state: 'returned', reason: '少了二楼的窗口', allowedActions: ['fill', 'submit'] })
    await fill(here, form, [{ 窗口名称: '乙窗' }])
    expect((await act(here, form, HERE, 'submit')).body.own).toMatchObject({ state: 'submitted', reason: null })
  })

  it('change only while they are not open, and keep departments that have filled something in', async () => {
    const form = await anOpenForm()
    const changed = (body: object, revision = form.revision) => api<Form & { code: string }>(steward, 'PATCH', `/${form.id}`, { ...body, revision })
    expect((await changed({ fields: FIELDS })).body.code).toBe('collection/form-not-now')
    expect((await changed({ title: '窗口' }, 0)).status).toBe(409)
    await fill(here, form, [{ 窗口名称: '甲窗' }])
    expect((await changed({ departments: [THERE] })).body.code).toBe('collection/form-invalid')
    const { body } = await changed({ departments: [HERE], dueOn: null })
    expect([body.departments, body.dueOn]).toEqual([1, null])
    expect((await api(steward, 'POST', `/${form.id}/actions/close`, {})).status).toBe(200)
    expect((await api(here, 'POST', `/${form.id}/rows`, { rows: [], remove: [] })).status).toBe(409)
  })

  it('show their rows to no other department, and to nobody who only looks on', async () => {
    const form = await anOpenForm()
    const { items } = await fill(here, form, [{ 窗口名称: '甲窗' }])
    expect((await api<{ items: FormRow[] }>(there, 'GET', `/${form.id}/rows`)).body.items).toEqual([])
    expect((await api(steward, 'GET', `/${form.id}/rows`)).status).toBe(403)
    expect((await api(there, 'POST', `/${form.id}/rows`, { rows: [{ id: items[0]!.id, values: { 窗口名称: '改' } }], remove: [] })).status).toBe(409)
    await api(there, 'POST', `/${form.id}/rows`, { rows: [], remove: [items[0]!.id] })
    expect((await api<{ total: number }>(here, 'GET', `/${form.id}/rows`)).body.total).toBe(1)
  })

  it('give a sheet to fill in, with choices', async () => {
    const form = await anOpenForm()
    const answer = await server.app.inject({ url: `/api/v1/collection/forms/${form.id}/template.xlsx`, headers: here.headers })
    const book = new exceljs.Workbook()
    await book.xlsx.load(answer.rawPayload as unknown as ArrayBuffer) // exceljs takes a Buffer
    const sheet = book.worksheets[0]!
    expect((sheet.getRow(1).values as unknown[]).slice(1)).toEqual(FIELDS.map(({ name }) => name))
    expect(sheet.getCell('D2').dataValidation.formulae?.[0]).toContain('男')
  })
})
