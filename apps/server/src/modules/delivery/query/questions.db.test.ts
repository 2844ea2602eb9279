import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAppError } from '@datong/kernel'
import { type Caller, PUBLIC_CALLER } from '../../../platform/caller.ts'
import { aHouse } from '../testing/a-house.ts'
import type { TableAnswer, TableQuestion } from './index.ts'
import { ATTACKS } from './testing/attacks.ts'

let house: Awaited<ReturnType<typeof aHouse>>
let parks: string
let people: string
let secret: string

beforeAll(async () => {
  house = await aHouse()
  parks = await house.aResource({
    title: '停车场', openingType: 'open',
    fields: [{ name: '名称', type: 'text' }, { name: '区', type: 'text' }, { name: '车位', type: 'integer' }, { name: '单价', type: 'decimal', precision: 6, scale: 2 }, { name: '开业', type: 'date' }, { name: '更新', type: 'datetime' }],
    rows: [
      ['东门', '甲区', '120', '5.50', '2020-01-01', '2026-01-01 08:00:00'], ['西门', '乙区', '80', '4.00', '2021-06-01', '2026-02-01 09:30:00'],
      ['南门', '甲区', '40', '6.25', '2022-03-05', null], ["O'Neil's \"lot\"", '丙区', null, null, null, null],
    ],
  })
  people = await house.aResource({
    title: '从业人员', openingType: 'open',
    fields: [{ name: '姓名', type: 'text', masking: 'name' }, { name: '区', type: 'text' }, { name: '人数', type: 'integer' }],
    rows: [['王小明', '甲区', '3'], ['李大海', '乙区', '5']],
  })
  secret = await house.aResource({ title: '机密', fields: [{ name: '内容', type: 'text' }, { name: '区', type: 'text' }], rows: [['不公开', '甲区'], ['也不公开', '乙区']] })
})
afterAll(() => house.stop())

// What quotas need of a request: an address to count by, and headers to tell what is left.
const request = { ip: '192.0.2.1', headers: {} } as FastifyRequest
const reply = { header: () => reply } as unknown as FastifyReply

async function askSql(text: string, caller: Caller = PUBLIC_CALLER): Promise<TableAnswer> {
  const names = new Map([['parks', parks], ['people', people], ['secret', secret], [parks, parks], [people, people], [secret, secret]])
  let answer: TableAnswer | undefined
  await house.delivery.questions.askSql({ caller, request, reply }, text, (name) => names.get(name), (found) => {
    answer = found
    return JSON.stringify(found)
  })
  return answer!
}

const QUESTION: TableQuestion = { fields: null, conditions: [], words: [], fieldWords: [], sort: [], limit: 100, offset: 0, distinct: false, total: true }

async function ask(code: string, question: Partial<TableQuestion>, caller: Caller = PUBLIC_CALLER): Promise<TableAnswer> {
  let answer: TableAnswer | undefined
  await house.delivery.questions.ask({ caller, request, reply }, code, { ...QUESTION, ...question }, (found) => {
    answer = found
    return JSON.stringify(found)
  })
  return answer!
}

const reasonOf = async (text: string, caller?: Caller): Promise<string> => {
  try {
    return `answered ${JSON.stringify((await askSql(text, caller)).rows).slice(0, 200)}`
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.code === 'delivery/sql-refused' ? String(error.params['reason']) : error.code
  }
}

