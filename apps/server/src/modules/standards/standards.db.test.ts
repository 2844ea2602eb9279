import type { operations } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import type { FieldContent } from '@datong/standards'
import { sql } from 'kysely'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { anOfficer } from '../../platform/testing.ts'
import { evidenceMigrations } from '../evidence/index.ts'
import { csvOf } from './imports/export.ts'
import { standardsMigrations } from './index.ts'
import { standardsFor } from './testing.ts'

const MARKET = '11330000000000002Y'
const steward = anOfficer('专员', '11330000000000001X', 'steward')
const provider = anOfficer('市监', MARKET, 'provider')
const SHARED = join(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', '..', '..', '..', 'shared'), 'data')
const ENTRY = '301001-000001'

let database: TestDatabase
let house: ReturnType<typeof standardsFor>

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...standardsMigrations])
  house = standardsFor(database.store)
  await house.standards.start?.()
})
afterAll(async () => {
  await house.standards.stop?.()
  await database.drop()
})

type Asked = Record<string, unknown> & { id: string; items: Record<string, unknown>[] }
async function ask(id: keyof typeof operations, input: object = {}, caller: Caller = steward, reach: 'own' | 'all' = 'all'): Promise<Asked> {
  const route = house.standards.routes.find(({ operation }) => operation.id === id)!
  // The handlers read nothing else; tests know what comes back.
  return await route.handle({ params: {}, query: {}, body: {}, ...input, caller, reach } as never, undefined as never, undefined as never) as Asked
}

/** Sends a form as the browser does, without the wire. */
async function upload(fileName: string, bytes: Uint8Array, form: Record<string, string>): Promise<Asked> {
  const route = house.standards.routes.find(({ operation }) => operation.id === 'previewStandardsImport')!
  const request = { async *parts() {
    for (const [fieldname, value] of Object.entries(form)) yield { type: 'field', fieldname, value }
    yield { type: 'file', fieldname: 'file', filename: fileName, toBuffer: async () => Buffer.from(bytes) }
  } }
  const reply = { code: () => reply, send: (answer: unknown) => answer }
  return await route.handle({ caller: steward, params: {}, query: {} } as never, request as never, reply as never) as Asked // as above
}
const decide = (id: string, action: 'apply' | 'undo') => ask('actOnStandardsImport', { params: { id, action }, body: { reason: '按标准更新' } })

const ELEMENT = {
  name: '老年人优待证号', nameEn: 'Number of the senior card', category: 'licence', definition: '老年人优待证的编号。', notation: 'C..20', unit: null, minimum: null, maximum: null,
  codeList: null, recognizers: [], synonyms: ['优待证号'], source: '本市', confirmed: true,
}
const content = (name: string, values: string[], more: Partial<FieldContent> = {}): FieldContent => ({ name, description: '', type: 'text', values, recognised: [], ...more })
const anEntry = (fields: readonly FieldContent[], elements: Record<string, string> = {}, code = ENTRY) => {
  house.entries.set(code, { code, title: '企业', organisation: MARKET, state: 'published', version: 1, fields: fields.map(({ name, type }) => ({ name, description: '', type, element: elements[name] ?? null })) })
  house.contents.set(code, fields)
}
const happens = async (name: 'catalog.entry-changed' | 'catalog.entry-withdrawn', entryCode = ENTRY) => {
  house.events.published.push({ name, payload: { entryCode } })
  await house.events.deliver()
}
const told = () => house.events.published.filter(({ name }) => name === 'standards.fields-mapped')

