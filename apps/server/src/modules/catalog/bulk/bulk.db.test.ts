import type { BulkMapping, BulkProperty } from '@datong/contracts'
import { systemRandom } from '@datong/kernel'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { read, utils, write } from '@e965/xlsx'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../../platform/testing.ts'
import type { Caller } from '../../../platform/caller.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { catalogMigrations } from '../index.ts'
import { anEntry, catalogFor } from '../testing.ts'
import { actOnBulk } from './act-on-bulk.ts'
import type { BulkContext } from './context.ts'
import { entriesToExport, exportFile } from './export.ts'
import { previewBulk } from './preview-bulk.ts'
import { runBulk } from './run-bulk.ts'
import { uploadBulk } from './upload-bulk.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const other = anOfficer('other', 'P2', 'provider')
const steward = anOfficer('steward', 'B', 'steward')
const callers = new Map([provider, other, steward].map((caller) => [caller.actor.id, caller]))
const going = new AbortController().signal

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let context: BulkContext
let open: string
let draft: string
let foreign: string

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations])
  const { store } = database
  house = await catalogFor(store, callers)
  const organisations = ['P1', 'P2'].map((code) => ({ code, name: `部门${code}`, nameEn: `Department ${code}` }))
  const base = house.catalog.bulk.context
  context = { ...base, random: systemRandom, organisations: { ref: base.organisations.ref, list: () => organisations } }
  open = await anEntry(house, provider, { store, publishBy: steward })
  draft = await anEntry(house, provider, { store, title: '公园名录' })
  foreign = await anEntry(house, other, { store, title: '别部门的草稿' })
  await house.catalog.searchSettled()
})
afterAll(async () => {
  await house.catalog.stop?.()
  await database.drop()
})

const sheetOf = (rows: readonly (readonly unknown[])[]): Buffer => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Sheet1')
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer // by its option
}

const rowsOf = async (id: string) => (await context.bulk.rows(id, { limit: 200 })).rows
const tallyOf = async (id: string): Promise<object> => Object.fromEntries((await context.bulk.tallies([id])).get(id) ?? [])

/** Uploads, takes the proposed mapping with some change, and previews. */
async function previewed(bytes: Uint8Array, caller: Caller, change: (mapping: BulkMapping) => Partial<BulkMapping> = () => ({})): Promise<string> {
  const id = await uploadBulk(context, { name: '目录.xlsx', bytes }, caller)
  const { mapping } = (await context.bulk.find(id))!
  await previewBulk(context, id, { ...mapping, ...change(mapping) }, caller)
  return id
}

async function applied(id: string, caller: Caller): Promise<string> {
  await actOnBulk(context, id, 'apply', '年度更新', caller)
  await runBulk(context, id, going)
  return id
}

async function undone(id: string, caller: Caller): Promise<void> {
  await actOnBulk(context, id, 'undo', '导错了', caller)
  await runBulk(context, id, going)
}

const exported = async (caller: Caller, english = false): Promise<Buffer> => exportFile(context, await entriesToExport(context, {}, caller), 'xlsx', english)

/** An export with some cells changed, as somebody does in a spreadsheet. */
async function edited(caller: Caller, sheet: string, change: (row: Record<string, string>) => Record<string, string>): Promise<Buffer> {
  const book = read(await exported(caller), { type: 'buffer' })
  book.Sheets[sheet] = utils.json_to_sheet(utils.sheet_to_json<Record<string, string>>(book.Sheets[sheet]!, { defval: '', raw: false }).map(change)) // exports have it
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer // by its option
}

describe('an export', () => {
  it('imported again changes nothing, in both languages', async () => {
    for (const english of [false, true]) {
      const id = await previewed(await exported(provider, english), provider)
      expect((await context.bulk.find(id))?.source.unknown).toEqual([])
      expect(await tallyOf(id), JSON.stringify((await rowsOf(id)).map(({ problems, changes }) => ({ problems, changes })))).toEqual({ unchanged: 2 })
    }
  })

  it('holds a department’s own entries, and all for the steward; with items and an explanation beside', async () => {
    expect((await entriesToExport(context, {}, provider)).map(({ code }) => code).sort()).toEqual([open, draft].sort())
    expect((await entriesToExport(context, { organisation: 'P2' } as never, provider)).map(({ code }) => code)).toEqual([open, draft].sort())
    expect(await entriesToExport(context, {}, steward)).toHaveLength(3)
    const book = read(await exported(provider), { type: 'buffer' })
    expect(book.SheetNames).toEqual(['目录', '信息项', '说明'])
    expect(utils.sheet_to_json(book.Sheets['信息项']!)).toHaveLength(6)
  })

  it('gives a spreadsheet nothing to run, and takes the apostrophe off again', async () => {
    await house.catalog.edit(draft, { summary: '=1+1' }, provider)
    await house.catalog.searchSettled()
    const csv = exportFile(context, await entriesToExport(context, {}, provider), 'csv', false)
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(csv.toString()).toContain(",'=1+1,")
    expect(await tallyOf(await previewed(csv, provider))).toEqual({ unchanged: 2 })
  })
})