describe('a question in SQL', () => {
  it.each<[string, unknown[][]]>([
    [`select * from parks where 名称 = '东门'`, [[1, '东门', '甲区', 120, '5.50', '2020-01-01', '2026-01-01T08:00:00']]],
    [`select 区, count(*) as n, sum(车位) from "parks" group by 区 order by n desc, 区`, [['甲区', 2, '160'], ['丙区', 1, null], ['乙区', 1, '80']]],
    [`select p.名称, q.人数 from parks p join people q on p.区 = q.区 order by 1`, [['东门', 3], ['南门', 3], ['西门', 5]]],
    [`select 名称 from parks where 车位 between 50 and 100 or 名称 like 'O%' order by _id`, [['西门'], ["O'Neil's \"lot\""]]],
    [`select coalesce(车位, 0) + 1 as x from parks order by x desc nulls last limit 2 offset 1`, [[81], [41]]],
    [`with big as (select 区, 车位 from parks where 车位 > 50) select max(车位) from big b where b.区 <> '丙区'`, [[120]]],
    [`select 名称 from parks where 区 in (select 区 from people where 人数 > 4)`, [['西门']]],
    [`select 名称 from parks p where exists (select 1 from people q where q.区 = p.区 and q.人数 = 3) order by 名称`, [['东门'], ['南门']]],
    [`select extract(year from 开业)::int as y, upper('a' || 名称) from parks where 开业 is not null order by y limit 1`, [[2020, 'A东门']]],
    [`select 名称, row_number() over (partition by 区 order by 车位 desc) from parks where 区 = '甲区' order by 2`, [['东门', 1], ['南门', 2]]],
    [`select 区 from parks union select 区 from people order by 区`, [['丙区'], ['乙区'], ['甲区']]],
    [`select distinct 区 from parks order by 区 desc`, [['甲区'], ['乙区'], ['丙区']]],
    [`select case when 车位 > 100 then '大' else '小' end, replace(名称, '门', '') from parks where _id = 1`, [['大', '东']]],
    [`select a.名称, b.名称 from parks a left join parks b using (车位) where a._id = 1`, [['东门', '东门']]],
    [`select round(avg(单价), 2), count(distinct 区), count(*) filter (where 车位 > 50) from parks`, [['5.25', 3, 2]]],
    [`select substring(名称 from 1 for 1), position('门' in 名称), trim(名称) from parks where _id = 1`, [['东', 2, '东门']]],
    [`select 名称 from parks where 名称 = 'x'' or 1=1; --'`, []],
    [`select 1 + 2 as three, null, true, -0.5e1, 'it''s \\'`, [[3, null, true, '-5', "it's \\"]]],
  ])('answers %s', async (text, rows) => {
    const answer = await askSql(text)
    // Chinese texts are ordered by code point or by the server's language, as it was set up.
    expect([...answer.rows].map((row) => JSON.stringify(row)).sort()).toEqual(rows.map((row) => JSON.stringify(row)).sort())
  })

  it('names the columns and types of its answer', async () => {
    const { columns } = await askSql('select 名称, count(*), 1 as "One", 车位::text from parks group by 名称, 车位')
    expect(columns.map(({ name, type }) => [name, type])).toEqual([['名称', 'text'], ['count', 'int8'], ['One', 'int4'], ['车位', 'text']])
  })

  it.each(ATTACKS)('refuses %s', async (text) => {
    expect(await reasonOf(text.replaceAll('PARKS', 'parks').replaceAll('SECRET', `"${secret}"`).replaceAll('TABLE_NAME', await tableName(secret)))).toMatch(/^[a-z/-]+$/)
  })

  it('does not know what is masked, and gives no rows of what is not granted', async () => {
    expect(await reasonOf('select 姓名 from people')).toBe('column')
    expect((await askSql('select * from people limit 1')).columns.map(({ name }) => name)).toEqual(['_id', '区', '人数'])
    expect(await reasonOf('select * from secret')).toBe('request/not-found')
    expect(await reasonOf('select * from nothing')).toBe('table')
  })

  it('gives what a grant gives: its fields, its rows, with evidence', async () => {
    const { key } = await house.aSystemWith({ [secret]: { fields: ['区'], filter: [{ field: '区', op: 'eq', value: '甲区' }] } })
    const caller = house.callers.get(key)!
    const { rows, columns } = await askSql(`select *, count(*) over () from "${secret}"`, caller)
    expect([columns.map(({ name }) => name), rows]).toEqual([['_id', '区', 'count'], [[1, '甲区', 1]]])
    expect(await reasonOf(`select 内容 from "${secret}"`, caller)).toBe('column')
    const [record] = (await house.records('delivery.rows.read')).slice(-1)
    expect(record).toMatchObject({ detail: { conditions: ['sql'], fields: ['区'], basis: 'grant' }, subject: { id: secret } })
  })

  it('looks at no row outside the grant, not even to fail at it', async () => {
    const districts = ['甲区', ...Array.from({ length: 7 }, (_, index) => `${index}区`)]
    const { key } = await house.aSystemWith({ [secret]: { fields: ['内容', '区'], filter: [{ field: '区', op: 'in', value: districts }] } })
    const caller = house.callers.get(key)!
    const toldBy = async (condition: string): Promise<string> => {
      try {
        return JSON.stringify((await askSql(`select 区 from "${secret}" where ${condition}`, caller)).rows)
      } catch (error) {
        return isAppError(error) ? JSON.stringify([error.code, error.params, error.issues]) : String(error)
      }
    }
    expect(await toldBy(`replace(内容, '不公开', '1')::int = 1`)).toBe('[["甲区"]]')
    // Cheaper than the grant's own condition, so the database would rather ask it first.
    expect(await toldBy(`1 / (case when 内容 = '也不公开' then 0 else 1 end) = 1`)).toBe('[["甲区"]]')
    expect(await toldBy(`内容::int = 1`)).not.toContain('也不公开')
  })

  it('ends what takes too long or answers too much', async () => {
    const cross = 'parks a, parks b, parks c, parks d, parks e, parks f, parks g, parks h'
    // Of rows of four million characters each only those are kept that fit, whatever came with them.
    const wide = await askSql(`with w as (select replace(replace('${'a'.repeat(10)}', 'a', '${'b'.repeat(100)}'), 'b', '${'c'.repeat(100)}') as s) select ${Array.from({ length: 40 }, (_, at) => `w.s as s${at}`).join(', ')} from w cross join parks a cross join parks b`)
    expect(wide.truncated ? wide.rows.length : 'all').toBeLessThanOrEqual(8)
    const { rows, truncated } = await askSql(`select a._id from ${cross}`)
    expect([rows.length, truncated]).toEqual([32_000, true])
    expect(await reasonOf(`select ${'('.repeat(400)}1${')'.repeat(400)} + ${Array.from({ length: 300 }, () => '1').join('+')}`)).toBe('too-large')
    expect(await reasonOf(`select '${'x'.repeat(20_000)}'`)).toBe('too-large')
    expect(await reasonOf(`select * from ${cross}, parks i, parks j, parks k`)).toBe('too-large')
    const doubled = Array.from({ length: 3 }, (_, index) => `w${index + 1} as (select ${Array.from({ length: 32 }, () => 'x').join(' || ')} as x from w${index})`)
    expect((await askSql(`with w0 as (select 'xxxxxxxxxxxxxxxx' as x), ${doubled.join(', ')} select length(x) from w3`)).rows).toEqual([[100_000]])
  })

  it('is asked as a role that sees the serving tables alone', async () => {
    const client = await house.store.pool.connect()
    for (const text of ['select 1 from catalog.entry', 'select 1 from evidence.segment', `delete from serving.${await tableName(parks)}`, 'create table serving.x (a int)']) {
      await client.query('begin; set local role datong_reader')
      await expect(client.query(text), text).rejects.toThrow(/permission denied/)
      await client.query('rollback')
    }
    client.release()
  })

  async function tableName(code: string): Promise<string> {
    const { rows } = await sql<{ table_name: string }>`select table_name from delivery.serving where entry_code = ${code}`.execute(house.store.db)
    return rows[0]!.table_name
  }
})

