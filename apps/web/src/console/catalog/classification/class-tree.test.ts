import type { ClassificationNode } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { branchesOf, pathOf } from './class-tree.ts'

const node = (code: string, parent: string | null, name: string, level: number): ClassificationNode => ({ code, parent, name, nameEn: `${name} en`, level, organisation: null, valid: true, entries: 0 })
const nodes = [node('1', null, '基础', 1), node('101', '1', '人口', 2), node('101001', '101', '户籍', 3), node('102', '1', '法人', 2), node('2', null, '主题', 1)]

describe('the tree of classes', () => {
  it('holds each class below its parent', () => {
    expect(branchesOf(nodes).map(({ code, children }) => [code, children.map((child) => child.code)])).toEqual([['1', ['101', '102']], ['2', []]])
  })

  it('keeps what fits the words with all above it', () => {
    const [first, ...others] = branchesOf(nodes, '户籍')
    expect([first?.code, first?.children[0]?.children[0]?.code, others.length]).toEqual(['1', '101001', 0])
    expect(branchesOf(nodes, '102')[0]?.children.map(({ code }) => code)).toEqual(['102'])
  })

  it('tells the way to a class', () => {
    expect(pathOf(nodes, '101001', ({ name }) => name)).toEqual(['基础', '人口', '户籍'])
  })
})
