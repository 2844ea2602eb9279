import type { Entry, Load, Quality, Version } from '@datong/contracts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, ask, HERE, type TestServer, THERE } from '../../testing/a-server.ts'
import { aForm, peopleCsv } from './testing.ts'

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

const send = (parts: Parameters<typeof aForm>[0], who = provider) => {
  const form = aForm(parts)
  return ask(server.app, { method: 'POST', url: '/api/v1/collection/uploads', ...form, headers: { ...form.headers, ...who.headers } })
}
const upload = (content: string | Uint8Array, fields: Record<string, string> = {}, fileName = '社保参保.csv', who = provider) =>
  send([...Object.entries(fields).map(([name, value]) => ({ name, value })), { name: 'file', value: content, fileName }], who)
const get = async <T = Record<string, unknown>>(url: string, who: Session | null = provider): Promise<{ status: number; body: T }> => {
  const answer = await server.app.inject({ method: 'GET', url, headers: who?.headers ?? {} })
  return { status: answer.statusCode, body: answer.json<T>() }
}
const post = (url: string, payload: object, who = provider) => ask(server.app, { method: 'POST', url, payload, headers: who.headers })
const ended = async (loadId: unknown): Promise<Load> => {
  for (;;) {
    const { body } = await get<Load>(`/api/v1/collection/loads/${String(loadId)}`)
    if (body.state === 'done' || body.state === 'failed') return body
    await sleep(30)
  }
}
const load = async (content: string | Uint8Array, fields: Record<string, string> = {}, fileName?: string): Promise<Load> => {
  const { status, body } = await upload(content, fields, fileName)
  expect([status, body]).toMatchObject([202, { loadId: expect.any(String) }])
  return ended(body['loadId'])
}
const versions = async (code: string, who: Session | null = provider) => (await get<{ items: Version[] }>(`/api/v1/collection/entries/${code}/versions`, who)).body.items

/** The few characters that the test needs, in GB18030. */
function gb18030(text: string): Buffer {
  const codes: Record<string, number> = { 编: 0xb1e0, 号: 0xbac5, 名: 0xc3fb, 称: 0xb3c6, 停: 0xcda3, 车: 0xb3b5, 场: 0xb3a1 }
  return Buffer.from([...text].flatMap((char) => { const code = codes[char]; return code === undefined ? [char.charCodeAt(0)] : [code >> 8, code & 0xff] }))
}

