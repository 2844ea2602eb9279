import type { WatermarkReading } from '@datong/contracts'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../../platform/testing.ts'
import { aHouse, type House } from '../testing/a-house.ts'

let house: House
let code: string
const keys: { key: string; grantId: string }[] = []
const ROWS = 2_000

beforeAll(async () => {
  house = await aHouse({ watermarkFrom: 'internal' })
  house.callers.set('security', anOfficer('security', 'B', 'security'))
  code = await house.aResource({
    title: '名册', fields: [{ name: '登记号', type: 'text', identifier: true }, { name: '姓名', type: 'text', recognizer: 'person-name', masking: 'name' }, { name: '年份', type: 'integer' }],
    rows: Array.from({ length: ROWS }, (_, row) => [`B${String(row).padStart(6, '0')}`, `张三${row % 7}`, String(1990 + (row % 30))]),
  })
  for (let count = 0; count < 8; count++) {
    const { key, grants } = await house.aSystemWith({ [code]: { fields: ['登记号', '姓名', '年份'] } })
    keys.push({ key, grantId: grants[0]!.grantId })
  }
}, 60_000)
afterAll(() => house.stop())

async function download(index: number, format: string) {
  const answer = await house.get(`/data/v1/${code}/download?format=${format}`, keys[index]!.key)
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200)
  return answer
}

async function read(file: Buffer, name = 'found.csv', who = 'security'): Promise<WatermarkReading & { code?: string }> {
  const boundary = 'x'.repeat(20)
  const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`), file, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const answer = await house.app.inject({ method: 'POST', url: '/api/v1/delivery/watermark', headers: { authorization: `Bearer ${who}`, 'content-type': `multipart/form-data; boundary=${boundary}` }, payload })
  return answer.json()
}
const named = ({ matches }: WatermarkReading): string[] => matches.map(({ grantId }) => grantId)
const lines = (text: string): string[] => text.split('\r\n').filter((line) => line !== '')
const part = (text: string, from: number, to: number): Buffer => Buffer.from([lines(text)[0], ...lines(text).slice(1).slice(from, to)].join('\r\n'))

describe('a file under a grant', () => {
  it('has the rows of any other, in an order of its own, and says its number openly', async () => {
    const [one, other] = [await download(0, 'csv'), await download(1, 'csv')]
    expect(lines(one.body).sort()).toEqual(lines(other.body).sort())
    expect(one.body).not.toBe(other.body)
    expect((await download(0, 'csv')).body).toBe(one.body)
    const number = String(one.headers['datong-delivery'])
    expect(number).toMatch(/^G-2026-\d{4}-[0-9A-Z]{8}$/)
    expect(one.headers['content-disposition']).toContain(number)
    expect((await house.records('delivery.file.downloaded'))[0]?.detail).toMatchObject({ delivery: number })
  })

  it('has its number in the properties of a sheet, and in the footer of Parquet', async () => {
    const sheet = await download(0, 'xlsx')
    const book = new exceljs.Workbook()
    await book.xlsx.load(sheet.rawPayload as unknown as ArrayBuffer) // exceljs takes a Buffer
    expect(book.keywords).toBe(sheet.headers['datong-delivery'])
    const parquet = await download(0, 'parquet')
    expect(parquet.rawPayload.includes(String(parquet.headers['datong-delivery']))).toBe(true)
  })
})

describe('a found file', () => {
  it('names its grant and no other, in each form, whole or a fifth of it', async () => {
    const csv = (await download(2, 'csv')).body
    const whole = await read(Buffer.from(csv))
    expect(whole).toMatchObject({ verdict: 'found', rows: ROWS, grantsLookedAt: 3, matches: [{ grantId: keys[2]!.grantId, fields: ['登记号'], agreeing: whole.pairs }] })
    expect(whole.matches[0]!.chanceLog10).toBeLessThan(-250)
    const fifth = await read(part(csv, 777, 1_177))
    expect([fifth.verdict, fifth.rows, named(fifth)]).toEqual(['found', 400, [keys[2]!.grantId]])
    expect(named(await read(Buffer.from((await download(3, 'json')).body), 'found.json'))).toEqual([keys[3]!.grantId])
    expect(named(await read((await download(4, 'xlsx')).rawPayload, 'found.xlsx'))).toEqual([keys[4]!.grantId])
  })

  it('names its grant though columns were dropped and a column was added, and names both of two that were put together', async () => {
    const rows = lines((await download(5, 'csv')).body).map((line) => line.split(','))
    const dropped = Buffer.from(rows.map(([number], index) => `${index},${number}`).join('\n').replace('0,\uFEFF登记号', '序,登记号'))
    expect(named(await read(dropped))).toEqual([keys[5]!.grantId])
    const both = [...lines((await download(6, 'csv')).body).slice(0, 500), ...lines((await download(7, 'csv')).body).slice(1_000, 1_500)].join('\r\n')
    expect(named(await read(Buffer.from(both))).sort()).toEqual([keys[6]!.grantId, keys[7]!.grantId].sort())
  })

  it('says so when it was sorted, when it is too little, and when it is of somebody else', async () => {
    const [header, ...rows] = lines((await download(0, 'csv')).body)
    expect(await read(Buffer.from([header, ...rows.sort()].join('\n')))).toMatchObject({ verdict: 'none', matches: [] })
    expect(await read(Buffer.from([header, ...rows.slice(0, 20)].join('\n')))).toMatchObject({ verdict: 'too-little', matches: [] })
    expect(await read(Buffer.from('甲,乙\n1,2\n3,4\n'))).toMatchObject({ verdict: 'none', grantsLookedAt: 0 })
  })

  it('is read by the security officer and the auditor alone, and each reading is evidence', async () => {
    expect((await read(Buffer.from('甲\n1\n'), 'f.csv', 'provider')).code).toBe('access/forbidden')
    expect((await read(Buffer.from('甲\n1\n'), 'f.csv', 'auditor')).receiptId).toMatch(/^[0-9a-f-]{36}$/)
    const records = await house.records('delivery.watermark.read')
    expect(records.find(({ detail }) => detail['verdict'] === 'found')).toMatchObject({ parties: ['P1', 'B'], detail: { rows: ROWS, level: '0.000001' } })
  })

  it('that is none is refused', async () => {
    expect((await read(Buffer.alloc(0))).code).toBe('request/invalid')
    expect((await read(Buffer.from([0, 1, 2, 3, 255, 254, 0, 9]))).code).toBe('request/invalid')
  })
})

describe('no mark', () => {
  it('is in open data, nor below the grade of the setting', async () => {
    const open = await house.aResource({ title: '公开', openingType: 'open', fields: [{ name: '名称', type: 'text' }], rows: [['甲'], ['乙']] })
    const answer = await house.get(`/data/v1/${open}/download?format=csv`)
    expect([answer.headers['datong-delivery'], lines(answer.body).slice(1)]).toEqual([undefined, ['甲', '乙']])
    const plain = await house.aResource({ title: '一般', fields: [{ name: '名称', type: 'text' }], rows: [['甲'], ['乙']] })
    const { key } = await house.aSystemWith({ [plain]: { fields: ['名称'] } })
    expect((await house.get(`/data/v1/${plain}/download?format=csv`, key)).headers['datong-delivery']).toBeUndefined()
  })
})
