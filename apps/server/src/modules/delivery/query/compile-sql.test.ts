import { isAppError } from '@datong/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSql } from './compile-sql.ts'
import { namesIn, parseOwn, parseSql } from './parse-sql.ts'
import { SQL_FUNCTIONS } from './sql-functions.ts'

const TABLES = new Map([['parks', { sql: '(select _row + 1 as c0, c0 as c1, c1 as c2 from serving.r_parks)', columns: [{ name: '_id', sql: 'c0' }, { name: '名称', sql: 'c1' }, { name: '车位', sql: 'c2' }] }]])

const compile = async (sql: string): Promise<string> => compileSql(await parseSql(sql), TABLES).text

const tables = fc.constantFrom(...Array.from({ length: 60 }, () => 'parks'), 'secret', 'pg_roles', 'serving.r_secret', 'pg_catalog.pg_class', 'x', '"w1"', 't1')
const columns = fc.constantFrom(...Array.from({ length: 20 }, () => ['名称', '车位', '_id', 'p.名称']).flat(), 'q.车位', 'ctid', 'p', 'p.row_to_json', 'c1', 't1.c1', 'tableoid', '*', 'p.*')
const functions = fc.constantFrom(...Array.from({ length: 10 }, () => ['lower', 'count', 'max', 'round']).flat(), 'pg_sleep', 'query_to_xml', 'pg_read_file', 'repeat', 'pg_catalog.lower', 'serving.f', 'ts_rewrite', 'row_number')
const expression: fc.Arbitrary<string> = fc.letrec<{ e: string; select: string }>((tie) => ({
  e: fc.oneof({ maxDepth: 3 }, columns, fc.constantFrom('1', `'x'`, 'null', 'true', '-1.5'),
    fc.tuple(functions, tie('e')).map(([name, arg]) => `${name}(${arg})`), fc.tuple(tie('e'), fc.constantFrom('+', '=', '||', 'like', 'and', '<', '*', 'or', '~', '::text ||', 'is distinct from'), tie('e')).map((parts) => `(${parts.join(' ')})`),
    tie('select').map((inner) => `(${inner})`), tie('select').map((inner) => `exists (${inner})`), tie('e').map((one) => `case when ${one} is null then 1 end`), tie('e').map((one) => `${one}::text`)),
  select: fc.tuple(tie('e'), tables, fc.option(tie('e')), fc.option(tie('select'), { freq: 1 }), fc.constantFrom('', '', '', ' group by 1', ' order by 1', ' limit 3', ' for update', ' union select 1'))
    .map(([value, table, where, from, tail]) => `select ${value} from ${from === null ? table : `(${from})`} p${where === null ? '' : ` where ${where}`}${tail}`),
})).select

describe('SQL written anew', () => {
  it('names the tables that were opened and functions of the list, whatever was asked', async () => {
    let taken = 0
    await fc.assert(fc.asyncProperty(expression, async (sql) => {
      let text: string
      try {
        text = await compile(sql)
      } catch (error) {
        expect(isAppError(error) && error.code).toBe('delivery/sql-refused')
        return
      }
      taken++
      const { relations, functions: called } = namesIn(await parseOwn(text))
      expect(relations.every(({ schema, name }) => schema === 'serving' && name === 'r_parks')).toBe(true)
      expect(called.every((name) => name.startsWith('pg_catalog.') && SQL_FUNCTIONS.has(name.slice('pg_catalog.'.length)))).toBe(true)
    }), { numRuns: 3_000 })
    expect(taken).toBeGreaterThan(30)
  })

  it('carries no name of the question into what runs', async () => {
    const text = await compile(`with "drop table x" as (select 名称 as "a""b" from parks) select q."a""b" as "; select 1" from "drop table x" as q where q."a""b" = 'it''s'`)
    expect(text).toBe(`with w2 as (select t1.c1 as c1 from (select _row + 1 as c0, c0 as c1, c1 as c2 from serving.r_parks) as t1) select t3.c1 as c1 from w2 as t3 where (t3.c1 = 'it''s')`)
  })
})
