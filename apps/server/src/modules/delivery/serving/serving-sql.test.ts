import type { FieldSchema } from '@datong/data-engine'
import { describe, expect, it } from 'vitest'
import { compileRead } from './serving-sql.ts'

const schema: FieldSchema[] = [
  { name: '名称', type: 'text', nullable: true },
  { name: '注册资本', type: 'decimal', precision: 12, scale: 2, nullable: true },
]
const schemas = new Map(schema.map((field) => [field.name, field]))
const table = { name: 'r_1', columns: new Map([['名称', 'c0'], ['注册资本', 'c1']]), indexed: new Set<string>(), rowCount: 1 }

describe('the SQL of a read on a serving table', () => {
  it('is this for a look-up by key', () => {
    expect(compileRead(table, { columns: ['_row', '名称'], filters: [{ field: '名称', op: 'eq', value: "x'; --" }], limit: 21 }, schemas)).toEqual({
      text: 'select _row, c0 from serving.r_1 where c0 = $1::text order by _row limit $2',
      values: ["x'; --", 21],
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
})