describe('an edited sheet', () => {
  it('shows each difference, changes nothing before it is applied, and is taken back by one undo', async () => {
    const bytes = await edited(provider, '目录', (row) => (row['信息资源代码'] === draft ? { ...row, 更新周期: '每月', 关键词: '公园、绿地', 信息资源摘要: '全市公园' } : row))
    const id = await previewed(bytes, provider)
    expect(await tallyOf(id)).toEqual({ changed: 1, unchanged: 1 })
    const [row] = (await context.bulk.rows(id, { outcome: 'changed' })).rows
    expect(row?.changes.changes).toEqual([
      { key: 'summary', before: '=1+1', after: '全市公园' }, { key: 'keywords', before: [], after: ['公园', '绿地'] }, { key: 'updateCycle', before: 'irregular', after: 'monthly' },
    ])
    const before = await house.catalog.find(draft)
    expect(before?.updateCycle).toBe('irregular')
    await applied(id, provider)
    expect(await house.catalog.find(draft)).toMatchObject({ updateCycle: 'monthly', keywords: ['公园', '绿地'], summary: '全市公园' })
    await undone(id, provider)
    expect(await house.catalog.find(draft)).toMatchObject({ updateCycle: 'irregular', keywords: [], summary: '=1+1' })
    expect(await tallyOf(id)).toEqual({ changed: 1, unchanged: 1, undone: 1 })
  })

  it('changes information items by the second sheet, and refuses a lower grade than the platform’s on a published entry', async () => {
    const bytes = await edited(provider, '信息项', (row) => (row['信息项'] === '泊位数' ? { ...row, 计量单位: '个' } : row['信息项'] === '联系人' ? { ...row, 分级: '公开' } : row))
    const id = await previewed(bytes, provider)
    const rows = await rowsOf(id)
    expect(rows.find(({ code }) => code === open)).toMatchObject({ outcome: 'rejected' })
    expect(rows.find(({ code }) => code === open)?.problems.map(({ code }) => code)).toContain('needs-review')
    expect(rows.find(({ code }) => code === draft)).toMatchObject({ outcome: 'changed', changes: { fieldChanges: [{ name: '联系人' }, { name: '泊位数', properties: [{ key: 'unit', before: null, after: '个' }] }] } })
    await applied(id, provider)
    expect((await house.catalog.find(draft))?.fields.map(({ unit, grade }) => [unit, grade])).toEqual([[null, 'public'], [null, 'public'], ['个', 'public']])
    await undone(id, provider)
    expect((await house.catalog.find(draft))?.fields.map(({ unit, grade }) => [unit, grade])).toEqual([[null, 'public'], [null, 'internal'], [null, 'public']])
  })

  it('loosens nothing that is published for a provider, and does for the steward', async () => {
    const bytes = await edited(provider, '目录', (row) => (row['信息资源代码'] === open ? { ...row, 共享类型: '有条件共享', 共享条件: '业务需要' } : row))
    const refused = await previewed(bytes, provider)
    expect((await context.bulk.rows(refused, { outcome: 'rejected' })).rows[0]?.problems).toEqual([
      expect.objectContaining({ pointer: '/sharingType', code: 'needs-review' }), expect.objectContaining({ pointer: '/sharingCondition', code: 'needs-review' }),
    ])
    const taken = await previewed(bytes, steward)
    expect(await tallyOf(taken)).toEqual({ changed: 1, unchanged: 1 })
    await context.bulk.forget(new Date(8.64e15))
    expect(await context.bulk.find(taken)).toBeUndefined()
  })

  it('tells what was changed meanwhile: before the preview, between preview and step, and before the undo', async () => {
    const bytes = await edited(provider, '目录', (row) => ({ ...row, 联系人: '办公室' }))
    await house.catalog.edit(draft, { titleEn: 'Parks' }, provider)
    const id = await previewed(bytes, provider)
    expect(await tallyOf(id)).toEqual({ changed: 1, conflict: 1 })
    await house.catalog.edit(open, { titleEn: 'Car parks' }, provider)
    await applied(id, provider)
    expect(await tallyOf(id)).toEqual({ changed: 1, conflict: 1, failed: 1 })
    expect((await context.bulk.rows(id, { result: 'failed' })).rows[0]?.result_problems).toEqual([{ pointer: '', code: 'request/conflict', message: '' }])

    const second = await applied(await previewed(await edited(provider, '目录', (row) => ({ ...row, 联系人: '综合科' })), provider), provider)
    await house.catalog.edit(open, { contact: '另一个科' }, provider)
    await house.catalog.edit(draft, { keywords: ['后来加的'] }, provider)
    await undone(second, provider)
    expect(await tallyOf(second)).toEqual({ changed: 2, undone: 1, kept: 1 })
    expect((await house.catalog.find(open))?.contact).toBe('另一个科')
    expect(await house.catalog.find(draft)).toMatchObject({ contact: '', keywords: ['后来加的'] })
  })

  it('goes on where a process that stopped had come to, and does nothing twice', async () => {
    const titles = Array.from({ length: 30 }, (_, index) => [`新目录${index}`])
    const id = await previewed(sheetOf([['信息资源名称'], ...titles]), provider)
    await actOnBulk(context, id, 'apply', '新建', provider)
    const stopping = new AbortController()
    let done = 0
    const slow: BulkContext = { ...context, bulk: { ...context.bulk, lockRow: (...given) => {
      if (++done === 10) stopping.abort()
      return context.bulk.lockRow(...given)
    } } }
    await expect(runBulk(slow, id, stopping.signal)).rejects.toThrow('stopped')
    expect(await tallyOf(id)).toEqual({ new: 30, done: 10 })
    await Promise.all([runBulk(context, id, going), runBulk(context, id, going)])
    expect(await tallyOf(id)).toEqual({ new: 30, done: 30 })
    expect((await context.bulk.find(id))?.state).toBe('applied')
    const codes = (await rowsOf(id)).map(({ entry_code }) => entry_code)
    expect(new Set(codes).size).toBe(30)
    await house.catalog.edit(codes[0]!, { summary: '已有人接着写' }, provider)
    await undone(id, provider)
    expect(await tallyOf(id)).toEqual({ new: 30, undone: 30 })
    expect((await house.catalog.find(codes[5]!))?.state).toBe('withdrawn')
  })
})

