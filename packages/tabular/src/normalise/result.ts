import type { Reject } from './reject.ts'

/** Where normalised bytes and rejects go. Both are awaited before more is read, so nothing piles up. */
export interface NormaliseSink {
  /** RFC 4180, UTF-8, LF; see `NormaliseResult`. The bytes are the receiver's only until its promise resolves. */
  write(bytes: Uint8Array): Promise<void> | void
  reject(rejects: readonly Reject[]): Promise<void> | void
  /** Called now and then with the bytes of the source read so far. */
  progress?(bytesRead: number, rowsRead: number): void
}

/** Things of the platform that make it faster; all have a default. */
export interface NormaliseTools {
  /** `isUtf8` of `node:buffer`, where there is one. */
  readonly isUtf8?: (bytes: Uint8Array) => boolean
  /** Longest record in bytes of UTF-8; 16 MiB when not set. */
  readonly maxRecordBytes?: number
}

/**
 * What came of a source. Always `rowsRead = rowsWritten + rowsRejected`; blank lines, titles and header are no rows.
 * The written CSV has no header; its first field is the physical line of the record, then one field for each name.
 */
export interface NormaliseResult {
  readonly names: readonly string[]
  readonly rowsRead: number
  readonly rowsWritten: number
  readonly rowsRejected: number
  readonly blankLines: number
  readonly bytesRead: number
  readonly bytesWritten: number
  /** Longest written record in bytes. */
  readonly maxRecordBytes: number
  /** Whether any written field holds a line break (a reader that splits the file must know). */
  readonly innerLineBreaks: boolean
  /** Line of the first written row when the rows stand on consecutive lines, so that row = line − firstLine. */
  readonly firstLine: number | null
}
