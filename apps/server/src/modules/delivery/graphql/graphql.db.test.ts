import { buildClientSchema, getIntrospectionQuery } from 'graphql'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aHouse, type House, PROVIDER } from '../testing/a-house.ts'
import { resourceName } from './names.ts'

const COMPANIES = Array.from({ length: 60 }, (_, index): (string | null)[] => [`C${String(index).padStart(3, '0')}`, `公司${index}`, '张伟', index % 5 === 0 ? null : String(index), '秘'])
const PERMITS = Array.from({ length: 120 }, (_, index): (string | null)[] => [`P${index}`, `C${String(index % 60).padStart(3, '0')}`, `2020-01-${String((index % 28) + 1).padStart(2, '0')}`])

let house: House
let companies: string
let permits: string
let both: Awaited<ReturnType<House['aSystemWith']>>
let r: { companies: string; permits: string }

interface Answer {
  readonly data?: Readonly<Record<string, { readonly items: Record<string, unknown>[]; readonly nextCursor: string | null } | null>> | null
  readonly errors?: readonly { readonly message: string; readonly path?: readonly unknown[]; readonly extensions: { readonly code: string; readonly errors?: readonly { code: string }[] } }[]
  readonly extensions?: { readonly receipts: Readonly<Record<string, string>> }
}

beforeAll(async () => {
  house = await aHouse()
  companies = await house.aResource({
    title: '企业登记', rows: COMPANIES,
    fields: [{ name: '统一社会信用代码', type: 'text', recognizer: 'unified-credit-code' }, { name: '名称', type: 'text' }, { name: '联系人', type: 'text', masking: 'name' }, { name: '注册资本', type: 'integer' }, { name: '密级', type: 'text' }],
  })
  permits = await house.aResource({
    title: '许可', rows: PERMITS, fields: [{ name: '许可证号', type: 'text', identifier: true }, { name: '信用代码', type: 'text', recognizer: 'unified-credit-code' }, { name: '发证日期', type: 'date' }],
  })
  both = await house.aSystemWith({ [companies]: { fields: ['统一社会信用代码', '名称', '联系人', '注册资本'] }, [permits]: { fields: ['许可证号', '信用代码', '发证日期'] } })
  r = { companies: resourceName(companies), permits: resourceName(permits) }
})
afterAll(() => house.stop())

async function ask(query: string, key = both.key, variables?: object): Promise<{ status: number; answer: Answer; headers: Record<string, unknown> }> {
  const response = await house.post('/graphql', { query, ...(variables === undefined ? {} : { variables }) }, key)
  return { status: response.statusCode, answer: response.json<Answer>(), headers: response.headers }
}
const codeOf = ({ answer }: { answer: Answer }): string | undefined => answer.errors?.[0]?.extensions.code

