/** A row's values as texts in the order of the capture's columns; undefined: the source did not send it, since it did not change. */
export type CapturedRow = readonly (string | null | undefined)[]

/** What happened to one row at the source. Keys are texts in the order of the capture's key. */
export type SourceChange =
  | { readonly op: 'upsert'; readonly row: CapturedRow; /** What the key was before, where it is another one now. */ readonly formerKey: readonly string[] | null }
  | { readonly op: 'delete'; readonly key: readonly string[] }
  | { readonly op: 'truncate' }

/** What a stream tells, in the order in which the source committed it. */
export type StreamEvent =
  | ({ readonly kind: 'change' } & SourceChange)
  /** Ends a transaction, whose changes came before. After a restart the stream goes on behind `position`. */
  | { readonly kind: 'commit'; readonly position: string; readonly committedAt: Date }
  /** Nothing of ours up to here. */
  | { readonly kind: 'idle'; readonly position: string }
  /** The table is not what it was when the capture began (`surely`), or may not be: a look at it tells. */
  | { readonly kind: 'reshaped'; readonly surely: boolean }

/** Changes of one table of a source from a position on, all that came since the last ones at a time. Reading slower than the source writes holds the line back, not the memory. */
export interface ChangeStream extends AsyncIterable<readonly StreamEvent[]> {
  /** Tells the source that everything up to here is kept, so that it may forget it. */
  acknowledge(position: string): void
  close(): Promise<void>
}
