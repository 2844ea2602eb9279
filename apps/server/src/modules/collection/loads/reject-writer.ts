import type { LoadStore, RejectRow } from './load-store.ts'

/** As many rejected rows of a load are listed; all are counted. */
const MOST_LISTED_REJECTS = 100_000
const WRITE_AT_ONCE = 1_000

/** A rejected row as reader and engine hand it over. */
export interface RejectedRow {
  readonly line: number
  readonly field: string | null
  readonly reasonCode: string
  readonly detail: string
  readonly excerpt: string
}

/** Writes the rejected rows of one attempt as they come. */
export class RejectWriter {
  /** All of them, listed or not. */
  total = 0
  readonly #loads: LoadStore
  readonly #loadId: string
  #waiting: RejectRow[] = []

  constructor(loads: LoadStore, loadId: string) {
    this.#loads = loads
    this.#loadId = loadId
  }

  /** Begins an attempt: keeps the first `count` rows of an earlier one, which this one goes on from, and forgets all others. */
  async keep(count: number): Promise<void> {
    this.total = count
    await this.#loads.clearRejects(this.#loadId, count)
  }

  async add(batch: readonly RejectedRow[]): Promise<void> {
    for (const { line, field, reasonCode, detail, excerpt } of batch) {
      this.total++
      if (this.total > MOST_LISTED_REJECTS) continue
      this.#waiting.push({ load_id: this.#loadId, ordinal: this.total, line, field, reason: reasonCode, detail: shown(detail), excerpt: shown(excerpt) })
      if (this.#waiting.length >= WRITE_AT_ONCE) await this.flush()
    }
  }

  async flush(): Promise<void> {
    const rows = this.#waiting
    this.#waiting = []
    await this.#loads.addRejects(rows)
  }
}

/** PostgreSQL's text cannot hold NUL: its sign stands for it. */
const shown = (text: string): string => text.replaceAll('\0', '␀')