describe('GraphQL', () => {
  it('gives the same masked rows as the row interface, under ASCII names', async () => {
    const { answer } = await ask(`{ ${r.companies}(limit: 3) { items { tongyishehuixinyongdaima mingcheng lianxiren zhuceziben } nextCursor version } }`)
    const rows = (await house.get(`/data/v1/${companies}/rows?limit=3`, both.key)).json<{ items: Record<string, unknown>[] }>().items
    expect(answer.data![r.companies]!.items.map((row) => Object.values(row))).toEqual(rows.map((row) => Object.values(row)))
    expect(rows[0]).toMatchObject({ 联系人: '张*' })
  })

  it('filters, orders and pages to the end', async () => {
    const seen: unknown[] = []
    let cursor: string | null = null
    do {
      const { answer }: { answer: Answer } = await ask(
        `query ($cursor: String) { ${r.companies}(where: { zhuceziben: { gte: 10, lt: "40" } }, sort: [zhuceziben_desc], limit: 7, cursor: $cursor) { items { zhuceziben } nextCursor } }`, both.key, { cursor })
      const page = answer.data![r.companies]!
      seen.push(...page.items.map((row) => row['zhuceziben']))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => 39 - index).filter((value) => value % 5 !== 0))
  })

  it('follows relations in one read for all rows, each row with its own', async () => {
    const reading = vi.spyOn(pg.Connection.prototype, 'bind')
    const relation = `${r.permits}_by_tongyishehuixinyongdaima_xinyongdaima`
    const { answer } = await ask(`{ ${r.companies}(limit: 40) { items { mingcheng ${relation} { xukezhenghao back: ${r.companies}_by_xinyongdaima_tongyishehuixinyongdaima { mingcheng } } } } }`)
    const statements = reading.mock.calls.filter(([given]) => /^(?:volley|read)-/.test(given?.statement ?? ''))
    reading.mockRestore()
    expect(statements).toHaveLength(3)
    const { items } = answer.data![r.companies]!
    expect(items).toHaveLength(40)
    for (const [index, row] of items.entries()) {
      expect(row[relation]).toEqual([index, index + 60].map((permit) => ({ xukezhenghao: `P${permit}`, back: [{ mingcheng: `公司${index}` }] })))
    }
  })

  it('records one entry of evidence for each resource, with what was read, and hands out the receipts', async () => {
    const { answer, headers } = await ask(`{ ${r.companies}(limit: 2, where: { mingcheng: { like: "公司%" } }) { items { mingcheng } } other: ${r.companies}(limit: 1) { items { lianxiren } } ${r.permits}(limit: 5) { items { fazhengriqi } } }`)
    expect(Object.keys(answer.extensions!.receipts).sort()).toEqual([companies, permits].sort())
    expect(headers['datong-evidence']).toBe(Object.values(answer.extensions!.receipts).join(', '))
    const records = (await house.records('delivery.rows.read')).filter((record) => record.detail['grantId'] === both.grants[0]!.grantId)
    expect(records.at(-1)).toMatchObject({ subject: { id: companies }, detail: { fields: ['名称', '联系人'], conditions: ['名称 like'], rows: 3 } })
  })

  it('takes quota for each read and answers the rest when one resource has none left', async () => {
    const few = await house.aSystemWith({ [companies]: { fields: ['名称'], quota: { perSecond: 1, perDay: 100 } }, [permits]: { fields: ['许可证号'] } })
    const { status, answer } = await ask(`{ a: ${r.companies}(limit: 1) { items { mingcheng } } b: ${r.companies}(limit: 1) { items { mingcheng } } ${r.permits}(limit: 1) { items { xukezhenghao } } }`, few.key)
    expect(status).toBe(200)
    expect(answer.errors).toMatchObject([{ extensions: { code: 'delivery/quota-exceeded' } }])
    expect(answer.data![r.permits]!.items).toEqual([{ xukezhenghao: 'P0' }])
    expect([answer.data!['a'], answer.data!['b']].filter((page) => page === null)).toHaveLength(1)
  })

  it('knows neither fields nor resources outside the grants', async () => {
    const one = await house.aSystemWith({ [companies]: { fields: ['名称'] } })
    for (const query of [`{ ${r.permits} { items { xukezhenghao } } }`, `{ ${r.companies} { items { miji } } }`, `{ ${r.companies}(where: { miji: { eq: "秘" } }) { items { mingcheng } } }`]) {
      const found = await ask(query, one.key)
      expect([found.status, codeOf(found), found.answer.data]).toEqual([400, 'delivery/invalid-query', undefined])
      expect(JSON.stringify(found.answer)).not.toMatch(/Did you mean.*miji/)
    }
    expect(codeOf(await ask(`{ ${r.companies}(where: { lianxiren: { like: "张%" } }) { items { mingcheng } } }`))).toBe('delivery/invalid-query')
    expect(codeOf(await ask(`{ ${r.companies}(sort: [${Array.from({ length: 21 }, () => 'mingcheng_asc').join(', ')}]) { items { mingcheng } } }`))).toBe('delivery/invalid-query')
    expect(codeOf(await ask(`{ ${r.companies}(sort: [lianxiren_asc]) { items { mingcheng } } }`))).toBe('delivery/invalid-query')
  })

  it('has no relation over a number that either side masks', async () => {
    const masked = await house.aResource({ title: '处罚', fields: [{ name: '代码', type: 'text', recognizer: 'unified-credit-code', masking: 'redact' }], rows: [['C001']] })
    const system = await house.aSystemWith({ [companies]: { fields: ['统一社会信用代码'] }, [masked]: { fields: ['代码'] } })
    const { answer } = await ask('{ __schema { types { name fields { name } } } }', system.key)
    expect(JSON.stringify(answer.data)).not.toContain('_by_')
  })

  it('gives masked fields alone without conditions, and still makes a whole schema', async () => {
    const { key } = await house.aSystemWith({ [companies]: { fields: ['联系人'] } })
    expect((await ask(`{ ${r.companies}(limit: 1) { items { lianxiren } } }`, key)).answer.data![r.companies]!.items).toEqual([{ lianxiren: '张*' }])
  })

  it('counts as a miss when a masked number is looked up in vain', async () => {
    const people = await house.aResource({ title: '人员', fields: [{ name: '证号', type: 'text', recognizer: 'citizen-number', masking: 'redact' }], rows: [['11010519491231002X']] })
    const { key } = await house.aSystemWith({ [people]: { fields: ['证号'] } })
    const guess = (value: string) => ask(`{ ${resourceName(people)}(where: { zhenghao: { eq: "${value}" } }) { items { __typename } } }`, key)
    expect((await guess('11010519491231002X')).answer.data![resourceName(people)]!.items).toHaveLength(1)
    const codes = []
    for (let index = 0; index < 6; index++) codes.push(codeOf(await guess('110101199003074557')))
    expect(codes.slice(4)).toEqual([undefined, 'delivery/too-many-misses'])
  })

  it('lets the authenticated introspect, and nobody else in', async () => {
    const { answer } = await ask(getIntrospectionQuery())
    const schema = buildClientSchema(answer.data as unknown as Parameters<typeof buildClientSchema>[0])
    expect(schema.getQueryType()?.getFields()[r.companies]?.description).toBe('企业登记')
    expect((await ask('{ __typename }', '')).status).toBe(401)
  })

  it('loses a revoked grant within a second', async () => {
    const system = await house.aSystemWith({ [companies]: { fields: ['名称'] } })
    const query = `{ ${r.companies}(limit: 1) { items { mingcheng } } }`
    expect((await ask(query, system.key)).status).toBe(200)
    await house.sharing.act(system.grants[0]!.applicationId, 'revoke', { reason: '结束' }, PROVIDER)
    await expect.poll(async () => codeOf(await ask(query, system.key)), { timeout: 20_000, interval: 20 }).toBe('delivery/no-grant')
  })
})

