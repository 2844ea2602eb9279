import type { Entry, Load, Version } from '@datong/contracts'
import exceljs from 'exceljs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aForm } from './modules/collection/testing.ts'
import { aServer, BUREAU, HERE, type TestServer } from './testing/a-server.ts'
import { hasShared, SHARED } from './testing/shared-files.ts'

type Person = Awaited<ReturnType<TestServer['as']>>

let server: TestServer
let provider: Person
let steward: Person

beforeAll(async () => {
  server = await aServer()
  provider = await server.as('provider', HERE)
  steward = await server.as('steward', BUREAU)
})
afterAll(() => server.stop())

async function call<T>(who: Person | null, method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object): Promise<{ status: number; body: T }> {
  const answer = await server.app.inject({ method, url: encodeURI(url), headers: who?.headers ?? {}, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<T>() }
}

/** Uploads through the form, as a browser does, and waits for the end of the load. */
async function load(content: string | Uint8Array, fileName = '表.csv'): Promise<Load> {
  const form = aForm([{ name: 'file', value: content, fileName }])
  const answer = await server.app.inject({ method: 'POST', url: '/api/v1/collection/uploads', ...form, headers: { ...form.headers, ...provider.headers } })
  expect([answer.statusCode, answer.json()]).toMatchObject([202, { loadId: expect.any(String) }])
  for (;;) {
    const { body } = await call<Load>(provider, 'GET', `/api/v1/collection/loads/${answer.json<{ loadId: string }>().loadId}`)
    if (body.state === 'done' || body.state === 'failed') return body
    await sleep(30)
  }
}

/** A load that failed for this reason, shows no version and leaves nothing half-made. */
async function expectRefusal(failed: Load, code: string, issues: readonly { pointer: string; code: string }[]): Promise<void> {
  expect(failed).toMatchObject({ state: 'failed', version: null, error: { code, errors: issues } })
  expect(failed.error?.errors).toHaveLength(issues.length)
  for (const { message } of failed.error?.errors ?? []) expect(message).toMatch(/\p{Script=Han}/u)
  const { body } = await call<{ items: Version[] }>(provider, 'GET', `/api/v1/collection/entries/${failed.entryCode}/versions`)
  expect(body.items).toEqual([])
  expect((await call(provider, 'GET', `/data/v1/${failed.entryCode}/rows`)).status).toBe(409)
  expect(await readdir(join(server.home, 'scratch'))).toEqual([])
  expect(await readdir(join(server.home, 'lake', '.staging'))).toEqual([])
  expect(await readdir(join(server.home, 'incoming'))).toContain(failed.id)
}

const rowsOf = async (done: Load, query = '') => (await call<{ items: Record<string, unknown>[] }>(provider, 'GET', `/data/v1/${done.entryCode}/rows?limit=1000${query}`)).body.items

async function rejectsOf(done: Load): Promise<[number, string][]> {
  expect(done.error).toBeNull()
  expect(done.rowsRead).toBe(done.rowsStored + done.rowsRejected)
  const { body } = await call<{ items: { line: number; reason: string }[] }>(provider, 'GET', `/api/v1/collection/loads/${done.id}/rejects?limit=200`)
  return body.items.map(({ line, reason }) => [line, reason])
}

const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, ...new Array<number>(16).fill(0), 5, 0, 0, 0, ...Buffer.from('a.csv1')])
const noTable = [{ pointer: '/file', code: 'unsupported-format' }]