describe('a file that comes in', () => {
  it('becomes a described entry with profile, figures, grades and masks', async () => {
    const done = await load(peopleCsv())
    expect(done).toMatchObject({ state: 'done', progress: 1, rowsRead: 200, rowsStored: 200, rowsRejected: 0, version: 1, fileName: '社保参保.csv', error: null })
    expect(done.detection).toMatchObject({ format: 'delimited', encoding: 'utf-8', delimiter: ',', headerRows: 1, columns: 6 })

    const { body: entry } = await get<Entry>(`/api/v1/catalog/entries/${done.entryCode}`)
    expect(entry).toMatchObject({ title: '社保参保', state: 'draft', version: 1, rowCount: 200, grade: 'secret' })
    expect(entry.fields.map(({ name, type, grade, masking, identifier }) => [name, type, grade, masking, identifier])).toEqual([
      ['参保编号', 'text', 'public', null, true],
      ['姓名', 'text', 'internal', 'name', false],
      ['公民身份号码', 'text', 'secret', 'citizen-number', false],
      ['联系电话', 'text', 'internal', 'phone', false],
      ['参保月数', 'integer', 'public', null, false],
      ['最近缴费日期', 'date', 'public', null, false],
    ])
    expect(JSON.stringify(entry.fields)).not.toMatch(/339902\d|138\d{8}/)

    const { body: quality } = await get<Quality>(`/api/v1/quality/entries/${done.entryCode}`)
    expect(quality).toMatchObject({ version: 1, stars: entry.stars })
    expect(quality.results.find(({ rule, field }) => rule === 'citizen-number' && field === '公民身份号码')).toMatchObject({ checked: 200, failing: 0 })

    const [version] = await versions(done.entryCode)
    expect(version).toMatchObject({ number: 1, rowCount: 200, current: true, source: '社保参保.csv', contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('keeps rows read equal to rows stored and rejected, and lists the rejects for its own department only', async () => {
    const lines = peopleCsv(1000).split('\n')
    lines[10] = `${lines[10]},多余`
    lines[20] = '=cmd|calc,只有两列'
    lines[30] = lines[30]!.replace(/,\d+,[^,]*$/, ',不是数字,2026-01-15')
    const done = await load(lines.join('\n'))
    expect(done).toMatchObject({ state: 'done', rowsRead: 1000, rowsStored: 997, rowsRejected: 3 })

    const url = `/api/v1/collection/loads/${done.id}/rejects`
    const first = await get<{ items: { line: number; reason: string; field: string | null }[]; nextCursor: string; total: number }>(`${url}?limit=2`)
    const rest = await get<{ items: { line: number; reason: string; field: string | null }[]; nextCursor: null }>(`${url}?limit=2&cursor=${first.body.nextCursor}`)
    expect(first.body.total).toBe(3)
    expect([...first.body.items, ...rest.body.items].map(({ line, reason, field }) => [line, reason, field])).toEqual([
      [11, 'too-many-fields', null], [21, 'too-few-fields', null], [31, 'value-does-not-fit', '参保月数'],
    ])
    const csv = await server.app.inject({ method: 'GET', url, headers: { ...provider.headers, accept: 'text/csv' } })
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body.split('\r\n')).toHaveLength(5)
    expect(csv.body).toContain(`"'=cmd|calc,只有两列"`)

    expect((await get(url, rival)).status).toBe(404)
    expect((await get(url, steward)).status).toBe(403)
    expect((await get(`/api/v1/collection/loads/${done.id}`, rival)).status).toBe(404)
    expect((await get(`/api/v1/collection/loads/${done.id}`, steward)).status).toBe(200)
  })

  it.each([
    ['nothing in it', '', 'collection/empty-file'],
    ['a header only', '编号,名称\n', 'collection/no-rows'],
    ['a zip inside, whatever its name', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, ...Array.from({ length: 40 }, () => 0)]), 'collection/unsupported-format'],
    ['more rows that do not fit than do', `a,b,c\n${'1,2,3\n'.repeat(10)}${'1\n1,2\n'.repeat(8)}`, 'collection/too-many-rejects'],
  ])('fails and says why when it has %s', async (_, content, code) => {
    const failed = await load(content, {}, '坏文件.csv')
    expect(failed).toMatchObject({ state: 'failed', version: null, error: { code, errors: [{ pointer: '/file' }] } })
    expect(failed.finishedAt).not.toBeNull()
    expect(await versions(failed.entryCode)).toEqual([])
  })

  it.each([
    ['hundreds of columns', `${Array.from({ length: 300 }, (_, i) => `指标${i}`).join(',')}\n${`${Array.from({ length: 300 }, (_, i) => i).join(',')}\n`.repeat(5)}`, { rowsRead: 5, rowsStored: 5 }],
    ['two columns of one name', '编号,名称,名称\n1,甲,乙\n2,丙,丁\n', { rowsRead: 2, rowsStored: 2 }],
    ['a NUL byte in a row', '编号,名称\n1,甲\n2,乙\u0000乙\n3,丙\n4,丁\n', { rowsRead: 4, rowsStored: 3, rowsRejected: 1 }],
    ['columns called as the platform calls its own', '_row,_line,x\n1,2,3\n4,5,6\n', { rowsRead: 2, rowsStored: 2 }],
    ['broken GB18030 in the middle', Buffer.concat([gb18030('编号,名称\n'), ...Array.from({ length: 20 }, (_, i) => gb18030(`${i},停车场名称\n`)), Buffer.from([0x39, 0x39, 0x2c, 0xb0, 0xff, 0xff, 0x0a]), gb18030('21,停车场\n')]), { rowsRead: 22, rowsStored: 21, rowsRejected: 1 }],
  ])('survives %s', async (_, content, counts) => {
    expect(await load(content, {}, '怪文件.csv')).toMatchObject({ state: 'done', error: null, ...counts })
  })

  it('is taken again from the stored file when asked, but not while it runs or is done', async () => {
    const failed = await load('编号,名称\n', {}, '空表.csv')
    const retried = await post(`/api/v1/collection/loads/${failed.id}/actions/retry`, {})
    expect(retried).toMatchObject({ status: 202, body: { state: 'received', error: null } })
    expect(await ended(failed.id)).toMatchObject({ state: 'failed', error: { code: 'collection/no-rows' } })
    const done = await load(peopleCsv(20))
    expect(await post(`/api/v1/collection/loads/${done.id}/actions/retry`, {})).toMatchObject({ status: 409, body: { code: 'collection/wrong-state' } })
    expect((await post(`/api/v1/collection/loads/${failed.id}/actions/retry`, {}, rival)).status).toBe(404)
  })

  it('tells how it goes as events until it ends', async () => {
    const { body } = await upload(peopleCsv(50))
    const events = await server.app.inject({ method: 'GET', url: `/api/v1/collection/loads/${String(body['loadId'])}/events`, headers: provider.headers })
    expect(events.headers['content-type']).toContain('text/event-stream')
    const states = [...events.body.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json!) as Load)
    expect(states.at(-1)).toMatchObject({ state: 'done', rowsStored: 50 })
    expect(states.map(({ progress }) => progress)).toEqual(states.map(({ progress }) => progress).toSorted((a, b) => a - b))
  })
})