describe('a query past its time limit', () => {
  it('is answered so, and its read is cancelled in the database', async () => {
    const { pool } = house.store
    const holder = await pool.connect()
    try {
      const { rows: [table] } = await pool.query<{ table_name: string }>('select table_name from delivery.serving where entry_code = $1', [companies])
      await holder.query('begin')
      await holder.query(`lock table serving.${table!.table_name} in access exclusive mode`)
      const answered = ask(`{ ${r.companies}(limit: 3) { items { mingcheng } } }`)
      const waiting = async (): Promise<number> => (await pool.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%serving.r_%'`)).rows[0]!.n
      await vi.waitFor(async () => expect(await waiting()).toBe(1), 4_000)
      expect((await answered).answer).toMatchObject({ code: 'delivery/query-too-slow' })
      await vi.waitFor(async () => expect(await waiting()).toBe(0), 2_000)
    } finally {
      await holder.query('rollback')
      holder.release()
    }
  })
})

describe('hostile queries', () => {
  const nested = (depth: number): string => `{ ${'a { '.repeat(depth)}b${' }'.repeat(depth)} }`
  const bomb = `{ ...f0 } ${Array.from({ length: 30 }, (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`).join(' ')} fragment f30 on Query { __typename }`

  it.each([
    ['depth 7', nested(6), 'depth'],
    ['depth 1,000', nested(1_000), null],
    ['10,000 aliases', `{ ${Array.from({ length: 10_000 }, (_, index) => `a${index}: __typename`).join(' ')} }`.slice(0, 20_000), null],
    ['no limit, twice', '{ a: R(limit: null) { nextCursor } b: R(limit: null) { nextCursor } }', 'rows'],
    ['a small limit in another operation', 'query a($l: Int = 1) { R(limit: $l) { nextCursor } } query b($l: Int = 1000000) { R(limit: $l) { nextCursor } }', 'rows'],
    ['500 aliases', `{ ${Array.from({ length: 500 }, (_, index) => `a${index}: __typename`).join(' ')} }`, 'aliases'],
    ['fragments that double thirty times', bomb, 'fields'],
    ['a fragment in itself', '{ ...f } fragment f on Query { ...f }', null],
    ['a million rows', '{ R(limit: 1000) { items { R_by_a_b(limit: 1000) { x } } } }', 'rows'],
    ['a limit by variable', 'query ($n: Int!) { R(limit: $n) { items { __typename } } }', 'rows'],
    ['no GraphQL', 'select * from x', null],
    ['a change', 'mutation { x }', null],
    ['a subscription', 'subscription { x }', null],
  ])('are refused before anything is read: %s', async (_, query, issue) => {
    const bound = vi.spyOn(pg.Connection.prototype, 'bind')
    const found = await ask(query.replaceAll('R', r.companies), both.key, { n: 1_000_000 })
    const read = bound.mock.calls.some(([given]) => /^(?:volley|read)-/.test(given?.statement ?? ''))
    bound.mockRestore()
    expect([found.status === 400 || found.status === 422, read]).toEqual([true, false])
    if (issue !== null) expect(found.answer.errors?.[0]?.extensions).toMatchObject({ code: 'delivery/query-too-large', errors: expect.arrayContaining([expect.objectContaining({ code: issue })]) })
  })

  it.each([[[]], [{ query: 1 }], [{ query: '{ __typename }', variables: [] }], [{ query: ['{ a }'] }], ['{"query"']])('with a body that is no request are refused: %j', async (body) => {
    expect([400, 422]).toContain((await house.post('/graphql', body, both.key)).statusCode)
  })
})