describe('a sheet with faults', () => {
  const faults = async (rows: readonly (readonly unknown[])[], caller = provider) => {
    const id = await previewed(sheetOf(rows), caller)
    return (await rowsOf(id)).map(({ line, problems }) => [line, ...problems.map(({ pointer, code }) => `${pointer} ${code}`)])
  }

  it('has every reason told at its line', async () => {
    expect(await faults([
      ['信息资源代码', '名称', '更新频率', '联系邮箱', '收录期间起', '标签'],
      [open, '停车场基本信息', '每月', '', '', ''],
      [open.replace('-', '/'), '停车场基本信息', '每月', '', '', ''],
      ['306007-999999', '没有', '', '', '', ''],
      [foreign, '别部门的', '', '', '', ''],
      ['', '新的', '每逢双月', '不是邮箱', '2026-02-31', '字'.repeat(60)],
      ['', '', '每年', '', '', ''],
      ['', '公园名录', '每年', '', '', ''],
    ])).toEqual([
      [2, '/code duplicate-code'], [3, '/code duplicate-code'], [4, '/code unknown-entry'], [5, '/code unknown-entry'],
      [6, '/updateCycle unknown-word', '/temporalFrom wrong-date', '/keywords/0 maxLength', '/contactEmail wrong-form'],
      [7, '/title missing'], [8, '/title same-title'],
    ])
  })

  it('is refused whole when it is none, is empty, or is too large', async () => {
    const sent = (bytes: Uint8Array) => uploadBulk(context, { name: 'x', bytes }, provider).catch((error: { code: string }) => error.code)
    expect(await sent(Buffer.from('%PDF-1.7 nothing of a table'))).toMatch(/^tabular\//)
    expect(await sent(sheetOf([]))).toMatch(/^tabular\/|^catalog\/bulk-empty/)
    expect(await sent(sheetOf([['名称', '摘要']]))).toMatch(/^tabular\/|^catalog\/bulk-empty/)
    expect(await sent(sheetOf([Array.from({ length: 200 }, (_, index) => `列${index}`), Array.from({ length: 200 }, () => 1)]))).toBe('catalog/bulk-too-many')
    expect(await sent(Buffer.from(`名称,摘要\n${'甲,乙\n'.repeat(100_000)}`))).toBe('catalog/bulk-too-many')
  })

  it('belongs to its department: others learn nothing of it', async () => {
    const id = await previewed(sheetOf([['名称'], ['甲']]), provider)
    await expect(previewBulk(context, id, { columns: ['title'], fixed: [], words: [] }, other)).rejects.toMatchObject({ code: 'request/not-found' })
    await expect(actOnBulk(context, id, 'apply', 'x', other)).rejects.toMatchObject({ code: 'request/not-found' })
    await expect(previewBulk(context, id, { columns: ['summary'], fixed: [], words: [] }, provider)).rejects.toMatchObject({ code: 'request/invalid' })
    await actOnBulk(context, id, 'drop', '不要了', provider)
    await expect(actOnBulk(context, id, 'apply', 'x', provider)).rejects.toMatchObject({ code: 'catalog/wrong-state' })
  })
})

describe('a real inventory of another kind', () => {
  const REAL = join(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '../../../../../../../shared'), 'data/open/tw_taoyuan_opendata_inventory.xls')
  it.skipIf(!existsSync(REAL))('of 1,429 entries comes in as drafts of a department by proposals and a few choices (DATONG_SHARED)', async () => {
    const id = await uploadBulk(context, { name: '清单.xls', bytes: readFileSync(REAL) }, steward)
    const { mapping, source, names, row_count: count } = (await context.bulk.find(id))!
    expect(count).toBe(1429)
    const proposed = Object.fromEntries(mapping.columns.flatMap((property, index) => (property === null ? [] : [[property, names[index]]]))) as Partial<Record<BulkProperty, string>>
    // Their organisations are none of ours.
    expect(proposed).not.toHaveProperty('organisation')
    expect(proposed).toMatchObject({
      title: '資料名稱', updateCycle: '更新頻率', summary: '資料集描述', keywords: '標籤/關鍵字', resourceFormat: '資源格式', linkUrl: '資料連結網址', linkFormat: '檔案格式',
      contact: '資料集提供機關聯絡人', contactPhone: '資料集提供機關電話', contactEmail: '資料集提供機關聯絡人電子郵件', temporalFrom: '收錄期間(起)', temporalTo: '收錄期間(迄)',
    })
    expect(source.unknown.filter(({ property }) => property === 'updateCycle')).toEqual([{ property: 'updateCycle', value: '每半年', count: 27 }])
    await previewBulk(context, id, {
      columns: mapping.columns,
      fixed: [{ property: 'organisation', value: '部门P1' }, { property: 'openingType', value: '开放' }, { property: 'sharingType', value: '无条件' }],
      words: [{ property: 'updateCycle', from: '每半年', to: 'yearly' }, { property: 'licence', from: '政府資料開放授權條款－第1版', to: 'CC-BY-4.0' }],
    }, steward)
    const { rows: rejected } = await context.bulk.rows(id, { outcome: 'rejected', limit: 200 })
    const reasons = new Map<string, number>()
    for (const { problems } of rejected) for (const { pointer, code } of problems) reasons.set(`${pointer} ${code}`, (reasons.get(`${pointer} ${code}`) ?? 0) + 1)
    expect(await tallyOf(id)).toEqual({ new: 1397, rejected: 32 })
    expect(Object.fromEntries(reasons)).toEqual({
      // Two numbers in one cell, names beside a number, a year of five digits, a text of 15,000 characters: their people mend these.
      '/contactPhone wrong-form': 27, '/temporal/to before-from': 1, '/temporalTo wrong-date': 1, '/title same-title-in-file': 1, '/summary maxLength': 1, '/resourceFormat unknown-word': 1,
    })
    await applied(id, steward)
    expect(await tallyOf(id)).toEqual({ new: 1397, rejected: 32, done: 1397 })
    const [first] = (await context.bulk.rows(id, { result: 'done', limit: 1 })).rows
    expect(await house.catalog.find(first!.entry_code!)).toMatchObject({
      organisation: 'P1', state: 'draft', title: '桃園市臨時暨短期照顧服務之委託單位', updateCycle: 'irregular', resourceFormat: 'spreadsheet', openingType: 'open', contactPhone: '(03)3322101#6307',
      links: [{ url: 'https://data.tycg.gov.tw//opendata/datalist/datasetMeta?oid=0015aa2e-9b3c-4c1b-8886-74630a007110', format: 'CSV' }],
    })
    expect(await tallyOf(await previewed(readFileSync(REAL), steward, () => ({ fixed: [{ property: 'organisation', value: '部门P1' }] })))).toEqual({ rejected: 1429 })
  }, 120_000)
})
