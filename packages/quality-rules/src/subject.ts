import type { FieldProfile, FieldSchema, VersionRef } from '@datong/data-engine'

/** An earlier version of the same entry. */
export interface EarlierVersion {
  readonly rows: number
  readonly loadedAt: Date
  readonly fields: readonly FieldSchema[]
}

/** One version of a code list, the whole list from a day on. */
export interface CodesFrom {
  /** First day, `YYYY-MM-DD`. */
  readonly from: string
  readonly codes: readonly { readonly code: string; readonly name: string; readonly aliases?: readonly string[] }[]
  /** Holds only a part of its standard: what is not in it may be right all the same. */
  readonly partial?: boolean
}

/** A data element as far as values are held against it. */
export interface ElementFacts {
  readonly notation: string
  readonly minimum: number | null
  readonly maximum: number | null
  readonly codeList: string | null
  readonly recognizers: readonly string[]
}

/** A place at which an entry is to be had, and whether it answered when it was last asked. */
export interface EndpointFacts {
  /** `rows`: the platform's own interface of the entry; `link`: an address elsewhere. */
  readonly kind: 'rows' | 'link'
  /** null: it was not asked of late, or must not be. */
  readonly up: boolean | null
}

/** What the catalogue knows of the entry, and what its endpoints answered. */
export interface EntryFacts {
  /** Metadata that an entry should have, and whether it has them: title, summary, update cycle, description of each field … */
  readonly metadata: readonly { readonly item: string; readonly present: boolean }[]
  readonly endpoints: readonly EndpointFacts[]
}

/** Everything that rules may look at: a version, what was before it, and what rules name. */
export interface Subject {
  readonly version: VersionRef
  readonly rowsStored: number
  readonly rowsRejected: number
  readonly loadedAt: Date
  readonly now: Date
  /** Day in China, `YYYY-MM-DD`. */
  readonly today: string
  readonly profile: readonly FieldProfile[]
  /** Days between two promised updates; null when nothing is promised. */
  readonly updateCycleDays: number | null
  /** Earlier versions, the newest first. */
  readonly history: readonly EarlierVersion[]
  readonly entry: EntryFacts | null
  /** What `needsOf` asks for; what is not in it makes its rules say so. */
  readonly entries: ReadonlyMap<string, VersionRef>
  /** Lines of these entries, or beginnings of them, that were not taken in, as far as they are kept. */
  readonly rejected?: ReadonlyMap<string, readonly string[]>
  readonly codeLists: ReadonlyMap<string, readonly CodesFrom[]>
  readonly elements: ReadonlyMap<string, ElementFacts>
}
