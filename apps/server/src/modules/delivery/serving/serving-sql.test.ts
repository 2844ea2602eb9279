import type { FieldSchema, Filter } from '@datong/data-engine'
import { describe, expect, it } from 'vitest'
import { batchOf, compileRead, valuesOf } from './serving-sql.ts'

const schema: FieldSchema[] = [
  { name: '名称', type: 'text', nullable: true },
  { name: '注册资本', type: 'decimal', precision: 12, scale: 2, nullable: true },
]
const schemas = new Map(schema.map((field) => [field.name, field]))
const table = { name: 'r_1', columns: new Map([['名称', 'c0'], ['注册资本', 'c1']]), indexed: new Set<string>(), rowCount: 1, live: null }

describe('the SQL of a read on a serving table', () => {
  it('is this for a look-up by key', () => {
    expect(compileRead(table, { columns: ['_row', '名称'], filters: [{ field: '名称', op: 'eq', value: "x'; --" }], limit: 21 }, schemas)).toEqual({
      text: 'select _row, c0 from serving.r_1 where c0 = $1::text order by _row limit $2',
      values: ["x'; --", 21],
      types: ['text', 'bigint'],
    })
  })

  it('is this for a page after a row of a sorted list', () => {
    const plan = { columns: ['_row'], sort: [{ field: '注册资本', descending: true }], after: { values: ['5.00'], row: 7 }, limit: 2 }
    expect(compileRead(table, plan, schemas).text).toBe(
      'select _row from serving.r_1 where (((c1 < $1::numeric or c1 is null)) or (c1 = $2::numeric and _row > $3)) order by c1 desc nulls last, _row limit $4',
    )
  })

  it('goes on within the nulls at the end of a list', () => {
    const plan = { columns: ['_row'], sort: [{ field: '名称' }], after: { values: [null], row: 7 } }
    expect(compileRead(table, plan, schemas).text).toBe('select _row from serving.r_1 where ((false) or (c0 is null and _row > $1)) order by c0 asc nulls last, _row')
  })

  it('binds the values of conditions first, in their order, and the limit last', () => {
    const filters: Filter[] = [{ field: '名称', op: 'in', values: ['a', 'b'] }, { field: '注册资本', op: 'notNull' }, { field: '注册资本', op: 'gte', value: '5' }]
    expect(compileRead(table, { columns: ['_row'], filters, limit: 2 }, schemas).values).toEqual([...valuesOf(filters), 2])
  })
})

describe('the SQL of many reads at once', () => {
  it('runs the read of each call with its own values and the limit of all', () => {
    const filters: Filter[] = [{ field: '名称', op: 'eq', value: 'x' }, { field: '注册资本', op: 'gt', value: '1' }]
    expect(batchOf(compileRead(table, { columns: ['_row', '名称'], filters, limit: 21 }, schemas))).toBe(
      'select r.*, q.n::int from unnest($1::text[], $2::numeric[]) with ordinality as q(p1, p2, n) cross join lateral ' +
      '(select _row, c0 from serving.r_1 where c0 = q.p1::text and c1 > q.p2::numeric order by _row limit $3) as r')
  })

  it('is none for lists of values, for no values, and without a limit', () => {
    const read = (filters: Filter[], limit?: number) => batchOf(compileRead(table, { columns: ['_row'], filters, ...(limit === undefined ? {} : { limit }) }, schemas))
    expect(read([{ field: '名称', op: 'in', values: ['a'] }], 2)).toBeUndefined()
    expect(read([], 2)).toBeUndefined()
    expect(read([{ field: '名称', op: 'eq', value: 'a' }])).toBeUndefined()
  })
})
