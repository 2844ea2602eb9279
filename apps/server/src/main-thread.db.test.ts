import type { Application, Entry, Load } from '@datong/contracts'
import { verifyReceipt } from '@datong/evidence-log'
import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, BUREAU, HERE, THERE, type TestServer } from './testing/a-server.ts'
import { daysAhead } from './testing/days-ahead.ts'
import { hasShared, SHARED } from './testing/shared-files.ts'

/** What each real file must come out as: rows of data, fields, encoding, header rows, and types that must be found. */
const FILES: Readonly<Record<string, { rows: number; fields: number; encoding: string | null; headerRows: number; types: Record<string, string> }>> = {
  'cn_streets_nbs.csv': { rows: 41_352, fields: 5, encoding: 'utf-8', headerRows: 1, types: { code: 'text', name: 'text' } },
  'cn_gb2260_201810.tsv': { rows: 3_659, fields: 4, encoding: 'utf-8', headerRows: 1, types: { Code: 'text' } },
  'cn_gb2260_200212.tsv': { rows: 3_510, fields: 4, encoding: 'utf-8', headerRows: 1, types: { Code: 'text' } },
  'cn_gbt4754_2017_industry.csv': { rows: 1_970, fields: 6, encoding: 'utf-8', headerRows: 1, types: { id: 'integer' } },
  'cn_nbs_export_by_category.csv': { rows: 37, fields: 121, encoding: 'utf-8', headerRows: 1, types: {} },
  'tw_realestate_filter_big5.csv': { rows: 939, fields: 29, encoding: 'big5', headerRows: 1, types: { 交易年月日: 'date' } },
  'tw_realestate_taipei_utf8bom.csv': { rows: 8_841, fields: 32, encoding: 'utf-8', headerRows: 2, types: { 交易年月日: 'date' } },
  'tw_taoyuan_opendata_inventory.xls': { rows: 1_429, fields: 29, encoding: null, headerRows: 1, types: {} },
  'us_dotgov_current_full.csv': { rows: 16_539, fields: 7, encoding: 'utf-8', headerRows: 1, types: {} },
  'us_nyc_class_size.csv': { rows: 27_611, fields: 16, encoding: 'utf-8', headerRows: 1, types: {} },
}

let server: TestServer
let provider: Awaited<ReturnType<TestServer['as']>>
let steward: typeof provider
let consumer: typeof provider
let auditor: typeof provider

beforeAll(async () => {
  server = await aServer()
  provider = await server.as('provider', HERE)
  steward = await server.as('steward', BUREAU)
  consumer = await server.as('consumer', THERE)
  auditor = await server.as('auditor', BUREAU)
})
afterAll(() => server.stop())

type Person = Awaited<ReturnType<TestServer['as']>>
type Method = 'GET' | 'POST' | 'PATCH'