describe('a file of which nothing can be stored', () => {
  it.each([
    ['is empty', '', '空.csv', 'collection/empty-file', [{ pointer: '/file', code: 'empty-file' }]],
    ['is blank', '\r\n\r\n  \r\n', '空白.csv', 'tabular/no-table', [{ pointer: '/file', code: 'no-table' }]],
    ['has only a header', '编号,名称\r\n', '表头.csv', 'collection/no-rows', [{ pointer: '/file', code: 'no-rows' }]],
    ['is a zip that is called .csv', zip, '压缩.csv', 'collection/unsupported-format', noTable],
    ['is a picture that is called .csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), '图.csv', 'collection/unsupported-format', noTable],
    ['is mostly ragged', `a,b,c\n${'1,2,3\n'.repeat(3)}${'1,2,3,4\n'.repeat(5)}`, '参差.csv', 'collection/too-many-rejects', [{ pointer: '/file', code: 'too-many-rejects' }]],
  ] as const)('fails with its reason when it %s', async (_, content, fileName, code, issues) => {
    await expectRefusal(await load(content, fileName), code, issues)
  })

  it('fails when it is one line of 20 MB', async () => {
    const failed = await load('字'.repeat(7_000_000), '一行.csv')
    expect(failed).toMatchObject({ state: 'failed', version: null, error: { errors: [{ pointer: '/file' }] } })
  })
})

describe('a file with a wrong ending', () => {
  it('is read as what it is when CSV is called .xlsx', async () => {
    const done = await load('编号,名称\n1,甲\n2,乙\n', '其实是文本.xlsx')
    expect(done).toMatchObject({ state: 'done', rowsStored: 2, detection: { format: 'delimited' } })
  })

  it('is read as what it is when a workbook is called .csv', async () => {
    const workbook = new exceljs.Workbook()
    workbook.addWorksheet('表').addRows([['编号', '名称'], [1, '甲'], [2, '乙']])
    const done = await load(new Uint8Array(await workbook.xlsx.writeBuffer()), '其实是表格.csv')
    expect(done).toMatchObject({ state: 'done', rowsStored: 2, rowsRejected: 0 })
    expect(await rowsOf(done)).toEqual([{ 编号: 1, 名称: '甲' }, { 编号: 2, 名称: '乙' }])
  })

  it.skipIf(!hasShared())('is read as what it is when a binary workbook is called .csv (DATONG_SHARED)', async () => {
    const done = await load(await readFile(join(SHARED, 'data', 'open', 'tw_taoyuan_opendata_inventory.xls')), '清单.csv')
    expect(done).toMatchObject({ state: 'done', rowsRead: 1_429 })
  })
})

describe('a file with faults in places', () => {
  it('keeps the rows that are not ragged', async () => {
    const done = await load('编号,名称\n1,甲\n2\n3,丙,多\n4,丁\n5,戊\n')
    expect(await rejectsOf(done)).toEqual([[3, 'too-few-fields'], [4, 'too-many-fields']])
    expect((await rowsOf(done)).map((row) => row['编号'])).toEqual([1, 4, 5])
  })

  it('keeps the rows without NUL bytes', async () => {
    const done = await load('编号,名称\n1,甲\n2,\0乙\n3,丙\n')
    expect(await rejectsOf(done)).toEqual([[3, 'nul-byte']])
    expect((await rowsOf(done)).map((row) => row['名称'])).toEqual(['甲', '丙'])
  })

  it('keeps the rows that are GB18030 when one in the middle is broken', async () => {
    const header = Buffer.from([0xb5, 0xd8, 0xc7, 0xf8, 0x2c, 0x6e, 0x0a]) // 地区,n
    const line = Buffer.from([0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xd0, 0x2c, 0x31, 0x0a]) // 北京市,1
    const broken = Buffer.from([0xb1, 0xff, 0x2c, 0x32, 0x0a])
    const done = await load(Buffer.concat([header, ...new Array<Buffer>(50).fill(line), broken, ...new Array<Buffer>(50).fill(line)]))
    expect(done.detection?.encoding).toBe('gb18030')
    expect(await rejectsOf(done)).toEqual([[52, 'undecodable']])
    expect(new Set((await rowsOf(done)).map((row) => row['地区']))).toEqual(new Set(['北京市']))
    expect(done.rowsStored).toBe(100)
  })

  it('keeps the rows beside one of 20 MB', async () => {
    const done = await load(`编号,名称\n1,甲\n2,${'长'.repeat(7_000_000)}\n3,丙\n`)
    expect(await rejectsOf(done)).toEqual([[3, 'record-too-large']])
    expect((await rowsOf(done)).map((row) => row['编号'])).toEqual([1, 3])
  })

  it('gives two columns of one name two names', async () => {
    const done = await load('名称,名称,Name,name,\n甲,乙,c,d,e\n')
    const { body } = await call<Entry>(provider, 'GET', `/api/v1/catalog/entries/${done.entryCode}`)
    const names = body.fields.map(({ name }) => name)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5)
    expect(Object.values((await rowsOf(done))[0]!)).toEqual(['甲', '乙', 'c', 'd', 'e'])
  })
})

