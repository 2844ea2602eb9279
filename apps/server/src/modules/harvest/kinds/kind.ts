import type { DatasetDescription } from '@datong/catalog-metadata'
import type { Fetched, FetchLimits } from '../fetching/fetch-outside.ts'
import type { ProblemRow } from '../tables.ts'

/** Some records of a source, and where it goes on after them. */
export interface HarvestPage {
  readonly datasets: readonly DatasetDescription[]
  /** Records that cannot be used at all. */
  readonly problems: readonly ProblemRow[]
  /** Where to begin again when the run breaks off after this page, in words of the kind's own. */
  readonly position: string
  /** Records of the source altogether, where it says so. */
  readonly total: number | null
}

export interface Question {
  /** As registered. */
  readonly url: string
  /** Only what changed since; null for everything. */
  readonly since: Date | null
  /** Tag of the document of the last run; a source that still has the same need not send it. */
  readonly etag: string | null
  /** Where a broken run came to; null at the beginning. */
  readonly from: string | null
}

/** Fetches into a file of the run, whose name is answered along. */
export type FetchFile = (url: string, options: { accept: string; etag?: string | null; limits: FetchLimits }) => Promise<Fetched & { readonly file: string }>

/** What a kind of source finds out about a run beside its pages. */
export interface Noted {
  /** Tag of the whole catalogue's document, for the next run. */
  etag: string | null
  /** The source answered that nothing changed. */
  unchanged: boolean
}

/** How one kind of catalogue is read: page after page, each of which may be the last that a run sees. */
export interface SourceKind {
  /** Without `since` these are all records, so that what does not come is gone. */
  pages(question: Question, fetch: FetchFile, noted: Noted): AsyncIterable<HarvestPage>
}

const SECOND = 1_000
const MB = 2 ** 20

/** A page of an interface. */
export const PAGE_LIMITS: FetchLimits = { idleMs: 30 * SECOND, wholeMs: 300 * SECOND, mostBytes: 64 * MB }
/** A document that is read piece by piece from the disk. */
export const STREAMED_LIMITS: FetchLimits = { idleMs: 30 * SECOND, wholeMs: 3_600 * SECOND, mostBytes: 4_096 * MB }
