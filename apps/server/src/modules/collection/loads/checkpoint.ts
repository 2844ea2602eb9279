/** How far a sheet has come, durably: enough to go on from there in another process. */
export interface SheetMark {
  readonly bytes: number
  readonly rows: number
  readonly rowsRejected: number
  readonly maxRecordBytes: number
  readonly innerLineBreaks: boolean
  /** Sum of `createRowsDigest`, as digits. */
  readonly hash: string
}

/** How far a load came, durably, and where its source goes on. The sheet lies beside the files that came in. */
export interface Checkpoint {
  readonly sheet: SheetMark
  readonly names: readonly string[]
  /** Where the source goes on behind the last row of the sheet; null when all rows have come. */
  readonly position: string | null
  /** Whatever else the intake must remember. Plain JSON. */
  readonly facts: Readonly<Record<string, unknown>>
}
