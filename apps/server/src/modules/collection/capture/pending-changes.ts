import type { Clock } from '@datong/kernel'
import type { CapturedSource, CapturedTable } from './captured-source.ts'
import type { CapturedRow, SourceChange, StreamEvent } from './change-stream.ts'
import type { ChangeWriter, TakenChange } from './write-changes.ts'

/** So many changes are written at a time. */
const CHUNK = 2_000

/** The end of a transaction of the source. */
export interface Boundary {
  readonly position: string
  readonly committedAt: Date
}

/** Changes that came and are not written yet: whole transactions, and the beginning of one behind them. */
export function createPending({ clock }: { readonly clock: Clock }, writer: ChangeWriter, source: Pick<CapturedSource, 'reread'>, table: CapturedTable) {
  const keyAt = table.key.map((name) => table.columns.findIndex((column) => column.name === name))
  const keyOf = (row: CapturedRow): string[] => keyAt.map((index) => row[index] ?? '')
  let changes: TakenChange[] = []
  /** Rows of which the source left out what did not change. */
  let incomplete: { readonly at: number; readonly row: CapturedRow }[] = []
  let whole = 0
  let boundary: Boundary | undefined
  /** The beginning of a transaction that is not over is written already. */
  let isWithin = false

  async function write(count: number, committedAt: Date): Promise<void> {
    if (incomplete.length > 0) await complete()
    for (let from = 0; from < count; from += CHUNK) await writer.add(changes.slice(from, Math.min(count, from + CHUNK)), committedAt)
    changes = changes.slice(count)
    whole = 0
  }

  /**
   * Fills in what is missing from the row as it is now. Should it have changed again since, that change is on its way; should it be
   * gone, its end is.
   */
  async function complete(): Promise<void> {
    const found = new Map((await source.reread(table, incomplete.map(({ row }) => keyOf(row)))).map((row) => [JSON.stringify(keyOf(row)), row]))
    for (const { at, row } of incomplete) {
      const now = found.get(JSON.stringify(keyOf(row)))
      changes[at] = { op: 'u', key: keyOf(row), row: row.map((cell, index) => (cell === undefined ? now?.[index] ?? null : cell)) }
    }
    incomplete = []
  }

  function add(change: SourceChange): void {
    if (change.op === 'truncate') changes.push({ op: 't', key: [], row: null })
    else if (change.op === 'delete') changes.push({ op: 'd', key: change.key, row: null })
    else {
      const { row, formerKey } = change
      if (formerKey !== null) changes.push({ op: 'd', key: formerKey, row: null })
      // No text of ours holds a NUL: as in a load, such a row is not taken.
      if (row.some((cell) => cell?.includes('\0'))) return void changes.push({ op: 'd', key: keyOf(row).map((text) => text.replaceAll('\0', '')), row: null })
      if (row.includes(undefined)) incomplete.push({ at: changes.length, row })
      changes.push({ op: 'u', key: keyOf(row), row: row.map((cell) => cell ?? null) })
    }
  }

  async function flush(): Promise<Boundary | undefined> {
    const reached = boundary
    if (reached === undefined) return undefined
    await write(whole, reached.committedAt)
    boundary = undefined
    return reached
  }

  return {
    isEmpty: () => changes.length === 0 && !isWithin,

    async take(event: Extract<StreamEvent, { kind: 'change' | 'commit' }>): Promise<void> {
      if (event.kind === 'change') {
        add(event)
        if (changes.length - whole < CHUNK) return
        // A transaction longer than what may stand in memory: its beginning is written, and stays invisible until its end.
        const reached = await flush()
        if (reached !== undefined) await writer.commit(reached.position, reached.committedAt)
        await write(changes.length, clock.now())
        isWithin = true
      } else if (changes.length > whole || isWithin) {
        boundary = event
        whole = changes.length
        isWithin = false
      }
    },

    /** Writes whole transactions. @returns how far they go; undefined when there is none */
    flush,
  }
}
