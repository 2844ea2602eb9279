import type { Lineage } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { connected, endOf, layLineage } from './lineage-layout.ts'

const node = (id: string, depth: number, names: readonly string[]): Lineage['nodes'][number] =>
  ({ id, kind: 'entry', title: id, entryCode: null, version: 1, layer: 'source', organisation: null, depth, fields: names.map((name) => ({ name, type: 'text', grade: 'internal' })) })

const lineage: Lineage = {
  root: 'c', complete: true,
  nodes: [node('a', -1, ['x', 'y']), node('b', -1, ['z']), node('c', 0, ['sum', 'x'])],
  edges: [
    { from: 'a', to: 'c', steps: [], fields: [{ from: 'x', to: 'x', how: 'same' }, { from: 'y', to: 'sum', how: 'sum(y)' }], conditions: [{ field: 'x', how: 'group' }] },
    { from: 'b', to: 'c', steps: [], fields: [], conditions: [] },
  ],
}

describe('the picture of lineage', () => {
  it('puts boxes in columns by depth, without one over another', () => {
    const { nodes, width } = layLineage(lineage)
    const [a, b, c] = nodes
    expect(a!.x).toBe(b!.x)
    expect(c!.x).toBeGreaterThan(a!.x)
    expect(b!.y).toBeGreaterThanOrEqual(a!.y + a!.height)
    expect(width).toBeGreaterThan(c!.x)
  })

  it('draws a line for each value, each condition, and for what is only known as a whole', () => {
    expect(layLineage(lineage).lines.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['value', endOf('a', 'x'), endOf('c', 'x')], ['value', endOf('a', 'y'), endOf('c', 'sum')], ['condition', endOf('a', 'x'), 'c'], ['whole', 'b', 'c'],
    ])
  })

  it('leaves out lines and fields that lead past the entry that was asked about', () => {
    const far: Lineage = { ...lineage, nodes: [...lineage.nodes, node('f', -2, ['x', 'other'])], edges: [...lineage.edges, { from: 'f', to: 'a', steps: [], fields: [{ from: 'x', to: 'x', how: 'same' }, { from: 'other', to: 'unused', how: 'same' }], conditions: [] }] }
    const picture = layLineage(far)
    expect(picture.nodes.find((one) => one.node.id === 'f')).toMatchObject({ fields: [{ name: 'x' }], more: 1 })
    expect(picture.lines.filter(({ from }) => from.startsWith('f')).map(({ to }) => to)).toEqual([endOf('a', 'x')])
  })

  it('shows the fields that lines touch when there are many', () => {
    const many = node('w', -1, Array.from({ length: 40 }, (_, i) => `f${i}`))
    const { nodes } = layLineage({ ...lineage, nodes: [many, node('c', 0, ['x'])], edges: [{ from: 'w', to: 'c', steps: [], fields: [{ from: 'f39', to: 'x', how: 'same' }], conditions: [] }] })
    expect(nodes[0]!.fields.map(({ name }) => name)).toEqual(['f39'])
    expect(nodes[0]!.more).toBe(39)
  })

  it('finds what one field is connected with, both ways', () => {
    expect([...connected(layLineage(lineage), endOf('c', 'sum'))].sort()).toEqual([endOf('a', 'y'), endOf('c', 'sum')].sort())
  })
})
