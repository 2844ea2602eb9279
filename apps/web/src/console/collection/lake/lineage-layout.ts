import type { Lineage, LineageNode } from '@datong/contracts'

export const NODE_WIDTH = 220
export const HEAD_HEIGHT = 46
export const FIELD_HEIGHT = 22
const COLUMN_GAP = 64
const ROW_GAP = 20
const EDGE = 8
/** Fields that a box shows; of others than the entry itself only those that lines touch. */
const MOST_FIELDS = 12

export interface PlacedField {
  readonly name: string
  readonly y: number
}
export interface PlacedNode {
  readonly node: LineageNode
  readonly x: number
  readonly y: number
  readonly height: number
  readonly fields: readonly PlacedField[]
  /** Fields that are not shown. */
  readonly more: number
}
export interface PlacedLine {
  readonly id: string
  /** `<node>\n<field>` at each end; of a condition the whole box is the later end. */
  readonly from: string
  readonly to: string
  readonly path: string
  readonly kind: 'value' | 'condition' | 'whole'
}
export interface LineagePicture {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly lines: readonly PlacedLine[]
}

export const endOf = (node: string, field: string): string => `${node}\n${field}`

/** Boxes in columns by their depth, fields in them that lines touch, and the lines as curves. In pixels. */
export function layLineage(lineage: Lineage): LineagePicture {
  const { nodes, root } = lineage
  const edges = reachingRoot(lineage)
  const touched = new Map<string, Set<string>>()
  const touch = (node: string, field: string): unknown => touched.set(node, (touched.get(node) ?? new Set()).add(field))
  for (const { from, to, fields, conditions } of edges) {
    for (const field of fields) {
      touch(from, field.from)
      touch(to, field.to)
    }
    for (const condition of conditions) touch(from, condition.field)
  }
  const depths = [...new Set(nodes.map(({ depth }) => depth))].sort((a, b) => a - b)
  const placed = new Map<string, PlacedNode>()
  let height = 0
  for (const [column, depth] of depths.entries()) {
    let y = EDGE
    for (const node of nodes.filter((one) => one.depth === depth)) {
      const used = node.fields.filter(({ name }) => touched.get(node.id)?.has(name) === true)
      const shown = (node.id === root ? [...used, ...node.fields.filter((field) => !used.includes(field))] : used).slice(0, MOST_FIELDS)
      const inOrder = node.fields.filter((field) => shown.includes(field))
      const more = node.fields.length - inOrder.length
      const fields = inOrder.map(({ name }, index) => ({ name, y: y + HEAD_HEIGHT + index * FIELD_HEIGHT + FIELD_HEIGHT / 2 }))
      const boxHeight = HEAD_HEIGHT + (fields.length + (more > 0 ? 1 : 0)) * FIELD_HEIGHT + (fields.length > 0 ? 6 : 0)
      placed.set(node.id, { node, x: EDGE + column * (NODE_WIDTH + COLUMN_GAP), y, height: boxHeight, fields, more })
      y += boxHeight + ROW_GAP
    }
    height = Math.max(height, y - ROW_GAP + EDGE)
  }
  return { width: 2 * EDGE + depths.length * NODE_WIDTH + Math.max(0, depths.length - 1) * COLUMN_GAP, height, nodes: [...placed.values()], lines: linesOf(edges, placed) }
}

/** Only the lines that end or begin, over however many steps, at a field of the entry that was asked about: the others are another's story. */
function reachingRoot({ root, nodes, edges }: Lineage): Lineage['edges'] {
  const ends = (nodes.find(({ id }) => id === root)?.fields ?? []).map(({ name }) => endOf(root, name))
  const reached = new Set(ends)
  for (const back of [true, false]) {
    let next = new Set(ends)
    while (next.size > 0) {
      const found = new Set<string>()
      for (const { from, to, fields, conditions } of edges) {
        for (const field of fields) {
          const [near, far] = back ? [endOf(to, field.to), endOf(from, field.from)] : [endOf(from, field.from), endOf(to, field.to)]
          if (next.has(near) && !reached.has(far)) found.add(far)
        }
        // What decides which rows the entry has is part of it too.
        if (back && to === root) for (const { field } of conditions) if (!reached.has(endOf(from, field))) found.add(endOf(from, field))
      }
      for (const one of found) reached.add(one)
      next = found
    }
  }
  return edges.map((edge) => ({
    ...edge,
    fields: edge.fields.filter((field) => reached.has(endOf(edge.from, field.from)) && reached.has(endOf(edge.to, field.to))),
    conditions: edge.conditions.filter(({ field }) => edge.to === root || reached.has(endOf(edge.from, field))),
  }))
}

function linesOf(edges: Lineage['edges'], placed: ReadonlyMap<string, PlacedNode>): PlacedLine[] {
  return edges.flatMap((edge): PlacedLine[] => {
    const [from, to] = [placed.get(edge.from), placed.get(edge.to)]
    if (from === undefined || to === undefined) return []
    const curve = (y1: number, y2: number): string => {
      const [x1, x2] = [from.x + NODE_WIDTH, to.x]
      const bend = Math.max(40, (x2 - x1) / 2)
      return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`
    }
    const heads = [from.y + HEAD_HEIGHT / 2, to.y + HEAD_HEIGHT / 2] as const
    const values = edge.fields.flatMap((field): PlacedLine[] => {
      const [y1, y2] = [yOf(from, field.from), yOf(to, field.to)]
      return y1 === undefined || y2 === undefined ? [] : [{ id: `${edge.from}>${edge.to}:${field.from}>${field.to}`, kind: 'value', from: endOf(edge.from, field.from), to: endOf(edge.to, field.to), path: curve(y1, y2) }]
    })
    const conditions = [...new Set(edge.conditions.map(({ field }) => field))].flatMap((field): PlacedLine[] => {
      const y = yOf(from, field)
      return y === undefined ? [] : [{ id: `${edge.from}>${edge.to}:${field}?`, kind: 'condition', from: endOf(edge.from, field), to: edge.to, path: curve(y, heads[1]) }]
    })
    if (values.length + conditions.length > 0) return [...values, ...conditions]
    return [{ id: `${edge.from}>${edge.to}`, kind: 'whole', from: edge.from, to: edge.to, path: curve(...heads) }]
  })
}

const yOf = ({ fields }: PlacedNode, name: string): number | undefined => fields.find((field) => field.name === name)?.y

/** All ends that lead to one end and that it leads to, itself among them. */
export function connected({ lines }: Pick<LineagePicture, 'lines'>, end: string): ReadonlySet<string> {
  const found = new Set([end])
  for (const [here, there] of [['to', 'from'], ['from', 'to']] as const) {
    let next = [end]
    while (next.length > 0) {
      next = lines.filter((line) => next.includes(line[here]) && !found.has(line[there])).map((line) => line[there])
      for (const one of next) found.add(one)
    }
  }
  return found
}
