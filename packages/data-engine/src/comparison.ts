/** What is asked of two versions. */
export interface ComparisonOrder {
  /**
   * Fields by which a row is the same row in both; null equals null. None: rows are the same when all their common fields are, and
   * none has changed.
   */
  readonly key: readonly string[]
  /** Most places told of each kind of difference. */
  readonly sample: number
}

/** What became of the rows from one version to another. `added + changed + unchanged` are the rows of the later one. */
export interface Comparison {
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly unchanged: number
  /** Fields that both versions have, but for the key, with the changed rows in which they differ. */
  readonly fields: readonly { readonly field: string; readonly changed: number }[]
  /** Places (`_row`) of the first rows of each kind, in the order of the version that has them. */
  readonly sample: {
    readonly added: readonly number[]
    readonly removed: readonly number[]
    readonly changed: readonly { readonly before: number; readonly after: number }[]
  }
}