describe('data elements', () => {
  it('come with the program, without a row', async () => {
    expect(await ask('listElements', { query: { q: '身份证号' } })).toMatchObject({ items: [{ id: 'DE01001', name: '公民身份号码', state: 'published', version: 1, inForceFrom: null, revision: 0 }, {}] })
    expect(await ask('listElements', { query: { limit: 1, category: 'person' } })).toMatchObject({ total: 40, items: [{ id: 'DE01001' }] })
    expect((await sql`select from standards.item`.execute(database.store.db)).rows).toEqual([])
  })

  it('live from draft to published, revised and abolished, each step with its evidence', async () => {
    const params = { id: 'DE04901' }
    const act = (action: string, revision: number, more = {}) => ask('actOnElement', { params: { ...params, action }, body: { revision, reason: '按规定', ...more } })
    const save = (revision: number, change = {}) => ask('saveElement', { params, body: { ...ELEMENT, ...change, revision, reason: '修订' } })
    expect(await save(0)).toMatchObject({ state: 'draft', version: 0, revision: 1 })
    await expect(ask('getElement', { params }, provider)).rejects.toMatchObject({ code: 'request/not-found' })
    await expect(save(0)).rejects.toMatchObject({ code: 'request/conflict' })
    await expect(save(1, { notation: 'X9', codeList: 'NONE' })).rejects.toMatchObject({ code: 'standards/invalid-element', issues: [{ pointer: '/notation' }, { pointer: '/codeList' }] })
    expect(await act('publish', 1)).toMatchObject({ state: 'published', version: 1, inForceFrom: '2026-11-20' })
    await expect(act('publish', 2)).rejects.toMatchObject({ code: 'standards/wrong-state' })
    expect(await save(2, { notation: 'C..30' })).toMatchObject({ state: 'revising', notation: 'C..20' })
    await expect(act('publish', 3, { from: '2026-11-20' })).rejects.toMatchObject({ code: 'standards/invalid-element' })
    expect(await act('publish', 3, { from: '2027-01-01' })).toMatchObject({ state: 'published', version: 2, notation: 'C..30' })
    expect(await ask('getElement', { params })).toMatchObject({ allowedActions: ['edit', 'abolish'], versions: [{ version: 2, inForceFrom: '2027-01-01', content: { notation: 'C..30' } }, { version: 1 }] })
    expect(await act('abolish', 4, { replacedBy: 'DE04002' })).toMatchObject({ state: 'abolished', replacedBy: 'DE04002' })
    await expect(save(5)).rejects.toMatchObject({ code: 'standards/wrong-state' })
  })

  it('are not changed without evidence', async () => {
    await expect(sql`insert into standards.item (key, kind, id, state, version, body, revision, changed_at) values ('element/X1', 'element', 'X1', 'draft', 0, '{}', 1, now())`.execute(database.store.db)).rejects.toThrow('without its evidence')
  })
})

describe('mapping and conformity', () => {
  const FIELDS = [content('企业名称', ['甲公司']), content('性别', ['男', '女', '男']), content('出生日期', ['1990年2月3日', '1990/2/3', '1990.2']), content('颜色', ['红'])]

  it('are told when something is otherwise, once, and rolled up by adding', async () => {
    anEntry(FIELDS)
    await happens('catalog.entry-changed')
    await happens('catalog.entry-changed')
    expect(told()).toHaveLength(1)
    expect(told()[0]!.payload).toMatchObject({ entryCode: ENTRY, conformity: 0.5, fields: [{ element: 'DE02003', confidence: expect.any(Number), reasons: [expect.stringContaining('name-equal')] }, { codeList: 'GB2261.1' }, { element: 'DE01007' }, { element: null, confidence: 0 }] })
    expect(await ask('conformity')).toMatchObject({ city: { fields: 4, mapped: 2, conforming: 2, conformity: 0.5, entries: 1 }, departments: [{ organisation: { code: MARKET } }] })
    expect(await ask('listEntryConformity', {}, anOfficer('他', '11330000000000009Z', 'provider'), 'own')).toMatchObject({ items: [], total: 0 })
    expect(await ask('listEntryConformity', {}, provider, 'own')).toMatchObject({ items: [{ entryCode: ENTRY, conformity: 0.5 }] })
  })

  it('say what fails and learn what people confirm, as the department\'s own name', async () => {
    anEntry(FIELDS, { 出生日期: 'DE01007', 颜色: 'DE09003' })
    await happens('catalog.entry-changed')
    expect(await ask('getEntryConformity', { params: { code: ENTRY } })).toMatchObject({ mapped: 4, items: [{}, {}, { confirmed: true, conforms: false, faults: ['type-unfit|text|YYYYMMDD', 'length-unfit|YYYYMMDD|0'] }, { element: 'DE09003', confirmed: true }] })
    anEntry([content('颜色', ['蓝'])], {}, '301001-000002')
    await happens('catalog.entry-changed', '301001-000002')
    expect(told().at(-1)!.payload).toMatchObject({ fields: [{ element: 'DE09003', confidence: 0.98, reasons: [expect.stringContaining('name-learnt')] }] })
    expect(await ask('elementUses', { params: { id: 'DE09003' } })).toMatchObject({ total: 2 })
  })

  it('are worked out anew when the standard changes', async () => {
    const { element } = await ask('getElement', { params: { id: 'DE01007' } }) as unknown as { element: { revision: number } & typeof ELEMENT }
    const { name, nameEn, category, definition, unit, minimum, maximum, codeList, recognizers, synonyms, source, confirmed } = element
    await ask('saveElement', { params: { id: 'DE01007' }, body: { name, nameEn, category, definition, notation: 'C..20', unit, minimum, maximum, codeList, recognizers, synonyms, source, confirmed, revision: 0, reason: '试' } })
    await ask('actOnElement', { params: { id: 'DE01007', action: 'publish' }, body: { revision: 1, reason: '试' } })
    await house.runJobs()
    expect(await ask('getEntryConformity', { params: { code: ENTRY } })).toMatchObject({ items: [{}, {}, { conforms: true }, {}] })
  })

  it('end with the entry', async () => {
    await happens('catalog.entry-withdrawn', '301001-000002')
    expect(await ask('conformity')).toMatchObject({ city: { entries: 1 } })
  })
})

