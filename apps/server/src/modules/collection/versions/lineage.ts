/** What a version was made of, in the order in which field origins count them from 0. */
export type LineageInput =
  | { readonly kind: 'file'; readonly name: string; readonly sha256: string }
  | { readonly kind: 'source'; readonly id: string; readonly title: string; readonly object: string }
  | { readonly kind: 'form'; readonly id: string; readonly title: string }
  | { readonly kind: 'version'; readonly entryCode: string; readonly version: number }

/** What was done on the way: the recipe, merge, query or capture as it was then. */
export interface LineageStep {
  readonly kind: 'recipe' | 'merge' | 'query' | 'capture'
  readonly id: string
  readonly version: number
  readonly title: string
}

/** Where the values of a field come from. */
export interface FieldOrigin {
  readonly field: string
  /** Fields of the inputs; `input` counts from 0. Empty for what is made of nothing, such as a constant. */
  readonly from: readonly { readonly input: number; readonly field: string }[]
  /** `same` as it was, `changed` in its form, or the expression that made it, such as `sum(金额)`. */
  readonly how: string
}

/** A field that decides which rows there are, though its values need not be among them. */
export interface FieldCondition {
  readonly how: 'join' | 'filter' | 'group' | 'sort'
  readonly input: number
  readonly field: string
}

/**
 * Where a version comes from. A field without an origin comes from the field of the same name of the only input; fields are
 * named as they are in the version.
 */
export interface VersionLineage {
  readonly inputs: readonly LineageInput[]
  readonly steps: readonly LineageStep[]
  readonly fields: readonly FieldOrigin[]
  readonly conditions?: readonly FieldCondition[]
}

/** The lineage of a version that is its file, read as it stands; also of versions made before lineage was kept. */
export const lineageOfFile = (name: string, sha256: string): VersionLineage => ({ inputs: [{ kind: 'file', name, sha256 }], steps: [], fields: [] })
