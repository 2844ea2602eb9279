import type { Reading } from '@datong/data-engine'
import type { Clock } from '@datong/kernel'
import type { TObject } from 'typebox'
import type { OutboundSettings } from '../../../platform/outbound.ts'

/** Words of the interface in its two languages. */
export interface Label {
  readonly zh: string
  readonly en: string
}

/** What a kind of source can do, so that callers ask instead of naming kinds. */
export interface SourceAbilities {
  /** `objects` tells what there is; else the one object is what the settings say. */
  readonly list: boolean
  /** A request may be a query instead of an object. */
  readonly query: boolean
  /** A read may begin after a mark: of a column (databases, interfaces) or of files seen (drop folder). */
  readonly incremental: boolean
  /** Counts and hashes at the source. */
  readonly summary: boolean
  /** Tells each change as it is committed (change capture). */
  readonly changes: boolean
}

/** A column as its source describes it. */
export interface SourceColumn {
  readonly name: string
  /** The source's own word, such as `numeric(18,2)`. */
  readonly sourceType: string
  /** How its texts are surely to be read; null leaves it to inference. */
  readonly reading: Reading | null
  readonly nullable: boolean
  /** Whether it can be the mark of incremental loads: it has an order, and rows that change may move up in it. */
  readonly canMark: boolean
  /** The source's own words about it. */
  readonly comment: string | null
}

/** Something that a source offers to be read. */
export interface SourceObject {
  /** What a request names it by, unique within the source: `public.company`, a resource's id, a pattern of file names. */
  readonly name: string
  readonly title: string | null
  readonly kind: 'table' | 'view' | 'file' | 'resource'
  /** null: known only when it is read. */
  readonly columns: readonly SourceColumn[] | null
  /** Columns of its primary key in order; empty when it has none or none is known. */
  readonly key: readonly string[]
  /** Rows by the source's own estimate. */
  readonly rows: number | null
  readonly bytes: number | null
  readonly modifiedAt: Date | null
}

/**
 * Where an incremental read goes on. Rows **at** the mark come again (two may share it, one of them committed later): a merge by key
 * makes nothing of them. Rows whose column is null only come with a full read.
 */
export interface Watermark {
  /** The column; for sources that give files whatever they say in their batches. */
  readonly column: string
  /** The source's exact text of the value. */
  readonly value: string
}

export interface ReadRequest {
  /** The name of an object, or a query where `can.query`. */
  readonly from: { readonly object: string } | { readonly query: string }
  /** Column that orders the rows and whose highest value the batches tell: set it for the first, full read, too. */
  readonly markBy?: string
  /** Only what is at or above this mark; needs `can.incremental`. */
  readonly after?: Watermark
  /** Goes on behind a batch of an earlier read of the same request: its `position`. */
  readonly position?: string
  /** Most rows in all; for previews. */
  readonly limit?: number
  /** Ends with a batch that sums up what the source has for this request, of the same moment as the rows. */
  readonly summarise?: boolean
}

/** Count and hash of rows in any order, see `rows-digest.ts`: equal sums mean equal rows. */
export interface RowsSummary {
  readonly rows: number
  /** Decimal digits. */
  readonly hash: string
}

/**
 * A piece of what was asked for. Who knows the columns begins with them; then come `rows`, or one `file`, which goes the way of an
 * upload, or nothing when there is nothing (new).
 * Texts of rows: dates and times ISO 8601 with a blank between (`2026-11-22 08:30:00.5`, in the source's own time), decimals with all their digits,
 * `true` and `false`, bytes in hexadecimal, null for NULL.
 */
export type SourceBatch =
  | { readonly kind: 'columns'; readonly columns: readonly SourceColumn[]; readonly key: readonly string[] }
  | {
    readonly kind: 'rows'
    readonly rows: readonly (readonly (string | null)[])[]
    /** Hand it back as `position` to go on behind this batch; null when the rows have no order to go on in. */
    readonly position: string | null
    /** Highest value of `markBy` so far. */
    readonly mark: string | null
  }
  | {
    readonly kind: 'file'
    /** In the scratch folder of this opening; the caller may move or delete it. */
    readonly path: string
    /** As its source calls it. */
    readonly name: string
    readonly bytes: number
    /** Lower-case hexadecimal. */
    readonly sha256: string
    /** For the next read's `after`. */
    readonly mark: Watermark | null
    /** Whether another file waits behind this mark. */
    readonly more: boolean
  }
  | ({ readonly kind: 'summary' } & RowsSummary)

export interface ConnectorTools {
  readonly outbound: OutboundSettings
  readonly clock: Clock
  /** Ends everything that goes on: whatever runs rejects with its reason. */
  readonly signal: AbortSignal
  /** An existing folder of this opening alone; the caller removes it. */
  readonly scratch: string
  /** Folder below which the drop folders of the source's own organisation lie. */
  readonly dropFolder: string
  /** Most bytes of one file. */
  readonly maxFileBytes: number
  /** Datong's own database, which must not be read as a source. */
  ownDatabase(): Promise<{ readonly cluster: string; readonly database: string }>
}

/**
 * A source that was reached. Every method may throw AppError `collection/source-…` or `delivery/address-refused`; in none of them
 * are values, passwords or keys of the source.
 */
export interface OpenSource {
  /** Reads the least there is: that address, name and password are right. */
  check(): Promise<void>
  objects(): Promise<readonly SourceObject[]>
  read(request: ReadRequest): AsyncIterable<SourceBatch>
  /** What the source has for a request now; where `can.summary`. */
  summary?(request: ReadRequest): Promise<RowsSummary>
  close(): Promise<void>
}

/** A kind of source, made by `defineConnector`. */
export interface Connector {
  readonly title: Label
  /** What it is for, one sentence. */
  readonly about: Label
  /** Plain schemas: properties are text, whole numbers, yes or no, one of some words; each with `title` and `titleEn`. */
  readonly settings: TObject
  readonly secrets: TObject
  readonly can: SourceAbilities
  /** @throws AppError `collection/source-settings` with all issues, `collection/source-…` */
  open(settings: unknown, secrets: unknown, tools: ConnectorTools): Promise<OpenSource>
}