describe('the upload form', () => {
  const file = { name: 'file', value: peopleCsv(5), fileName: 'a.csv' }

  it('wants its fields before the file, and names everything that is wrong', async () => {
    expect(await send([file, { name: 'title', value: '迟到的标题' }])).toMatchObject({ status: 422, body: { errors: [{ pointer: '/title', code: 'after-file' }] } })
    expect(await send([{ name: 'colour', value: 'red' }, file])).toMatchObject({ status: 422, body: { errors: [{ pointer: '/colour', code: 'unknown' }] } })
    expect(await send([{ name: 'title', value: '没有文件' }])).toMatchObject({ status: 422, body: { errors: [{ pointer: '/file', code: 'required' }] } })
    expect(await send([file, { ...file, fileName: 'b.csv' }])).toMatchObject({ status: 422, body: { errors: [{ pointer: '/file', code: 'maxItems' }] } })
  })

  it('takes files for the own department and its own entries only', async () => {
    expect(await send([{ name: 'organisation', value: THERE }, file])).toMatchObject({ status: 422, body: { errors: [{ pointer: '/organisation', code: 'not-own' }] } })
    expect(await send([{ name: 'organisation', value: HERE }, file])).toMatchObject({ status: 202 })
    const { entryCode } = await load(peopleCsv(5), {}, 'mine.csv')
    expect(await send([{ name: 'entryCode', value: entryCode }, file], rival)).toMatchObject({ status: 404 })
    expect(await send([{ name: 'entryCode', value: '301999-999999' }, file])).toMatchObject({ status: 404 })
    expect(await send([file], steward)).toMatchObject({ status: 403 })
  })

  it('says that a broken form is broken', async () => {
    const { payload, headers } = aForm([file])
    const cut = (payload as Buffer).subarray(0, -30) // aForm makes a Buffer
    const answer = await ask(server.app, { method: 'POST', url: '/api/v1/collection/uploads', payload: cut, headers: { ...headers, ...provider.headers } })
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/malformed' } })
  })
})

describe('versions', () => {
  it('follow one another, and an older one can be used again', async () => {
    const { entryCode } = await load(peopleCsv(30), { title: '参保人员' }, 'first.csv')
    const second = await load(peopleCsv(40), { entryCode }, 'second.csv')
    expect(second).toMatchObject({ state: 'done', version: 2, entryTitle: '参保人员' })
    expect((await versions(entryCode)).map(({ number, current, rowCount }) => [number, current, rowCount])).toEqual([[2, true, 40], [1, false, 30]])

    expect(await post(`/api/v1/collection/entries/${entryCode}/versions/1/actions/use`, { reason: '第二版有误' })).toMatchObject({ status: 200, body: { number: 1, current: true } })
    expect((await versions(entryCode)).map(({ number, current }) => [number, current])).toEqual([[2, false], [1, true]])
    expect((await server.collection.lake.current(entryCode))?.rowCount).toBe(30)
    expect(await post(`/api/v1/collection/entries/${entryCode}/versions/9/actions/use`, { reason: '没有' })).toMatchObject({ status: 404 })
    expect(await post(`/api/v1/collection/entries/${entryCode}/versions/1/actions/use`, { reason: '别人的' }, rival)).toMatchObject({ status: 404 })
    expect((await get(`/api/v1/collection/entries/${entryCode}/versions`, null)).status).toBe(404)
  })

  it('of two uploads at once both become one', async () => {
    const { entryCode } = await load(peopleCsv(10), {}, 'base.csv')
    const both = await Promise.all([upload(peopleCsv(300), { entryCode }, 'x.csv'), upload(peopleCsv(200), { entryCode }, 'y.csv')])
    const loads = await Promise.all(both.map(({ body }) => ended(body['loadId'])))
    expect(loads.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(loads.map(({ version }) => version).toSorted()).toEqual([2, 3])
    expect((await versions(entryCode)).map(({ number, current }) => [number, current])).toEqual([[3, true], [2, false], [1, false]])
  })
})

describe('the list of loads', () => {
  it('shows a department its own, page by page', async () => {
    const page = await get<{ items: Load[]; nextCursor: string; total: number }>('/api/v1/collection/loads?limit=3&state=done')
    expect(page.body.items).toHaveLength(3)
    const next = await get<{ items: Load[] }>(`/api/v1/collection/loads?limit=3&state=done&cursor=${page.body.nextCursor}`)
    expect(next.body.items[0]!.id < page.body.items[2]!.id).toBe(true)
    expect((await get<{ total: number }>('/api/v1/collection/loads', rival)).body.total).toBe(0)
    expect((await get<{ total: number }>('/api/v1/collection/loads', steward)).body.total).toBeGreaterThanOrEqual(page.body.total)
    expect((await get('/api/v1/collection/loads?limit=3&state=failed&cursor=' + page.body.nextCursor)).status).toBe(422)
  })
})