async function call<T>(who: Person | null, method: Method, url: string, payload?: object, extra: Record<string, string> = {}): Promise<{ status: number; body: T; headers: Record<string, unknown> }> {
  const answer = await server.app.inject({ method, url: encodeURI(url), headers: { ...who?.headers, ...extra }, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<T>(), headers: answer.headers }
}

/** Uploads through the command that the route uses, and waits for the end of the load. */
async function load(source: AsyncIterable<Uint8Array>, fileName: string): Promise<Load> {
  const account = await server.identity.users.find(provider.user.id)
  const caller = server.identity.users.callerOf(account!)
  const { loadId } = await server.collection.upload(source, { fileName }, caller)
  for (;;) {
    const { body } = await call<Load>(provider, 'GET', `/api/v1/collection/loads/${loadId}`)
    if (body.state === 'done' || body.state === 'failed') return body
    await sleep(100)
  }
}

describe.skipIf(!hasShared())('real files (DATONG_SHARED)', () => {
  it.each(Object.keys(FILES))('%s loads without hand-work', async (name) => {
    const expected = FILES[name]!
    const done = await load(createReadStream(join(SHARED, 'data', 'open', name)), name)
    expect(done.error).toBeNull()
    expect(done.rowsRead).toBe(done.rowsStored + done.rowsRejected)
    expect(done.rowsRead).toBe(expected.rows)
    expect(done.detection).toMatchObject({ encoding: expected.encoding, headerRows: expected.headerRows })
    const { body: entry } = await call<Entry>(provider, 'GET', `/api/v1/catalog/entries/${done.entryCode}`)
    expect(entry.fields).toHaveLength(expected.fields)
    for (const [field, type] of Object.entries(expected.types)) expect(entry.fields.find((one) => one.name === field)?.type).toBe(type)
  })

  it('are all tested', () => {
    expect(readdirSync(join(SHARED, 'data', 'open')).sort()).toEqual(Object.keys(FILES).sort())
  })
})

const CSV = '姓名,身份证号,手机号码,单位名称,参保金额\n张伟,11010519491231002X,13812345678,澜海一厂,1200.50\n欧阳娜娜,440524188001010014,13912345679,澜海二厂,980.00\n王芳,11010519491231002X,13712345670,澜海三厂,1500.25\n'

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

describe('the thread from a file to a proof', () => {
  it('runs through catalogue, sharing, delivery and evidence', async () => {
    const loaded = await load(bytesOf(CSV), '社保参保信息.csv')
    expect(loaded).toMatchObject({ state: 'done', rowsRead: 3, rowsStored: 3, rowsRejected: 0 })
    const code = loaded.entryCode
    const { body: draft } = await call<Entry>(provider, 'GET', `/api/v1/catalog/entries/${code}`)
    expect(draft.fields.find(({ name }) => name === '身份证号')).toMatchObject({ grade: 'secret', masking: 'citizen-number' })
    expect(draft.fields.find(({ name }) => name === '手机号码')).toMatchObject({ masking: 'phone' })

    await call(provider, 'PATCH', `/api/v1/catalog/entries/${code}`, { summary: '参保人员', sharingType: 'conditional', sharingCondition: '核查', openingType: 'closed' })
    expect((await call(provider, 'POST', `/api/v1/catalog/entries/${code}/actions/submit`, {})).status).toBe(200)
    expect((await call(steward, 'POST', `/api/v1/catalog/entries/${code}/actions/publish`, {})).status).toBe(200)

    const asked = await call<Application>(consumer, 'POST', '/api/v1/sharing/applications', {
      entryCode: code, fields: ['姓名', '身份证号', '手机号码'], purpose: '欠税核查', use: '征管系统', delivery: 'api', until: daysAhead(300),
    })
    expect(asked.status).toBe(201)
    const decided = await call<Application>(provider, 'POST', `/api/v1/sharing/applications/${asked.body.id}/actions/approve`, { quota: { perSecond: 100, perDay: 1000 } })
    expect(decided.body.state).toBe('approved')
    const grant = await call<{ appId: string; number: string }>(consumer, 'GET', `/api/v1/sharing/grants/${decided.body.grantId}`)
    const { body: key } = await call<{ key: string }>(consumer, 'POST', `/api/v1/apps/${grant.body.appId}/keys`, { name: '征管系统' })
    const bearer = { authorization: `Bearer ${key.key}` }

    const rows = await call<{ items: Record<string, string>[] }>(null, 'GET', `/data/v1/${code}/rows?身份证号=440524188001010014`, undefined, bearer)
    expect(rows.body.items).toEqual([{ 姓名: '欧阳**', 身份证号: '4405************14', 手机号码: '139****5679' }])
    expect((await call(null, 'GET', `/data/v1/${code}/rows?select=单位名称`, undefined, bearer)).status).toBe(422)

    const receiptId = String(rows.headers['datong-evidence'])
    const { body: receipt } = await call<{ item: { id: string; body: unknown }; proof: { leaf: string; salt: string; leafIndex: number; inclusion: string[]; checkpoint: string } }>(auditor, 'GET', `/api/v1/evidence/receipts/${receiptId}`)
    expect(receipt.item).toMatchObject({ chain: 'access', body: { action: 'delivery.rows.read', subject: { id: code }, detail: { grant: grant.body.number, rows: 1 } } })
    const { leaf, salt, leafIndex, inclusion, checkpoint } = receipt.proof
    const verdict = verifyReceipt({ leaf, salt, leafIndex, proof: inclusion, checkpoint, body: receipt.item.body }, server.evidence.verifierKey)
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([])

    await call(provider, 'POST', `/api/v1/sharing/applications/${asked.body.id}/actions/revoke`, { reason: '用途结束' })
    await expect.poll(async () => (await call(null, 'GET', `/data/v1/${code}/rows`, undefined, bearer)).status, { timeout: 20_000, interval: 20 }).toBe(403)
  })
})
