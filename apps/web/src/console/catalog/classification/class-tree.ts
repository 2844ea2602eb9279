import type { ClassificationNode } from '@datong/contracts'

export interface ClassBranch extends ClassificationNode {
  readonly children: ClassBranch[]
}

/** The list as a tree; with words only what fits, with all that is above it. */
export function branchesOf(nodes: readonly ClassificationNode[], words = ''): ClassBranch[] {
  const wanted = words.trim().toLowerCase()
  const fits = ({ code, name, nameEn }: ClassificationNode): boolean => wanted === '' || code.startsWith(wanted) || name.toLowerCase().includes(wanted) || nameEn.toLowerCase().includes(wanted)
  const shown = new Set(nodes.filter(fits).flatMap(({ code }) => nodes.filter((above) => code.startsWith(above.code)).map((above) => above.code)))
  const below = (parent: string | null): ClassBranch[] => nodes.filter((node) => node.parent === parent && shown.has(node.code)).map((node) => ({ ...node, children: below(node.code) }))
  return below(null)
}

/** 类 › 项 › 目 of a code, by the names in a language. */
export const pathOf = (nodes: readonly ClassificationNode[], code: string, name: (node: ClassificationNode) => string): string[] =>
  nodes.filter((node) => code.startsWith(node.code)).sort((a, b) => a.level - b.level).map(name)