describe('a question about one resource', () => {
  it('finds, sorts, pages and counts', async () => {
    const found = await ask(parks, { fields: ['_id', '名称'], conditions: [{ field: '车位', op: 'gte', values: ['40'] }], sort: [{ field: '车位', descending: true }], limit: 2, offset: 1 })
    expect([found.rows, found.total]).toEqual([[[2, '西门'], [3, '南门']], 3])
    expect((await ask(parks, { conditions: [{ field: '_id', op: 'in', values: ['1', '4'] }] })).rows.map(([id]) => id)).toEqual([1, 4])
    expect((await ask(parks, { conditions: [{ field: '车位', op: 'eq', values: [null] }], fields: ['名称'] })).rows).toEqual([["O'Neil's \"lot\""]])
    expect((await ask(parks, {})).rows[0]).toEqual([1, '东门', '甲区', 120, 5.5, '2020-01-01', '2026-01-01T08:00:00'])
  })

  it('searches words in all fields and in one', async () => {
    expect((await ask(parks, { words: ['甲区', '南'], fields: ['名称'] })).rows).toEqual([['南门']])
    expect((await ask(parks, { words: ["o'neil"] })).total).toBe(1)
    expect((await ask(parks, { fieldWords: [{ field: '名称', word: '门' }] })).total).toBe(3)
    expect((await ask(parks, { words: ['%'] })).total).toBe(0)
  })

  it('tells different rows apart once', async () => {
    const found = await ask(parks, { fields: ['区'], distinct: true, sort: [{ field: '区', descending: false }], limit: 2 })
    expect([found.rows.length, found.total]).toEqual([2, 3])
  })

  it('masks what leaves and does not compare it', async () => {
    expect((await ask(people, { fields: ['姓名'] })).rows).not.toContainEqual(['王小明'])
    for (const change of [{ conditions: [{ field: '姓名', op: 'eq', values: ['王小明'] }] }, { sort: [{ field: '姓名', descending: false }] }, { fields: ['姓名'], distinct: true }, { fieldWords: [{ field: '姓名', word: '王' }] }] as const) {
      await expect(ask(people, change)).rejects.toThrow(/delivery\/invalid-query/)
    }
    expect((await ask(people, { words: ['王小明'] })).total).toBe(0)
  })

  it('refuses what is not there, and resources that the caller does not get', async () => {
    await expect(ask(parks, { fields: ['没有'] })).rejects.toThrow(/delivery\/invalid-query/)
    await expect(ask(parks, { conditions: [{ field: '车位', op: 'gt', values: ['x'] }] })).rejects.toThrow(/delivery\/invalid-query/)
    await expect(ask(secret, {})).rejects.toThrow(/request\/not-found/)
  })
})
