/** Rows and their content hash at one place; the hash is the sum of `createRowsDigest`, null where there is none. */
export interface Count {
  readonly rows: number
  readonly hash: string | null
}

/** What there was at the source, and what came in. */
export interface Reconciliation {
  /** null when the source cannot count. */
  readonly source: Count | null
  readonly received: Count
  /** Whether the source counted what this load read, or all that it has, which after a merge is to be found in the entry. */
  readonly covers: 'load' | 'entry'
  /** Whether the source counted in the moment of reading: then a difference is a fault, else it may have moved on. */
  readonly isOfOneMoment: boolean
}