describe('imports', () => {
  it('of data elements show what they would change, apply it whole, and are taken back whole', async () => {
    const table = csvOf([['内部标识符', '中文名称', '表示格式', '同义名称'], ['DE01002', '姓名', 'C..60', '人名'], ['DE05901', '养老金编号', 'C12', ''], ['DE05902', '', 'C12', ''], ['DE05901', '又一个', 'C12', ''], ['DE01003', '曾用名', 'C..50', '曾用姓名、former_name'], ['=1', '公式', 'C1', '']])
    const made = await upload('数据元.csv', table, { kind: 'element', inForceFrom: '2026-12-01', label: '2026' })
    expect(made).toMatchObject({ state: 'previewed', counts: { new: 1, changed: 1, unchanged: 1, removed: 0, rejected: 3 } })
    expect(await ask('getStandardsImport', { params: { id: made.id }, query: { state: 'rejected' } })).toMatchObject({ total: 3, items: [{ line: 4, problems: [{ code: 'required' }] }, { problems: [{ code: 'repeated' }] }, { problems: [{ code: 'pattern' }] }] })
    expect(await decide(made.id, 'apply')).toMatchObject({ state: 'applied', undoable: true })
    await expect(decide(made.id, 'apply')).rejects.toMatchObject({ code: 'standards/wrong-state' })
    expect(await ask('getElement', { params: { id: 'DE01002' } })).toMatchObject({ element: { notation: 'C..60', version: 2, nameEn: 'Name' }, versions: [{ inForceFrom: '2026-12-01' }, {}] })
    expect(await decide(made.id, 'undo')).toMatchObject({ state: 'undone' })
    expect(await ask('getElement', { params: { id: 'DE01002' } })).toMatchObject({ element: { notation: 'C..50', version: 1, revision: 0 } })
    await expect(ask('getElement', { params: { id: 'DE05901' } })).rejects.toMatchObject({ code: 'request/not-found' })
  })

  it('are not taken back when somebody has changed one of their items since', async () => {
    const made = await upload('a.csv', csvOf([['标识符', '名称', '表示'], ['DE05903', '某编号', 'C12']]), { kind: 'element' })
    await decide(made.id, 'apply')
    await ask('actOnElement', { params: { id: 'DE05903', action: 'abolish' }, body: { revision: 1, reason: '停用' } })
    await expect(decide(made.id, 'undo')).rejects.toMatchObject({ code: 'standards/changed-since' })
  })

  it('of codes make a version from a day on, and every day keeps its own codes', async () => {
    const made = await upload('性别.csv', csvOf([['代码', '名称', '变更为'], ['1', '男', ''], ['2', '女性', ''], ['8', '其他', '']]), { kind: 'code-list', list: 'GB2261.1', inForceFrom: '2020-01-01', label: '试' })
    expect(made).toMatchObject({ counts: { new: 1, changed: 1, unchanged: 1, removed: 2 } })
    await decide(made.id, 'apply')
    expect([house.standards.codeAt('GB2261.1', '1')?.name, house.standards.codeAt('GB2261.1', '1', '2019-12-31')?.name, house.standards.codeAt('GB2261.1', '9')]).toEqual(['男', '男性', undefined])
    expect(await ask('getCode', { params: { id: 'GB2261.1', code: '9' }, query: { date: '2019-01-01' } })).toMatchObject({ code: { name: '未说明的性别' }, spans: [{ until: '2020-01-01' }], became: { kind: 'gone' } })
    expect(await ask('compareCodeList', { params: { id: 'GB2261.1' }, query: { from: 1, to: 2 } })).toMatchObject({ counts: { added: 1, removed: 2, renamed: 1 } })
    await decide(made.id, 'undo')
    expect(house.standards.codeAt('GB2261.1', '1')?.name).toBe('男性')
  })

  it('refuse files without the columns, lists that do not exist, and what is no table', async () => {
    await expect(upload('a.csv', csvOf([['甲', '乙'], ['1', '2']]), { kind: 'element' })).rejects.toMatchObject({ code: 'standards/no-columns' })
    await expect(upload('a.csv', csvOf([['代码', '名称'], ['1', '2']]), { kind: 'code-list', list: 'NEW-LIST' })).rejects.toMatchObject({ code: 'standards/unknown-list' })
    await expect(upload('a.pdf', Buffer.from('%PDF-1.7 …'), { kind: 'element' })).rejects.toMatchObject({ code: 'tabular/not-a-table' })
    await expect(upload('a.csv', csvOf([['代码'], ['1']]), { kind: 'code-list' })).rejects.toMatchObject({ code: 'request/invalid' })
    await expect(ask('abolishCodeList', { params: { id: 'GB2261.1' }, body: { revision: 0, reason: '试' } })).rejects.toMatchObject({ code: 'standards/list-in-use' })
  })

  it('know divisions of the installation besides those of the standard', () => {
    const { divisionName } = house.standards
    expect([divisionName('330100'), divisionName('339501'), divisionName('330106'), divisionName('990000')]).toEqual(['杭州市', '澜东区', '杭州市（330106）', undefined])
  })

  describe.skipIf(!existsSync(SHARED))('of real files (DATONG_SHARED)', () => {
    it('keep division codes of several years, in whatever order they come, and follow a code through them', async () => {
      for (const [file, day] of [['mca-201512', '2015-12-01'], ['mca-198012', '1980-12-01'], ['201904', '2019-04-02']] as const) {
        const made = await upload(`${file}.tsv`, readFileSync(join(SHARED, 'reference', 'gb2260', `${file}.tsv`)), { kind: 'code-list', list: 'GB2260', inForceFrom: day, label: day.slice(0, 7) })
        expect(made).toMatchObject({ counts: { rejected: 0 } })
        await decide(made.id, 'apply')
      }
      expect(await ask('getCode', { params: { id: 'GB2260', code: '110103' }, query: { date: '1985-01-01' } })).toMatchObject({ code: { name: '崇文区' }, became: { kind: 'gone' } })
      expect(await ask('listCodes', { params: { id: 'GB2260' }, query: { date: '2018-01-01', parent: '330100' } })).toMatchObject({ label: '2015-12', total: 13 })
      expect(house.standards.divisionName('330106')).toBe('西湖区')
      // The part that came with the program is no version beside whole ones.
      expect(await ask('getCodeList', { params: { id: 'GB2260' } })).toMatchObject({ list: { partial: false, versions: 3 } })
      expect(await ask('getCode', { params: { id: 'GB2260', code: '330106' }, query: { date: '2016-01-01' } })).toMatchObject({ spans: [{ name: '西湖区', until: null }], became: { kind: 'same' } })
    })

    it('give industry codes back the zeros that a spreadsheet took', async () => {
      const made = await upload('industry.csv', readFileSync(join(SHARED, 'open', 'cn_gbt4754_2017_industry.csv')), { kind: 'code-list', list: 'GB4754', inForceFrom: '2017-10-01', label: '2017' })
      expect(made).toMatchObject({ counts: { rejected: 0, removed: 0 } })
      await decide(made.id, 'apply')
      expect(house.standards.codeAt('GB4754', '0111')).toMatchObject({ name: '稻谷种植', parent: '011' })
      expect(await ask('getCode', { params: { id: 'GB4754', code: '0111' } })).toMatchObject({ path: [{ code: 'A' }, { code: '01' }, { code: '011' }] })
    })
  })
})