describe('a table of 2,000 columns', () => {
  it('is loaded, previewed, filtered, published and downloaded, though no table of PostgreSQL is that wide', async () => {
    const names = Array.from({ length: 2_000 }, (_, column) => `统计指标第${column}项（万元）`)
    const rows = Array.from({ length: 40 }, (_, row) => names.map((_, column) => (column % 2 === 0 ? row * column : `文${row}`)).join())
    const done = await load([names.join(), ...rows, ''].join('\n'), '宽表.csv')
    expect(done).toMatchObject({ state: 'done', rowsStored: 40, detection: { columns: 2_000 } })
    const [first] = await rowsOf(done)
    expect(Object.keys(first!)).toEqual(names)
    expect(await rowsOf(done, `&select=${names[1]},${names[2]}&${names[2]}=4&sort=-${names[2]}`)).toEqual([{ [names[1]!]: '文2', [names[2]!]: 4 }])
    expect((await call<Entry>(provider, 'PATCH', `/api/v1/catalog/entries/${done.entryCode}`, {
      summary: '宽', sharingType: 'unconditional', openingType: 'open', reason: '公开数据', fields: names.map((name) => ({ name, grade: 'public', masking: null })),
    })).body).toMatchObject({ fieldCount: 2_000, grade: 'public' })
    expect((await call(provider, 'POST', `/api/v1/catalog/entries/${done.entryCode}/actions/submit`, {})).status).toBe(200)
    expect((await call(steward, 'POST', `/api/v1/catalog/entries/${done.entryCode}/actions/publish`, {})).status).toBe(200)
    expect((await call<{ items: unknown[] }>(null, 'GET', `/data/v1/${done.entryCode}/rows?${names[0]}=0`)).body.items).toHaveLength(20)
    const csv = await server.app.inject({ method: 'GET', url: `/data/v1/${done.entryCode}/download?format=csv` })
    expect([csv.statusCode, csv.body.split('\r\n').length]).toEqual([200, 42])
  })
})

describe('cells that a spreadsheet would run', () => {
  const CELLS = ["=cmd|' /C calc'!A0", '+1+cmd', '-2+3+cmd', '@SUM(1+1)*cmd', '\t=1+1', '＝HYPERLINK("x")', ' =1+1', '正常', '-5', '+8613800000000'] as const
  let code: string

  beforeAll(async () => {
    const lines = CELLS.map((cell, row) => `${row},"${cell.replaceAll('"', '""')}"`)
    const done = await load(['编号,=说明', ...lines, ''].join('\n'), '公式.csv')
    code = done.entryCode
    expect((await rowsOf(done)).map((row) => row['=说明'])).toEqual(CELLS.map((cell) => cell))
    const { body } = await call<Entry>(provider, 'GET', `/api/v1/catalog/entries/${code}`)
    await call(provider, 'PATCH', `/api/v1/catalog/entries/${code}`, {
      summary: '公式', sharingType: 'unconditional', openingType: 'open', reason: '公开数据', fields: body.fields.map(({ name }) => ({ name, grade: 'public', masking: null })),
    })
    await call(provider, 'POST', `/api/v1/catalog/entries/${code}/actions/submit`, {})
    expect((await call(steward, 'POST', `/api/v1/catalog/entries/${code}/actions/publish`, {})).status).toBe(200)
  })

  const harmless = (cell: string): string => (/^(正常|-5|\+8613800000000)$/.test(cell) ? cell : `'${cell}`)

  it.each(['rows?limit=100', 'download?format=csv'])('leave as text in CSV: %s', async (path) => {
    const answer = await server.app.inject({ method: 'GET', url: `/data/v1/${code}/${path}`, headers: { accept: 'text/csv' } })
    expect(answer.statusCode).toBe(200)
    const [header, ...lines] = answer.body.replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(header).toBe("编号,'=说明")
    const cells = lines.map((line) => line.slice(line.indexOf(',') + 1).replace(/^"(.*)"$/, '$1').replaceAll('""', '"'))
    expect(cells).toEqual(CELLS.map(harmless))
  })

  it('leave as text in XLSX', async () => {
    const answer = await server.app.inject({ method: 'GET', url: `/data/v1/${code}/download?format=xlsx` })
    const workbook = new exceljs.Workbook()
    // exceljs declares a Buffer of its own.
    await workbook.xlsx.load(answer.rawPayload as unknown as Parameters<typeof workbook.xlsx.load>[0])
    const sheet = workbook.worksheets[0]!
    expect(sheet.getCell(1, 2).value).toBe("'=说明")
    CELLS.forEach((cell, row) => {
      const { type, value, formula } = sheet.getCell(row + 2, 2)
      expect([type, value, formula]).toEqual([exceljs.ValueType.String, harmless(cell), undefined])
      expect(sheet.getCell(row + 2, 1).type).toBe(exceljs.ValueType.Number)
    })
  })

  it('leave as they are in JSON, which nobody runs', async () => {
    const { body } = await call<{ items: Record<string, string>[] }>(null, 'GET', `/data/v1/${code}/rows?limit=100`)
    expect(body.items.map((row) => row['=说明'])).toEqual(CELLS.map((cell) => cell))
  })
})
