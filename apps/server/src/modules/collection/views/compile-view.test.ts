import { describe, expect, it } from 'vitest'
import { compileView, type CompiledView } from './compile-view.ts'
import { parseView } from './parse-view.ts'

const TABLES = [{ name: '企业', fields: ['统一社会信用代码', '名称', 'Amount'] }, { name: '许可', fields: ['信用代码', '许可名称', '有效期'] }]
const view = async (sql: string): Promise<CompiledView> => compileView(await parseView(sql), TABLES)
const refusal = async (sql: string): Promise<unknown> => view(sql).then(() => 'taken', (error: unknown) => (error as { params: { reason: string } }).params.reason) // only our refusals are thrown

describe('the query of a view', () => {
  it('follows each field to where it comes from, through joins, groups and queries inside', async () => {
    const { names, origins, conditions } = await view(`
      with 有效 as (select 信用代码, 许可名称 as 许可 from 许可 where 有效期 >= date '2026-01-01')
      select q.统一社会信用代码 as 代码, q.名称, count(v.许可) as 许可数, sum(q.amount) as 金额, max(v.许可) as 许可, 1 as 一
      from 企业 q left join 有效 v on q.统一社会信用代码 = v.信用代码
      where q.名称 not like '%测试%' group by 1, 2 order by 3 desc`)
    expect(names).toEqual(['代码', '名称', '许可数', '金额', '许可', '一'])
    expect(origins).toEqual([
      { field: '代码', from: [{ input: 0, field: '统一社会信用代码' }], how: 'same' },
      { field: '名称', from: [{ input: 0, field: '名称' }], how: 'same' },
      { field: '许可数', from: [{ input: 1, field: '许可名称' }], how: 'count(许可)' },
      { field: '金额', from: [{ input: 0, field: 'Amount' }], how: 'sum(Amount)' },
      { field: '许可', from: [{ input: 1, field: '许可名称' }], how: 'max(许可)' },
      { field: '一', from: [], how: '1' },
    ])
    expect(conditions).toEqual([
      { how: 'filter', input: 1, field: '有效期' },
      { how: 'join', input: 0, field: '统一社会信用代码' }, { how: 'join', input: 1, field: '信用代码' },
      { how: 'filter', input: 0, field: '名称' },
      { how: 'group', input: 0, field: '统一社会信用代码' }, { how: 'group', input: 0, field: '名称' },
      { how: 'sort', input: 1, field: '许可名称' },
    ])
  })

  it('takes both sides of a combination into the lineage', async () => {
    const { origins } = await view('select 统一社会信用代码 as 代码 from 企业 union select upper(信用代码) from 许可')
    expect(origins).toEqual([{ field: '代码', from: [{ input: 0, field: '统一社会信用代码' }, { input: 1, field: '信用代码' }], how: 'same | upper(信用代码)' }])
  })

  it('puts no name of the caller unquoted into what runs, and no relation but the inputs', async () => {
    const { sql } = await view(`select 名称 as "a""; drop table x --", 'it''s' as b from 企业`)
    expect(sql).toBe(`select t1."名称" as "a""; drop table x --", 'it''s' as "b" from in0 as t1`)
  })

  it('runs patterns in linear time', async () => {
    const { sql } = await view(`select 名称 from 企业 where 名称 like '%甲_\\%' and 名称 not ilike 'it''s%'`)
    expect(sql).toContain(`(regexp_full_match(t1."名称", '.*甲.\\%', 's')) and (not regexp_full_match(t1."名称", 'it\\''s.*', 'si'))`)
  })

  it.each<[string, string]>([
    ['select 名称 from 企业 where 名称 like amount', 'construct'],
    [`select 名称 from 企业 where 名称 like '${'%_'.repeat(501)}'`, 'construct'],
    [`select 名称 from 企业 where 名称 like 'a\\'`, 'construct'],
    ['select * from read_csv(\'/etc/passwd\')', 'construct'],
    ['select * from 别的', 'table'],
    ['select 名称 from 企业; select 1', 'not-one-select'],
    ['delete from 企业', 'not-one-select'],
    ['select read_text(名称) as a from 企业', 'function'],
    ['select getenv(\'HOME\') as a', 'function'],
    ['select random() as a from 企业', 'function'],
    ['select now() as a from 企业', 'function'],
    ['select current_date as a from 企业', 'construct'],
    ['select 没有 from 企业', 'column'],
    ['select 名称, 许可名称 as 名称 from 企业 cross join 许可', 'column'],
    ['select amount + 1 from 企业', 'column'],
    ['select amount as _row from 企业', 'column'],
    ['select (select max(有效期) from 许可) as a from 企业', 'construct'],
    ['select lpad(名称, 100000, \'x\') as a from 企业', 'function'],
    ['select lpad(名称, amount::int, \'x\') as a from 企业', 'function'],
    ['select 名称 from 企业 for update', 'construct'],
    ['select 名称 from 企业 tablesample system (10)', 'construct'],
    ['select 名称::regclass as a from 企业', 'type'],
    ['select 名称 operator(pg_catalog.~) \'x\' as a from 企业', 'operator'],
    ['with recursive r as (select 名称 from 企业) select * from r', 'construct'],
    ['select 名称 into t from 企业', 'construct'],
    [`select ${'('.repeat(300)}1${')'.repeat(300)} + ${Array.from({ length: 200 }, () => 'abs(').join('')}1${')'.repeat(200)} as a from 企业`, 'too-large'],
    [`select '${'x'.repeat(20_001)}' as a`, 'too-large'],
  ])('refuses %s', async (sql, reason) => {
    expect(await refusal(sql)).toBe(reason)
  })
})
