import { isAppError } from '@datong/kernel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRowQuery } from './row-query.ts'
import { aPlan } from '../testing.ts'

const plan = aPlan(
  { 名称: 'text', 注册资本: 'decimal', 成立日期: 'date', 人数: 'integer', 身份证号: 'text', 电话: 'text', 'a.gte': 'text' },
  { 身份证号: () => '***', 电话: () => '***' },
)

const issuesOf = (search: Record<string, unknown>) => {
  try {
    parseRowQuery(search, plan)
    return []
  } catch (error) {
    if (isAppError(error)) return error.issues.map(({ pointer, code }) => `${pointer} ${code}`)
    throw error
  }
}

describe('a query for rows', () => {
  it('reads conditions with and without an operator', () => {
    expect(parseRowQuery({ 名称: '甲', '人数.gte': '3', '成立日期.lt': '2020-01-01', '名称.in': '甲,乙' }, plan).filters).toEqual([
      { field: '名称', op: 'eq', value: '甲' },
      { field: '人数', op: 'gte', value: 3 },
      { field: '成立日期', op: 'lt', value: '2020-01-01' },
      { field: '名称', op: 'in', values: ['甲', '乙'] },
    ])
  })

  it('knows a field whose own name looks like an operator', () => {
    expect(parseRowQuery({ 'a.gte': 'x' }, plan).filters).toEqual([{ field: 'a.gte', op: 'eq', value: 'x' }])
  })

  it('reports every issue at once', () => {
    expect(issuesOf({ 人数: 'viele', 没有: '1', select: '名称,无此', sort: '-身份证号', '成立日期.gt': '2023-02-30' })).toEqual([
      '/select unknown-field', '/sort masked-field', '/人数 wrong-type', '/没有 unknown-field', '/成立日期.gt wrong-type',
    ])
  })

  it('lets a masked field be looked up by its whole value only where it identifies', () => {
    expect(issuesOf({ 身份证号: 'x' })).toEqual([])
    for (const op of ['gt', 'gte', 'lt', 'lte', 'like', 'ne', 'in']) expect(issuesOf({ [`身份证号.${op}`]: 'x' })).toEqual([`/身份证号.${op} operator-not-allowed`])
    expect(issuesOf({ sort: '身份证号' })).toEqual(['/sort masked-field'])
    expect(issuesOf({ 电话: 'x' })).toEqual(['/电话 operator-not-allowed'])
  })

  it('never lets a text of a filter become anything but a bound value', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      fc.pre(!text.includes('\u0000'))
      expect(parseRowQuery({ 名称: text }, plan).filters).toEqual([{ field: '名称', op: 'eq', value: text }])
    }))
  })

  it('treats SQL in names as a field that does not exist', () => {
    expect(issuesOf({ '名称; drop table x': '1', sort: '名称,(select 1)', select: "名称,'" })).toEqual([
      '/select unknown-field', '/sort unknown-field', '/名称; drop table x unknown-field',
    ])
  })
})
