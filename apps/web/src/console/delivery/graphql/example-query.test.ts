import { describe, expect, it } from 'vitest'
import { exampleQuery } from './example-query.ts'

const scalar = (name: string, description: string) => ({ name, description, type: { kind: 'SCALAR', name: 'String' } })
const list = { kind: 'NON_NULL', name: null, ofType: { kind: 'LIST', name: null, ofType: { kind: 'NON_NULL', name: null, ofType: { kind: 'OBJECT', name: 'R2', fields: ['a', 'b', 'c'].map((name) => ({ name, type: { kind: 'SCALAR' } })) } } } }

describe('the example query', () => {
  it('names the resource and its first fields, with their Chinese names beside them', () => {
    const query = exampleQuery('306007-000123', { fields: [scalar('qu', '区'), scalar('bowei', '泊位\n数')] })
    expect(query).toContain('r306007_000123(limit: 5) {')
    expect(query).toContain('qu     # 区')
    expect(query).toContain('bowei  # 泊位 数')
  })
  it('follows one relation where the schema has one', () => {
    expect(exampleQuery('306007-000123', { fields: [scalar('qu', '区'), { name: 'r2_by_a_b', description: '企业：号码', type: list }] })).toContain('r2_by_a_b(limit: 3) { a b }')
  })
  it('is still a query when the schema tells nothing', () => {
    expect(exampleQuery('306007-000123', null)).toContain('__typename')
  })
})
