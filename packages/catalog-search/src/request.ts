/** Terms that must all stand in a document, and what the match is worth beside other ways of saying it. */
export interface Alternative {
  readonly terms: readonly string[]
  /** 1 for the words as they were written. */
  readonly boost: number
}

/** One thing asked for, in any of several ways. */
export interface Group {
  readonly alternatives: readonly Alternative[]
}

/** What a document must say. No groups: any document will do. */
export interface Match {
  readonly groups: readonly Group[]
  /** How many groups a document must satisfy. */
  readonly required: number
  /** What makes a document that satisfies them better: characters that stand side by side as in the query. */
  readonly better: readonly Alternative[]
}

/** By nearness to the words, title, key, or a column of the schema; ties go by key. */
export interface Order {
  readonly by: 'relevance' | 'title' | 'key' | { readonly number: string }
  readonly descending: boolean
}

/** Where a page ended: the sort value of its last document, and its key. */
export interface Position {
  readonly value: number | string
  readonly key: string
}

export interface SearchRequest {
  readonly match: Match
  /** A document is found by those who share a scope with it; null finds all. */
  readonly scopes: readonly string[] | null
  /** A second condition of the same kind. */
  readonly within?: readonly string[]
  /** Facet → values of which one is asked for. */
  readonly selection: Readonly<Record<string, readonly string[]>>
  readonly order: Order
  readonly limit: number
  readonly offset?: number
  readonly after?: Position
  /** Facets to count; all when not given. */
  readonly count?: readonly string[]
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export interface SearchAnswer {
  readonly hits: readonly { readonly key: string; readonly value: number | string }[]
  /** Whether there are more behind the last hit. */
  readonly more: boolean
  /** How many documents match, exactly. */
  readonly total: number
  /** Most frequent first. Each facet is counted as if nothing were chosen in it, so that one can change over. */
  readonly facets: Readonly<Record<string, FacetCount[]>>
}
