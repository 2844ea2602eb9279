import { operations } from '@datong/contracts'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOfficer } from '../../../platform/testing.ts'
import { catalogMigrations } from '../../catalog/index.ts'
import { anEntry, catalogFor } from '../../catalog/testing.ts'
import { evidenceMigrations } from '../../evidence/index.ts'
import { type Sharing, sharingMigrations } from '../index.ts'
import { anApplication, call, problem, sharingFor } from '../testing.ts'

const provider = anOfficer('provider', 'P1', 'provider')
const consumer = anOfficer('consumer', 'C1', 'consumer')
const steward = anOfficer('steward', 'B', 'steward')
const developer = anOfficer('dev', null, 'developer')

let database: TestDatabase
let house: Awaited<ReturnType<typeof catalogFor>>
let sharing: Sharing
let entry: string

beforeAll(async () => {
  database = await createTestDatabase([...evidenceMigrations, ...catalogMigrations, ...sharingMigrations])
  house = await catalogFor(database.store)
  sharing = sharingFor(database.store, house)
  entry = await anEntry(house, provider, { store: database.store, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
})
afterAll(() => database.drop())

const PURPOSE = { name: '停车监管', nameEn: 'Parking supervision', legalBasis: '条例', description: '', words: ['停车', '停车场', '经营主体'], state: 'active', reason: '新增' } as const
const save = (code: string, revision: number, change: { state?: 'retired'; nameEn?: string } = {}) =>
  call(sharing, operations.savePurpose, steward, { params: { code }, body: { ...PURPOSE, ...change, words: [...PURPOSE.words], revision } })

describe('the catalogue of purposes', () => {
  it('begins with presets that wait for the bureau to confirm them', async () => {
    const { items } = await call(sharing, operations.listPurposes, consumer, { query: {} })
    expect(items.length).toBeGreaterThanOrEqual(15)
    expect(items.every(({ state, legalBasis }) => state === 'to-be-confirmed' && legalBasis !== '')).toBe(true)
  })

  it('is kept by the steward, one change at a time and with evidence', async () => {
    expect(await save('parking', 0)).toMatchObject({ code: 'parking', revision: 1, state: 'active' })
    expect((await problem(save('parking', 0))).code).toBe('request/conflict')
    expect(await save('parking', 1, { nameEn: 'Parking' })).toMatchObject({ revision: 2, nameEn: 'Parking' })
    expect((await problem(call(sharing, operations.savePurpose, provider, { params: { code: 'x' }, body: { ...PURPOSE, words: [], revision: 0 } }))).code).toBe('access/forbidden')
    await expect(sql`update sharing.purpose set name = '改' where code = 'parking'`.execute(database.store.db)).rejects.toThrow(/without its evidence/)
  })

  it("takes the steward's word on fields of an entry, and names every field that the entry does not have", async () => {
    await save('words', 0)
    const set = (items: { field: string; need: 'needed' | 'unusual'; reason: string }[], revision: number, entryCode: string | null = entry) =>
      call(sharing, operations.setPurposeNeeds, steward, { params: { code: 'words' }, body: { entryCode, items, reason: '核定', revision } })
    const refusal = await problem(set([{ field: '密码', need: 'needed', reason: '' }, { field: '联系人', need: 'needed', reason: '' }, { field: '联系人', need: 'unusual', reason: '' }], 1))
    expect(refusal.issues.map(({ pointer, code }) => [pointer, code])).toEqual([['/items/0/field', 'unknown-field'], ['/items/2/field', 'twice']])
    const answer = await set([{ field: '停车场名称', need: 'needed', reason: '识别对象' }, { field: '联系人', need: 'unusual', reason: '与用途无关' }], 1)
    expect(answer).toMatchObject({ purpose: { revision: 2 }, items: [{ field: '停车场名称', need: 'needed', by: 'steward-entry' }, { field: '联系人', need: 'unusual' }, { field: '泊位数', need: 'unknown', by: 'nobody' }] })
    expect((await set([{ field: '泊位数', need: 'needed', reason: '任何条目' }], 2, null)).items).toMatchObject([{ field: '泊位数', need: 'needed', by: 'steward' }])
    expect((await call(sharing, operations.getPurposeNeeds, consumer, { params: { code: 'words' }, query: { entryCode: entry } })).items.map(({ need }) => need)).toEqual(['needed', 'unusual', 'needed'])
  })
})

describe('advice on fields', () => {
  it("holds the steward's word for whatever entry to fields that hold the same under another name", async () => {
    const fields = [{ name: '男方身份证号', type: 'text', nullable: true }, { name: '备注', type: 'text', nullable: true }] as const
    const marriages = await anEntry(house, provider, { store: database.store, fields, sharingType: 'conditional', openingType: 'closed', publishBy: steward })
    const advice = await call(sharing, operations.adviseFields, consumer, { body: { entryCode: marriages, purposeCode: 'birth-one-thing', fields: ['男方身份证号', '备注'] } })
    expect(advice).toMatchObject({ needKnown: true, beyondNeed: 1, fields: [{ need: 'needed', by: 'steward', sensitive: true, alternatives: [{ kind: 'verification' }, { kind: 'age-band' }] }, { need: 'unknown' }] })
    expect(advice.fields[0]!.reason).toContain('与“公民身份号码”同类')
  })

  it('questions what the purpose does not need and offers coarser forms', async () => {
    await save('advice', 0)
    await call(sharing, operations.setPurposeNeeds, steward, { params: { code: 'advice' }, body: { entryCode: entry, items: [{ field: '停车场名称', need: 'needed', reason: '识别对象' }], reason: '核定', revision: 1 } })
    const advice = await call(sharing, operations.adviseFields, consumer, { body: { entryCode: entry, purposeCode: 'advice', purposeText: '统计泊位', fields: ['停车场名称', '联系人', '泊位数'] } })
    expect(advice).toMatchObject({
      purpose: { code: 'advice', how: 'chosen' }, beyondNeed: 2, needKnown: true,
      fields: [
        { name: '停车场名称', need: 'needed', sensitive: false, alternatives: [] },
        { name: '联系人', need: 'unknown', sensitive: true, alternatives: [{ kind: 'masked', masking: 'name' }] },
        { name: '泊位数', need: 'unknown', sensitive: false },
      ],
      alternatives: [{ kind: 'statistics' }],
    })
  })

  it('recognises the purpose in free words, and says that it is another when it does not', async () => {
    const ask = (purposeText: string) => call(sharing, operations.adviseFields, consumer, { body: { entryCode: entry, purposeText, fields: ['泊位数'] } })
    expect((await ask('对欠税的纳税人核查')).purpose).toEqual({ code: 'tax-arrears-check', name: '税务欠税核查', how: 'recognised', words: ['欠税', '纳税', '纳税人'] })
    expect((await ask('工作需要')).purpose).toEqual({ code: null, name: null, how: 'other', words: [] })
  })

  it('names every field and purpose that is not there, and hides entries that cannot be seen', async () => {
    await save('gone', 0, { state: 'retired' })
    const refusal = await problem(call(sharing, operations.adviseFields, consumer, { body: { entryCode: entry, purposeCode: 'gone', fields: ['泊位数', '密码'] } }))
    expect(refusal.issues.map(({ pointer }) => pointer)).toEqual(['/fields/1', '/purposeCode'])
    expect((await problem(call(sharing, operations.adviseFields, developer, { body: { entryCode: entry, fields: ['泊位数'] } }))).code).toBe('request/not-found')
  })

  it('learns from what people consented to, not from what was asked', async () => {
    await save('learning', 0)
    for (let round = 0; round < 4; round++) {
      const { id } = await sharing.apply(anApplication(entry, { purposeCode: 'learning', fields: ['停车场名称', '联系人'] }), anOfficer(`c${round}`, `L${round}`, 'consumer'))
      await sharing.act(id, 'approve', { fields: ['停车场名称'] }, provider)
    }
    const advice = await call(sharing, operations.adviseFields, consumer, { body: { entryCode: entry, purposeCode: 'learning', fields: ['停车场名称', '联系人'] } })
    expect(advice.fields).toMatchObject([
      { need: 'needed', by: 'learnt', learnt: { support: 4, share: 1, confidence: 0.51 } }, { need: 'unusual', by: 'learnt', learnt: { support: 4, share: 0 } },
    ])
  })
})
