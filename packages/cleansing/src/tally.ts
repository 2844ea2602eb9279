import type { Misfit } from './misfit.ts'
import type { Cells, Refusal } from './row.ts'

/** What a step did. Rows changed count once, however many of their cells changed. */
export interface StepCounts {
  readonly rowsChanged: number
  /** Rows with a fault, gone to the rejects. */
  readonly rowsRejected: number
  /** Rows left out because the step is there to do so; listed among the rejects too. */
  readonly rowsDropped: number
  /** Values that the step could not read, whatever became of them. */
  readonly misfits: number
  /** Changed cells by field. */
  readonly cells: Readonly<Record<string, number>>
}

/** Sees what a step does, one cell at a time, for examples. */
export interface Watcher {
  changed(step: number, line: number, slot: number, before: string, after: string): void
  misfit(step: number, line: number, slot: number, value: string): void
}

/** Counts what one step does in one run, and is its only way to change a cell. */
export class Tally {
  rowsChanged = 0
  rowsRejected = 0
  rowsDropped = 0
  misfits = 0
  readonly #cells = new Map<number, number>()
  readonly #step: number
  readonly #names: readonly string[]
  readonly #watcher: Watcher | undefined
  #line = 0
  #touched = false

  /** @param names by slot, as the fields are called at the step */
  constructor(step: number, names: readonly string[], watcher?: Watcher) {
    this.#step = step
    this.#names = names
    this.#watcher = watcher
  }

  begin(line: number): void {
    this.#line = line
    this.#touched = false
  }

  end(refusal: Refusal | undefined): void {
    if (refusal === undefined) this.rowsChanged += this.#touched ? 1 : 0
    else if (refusal.intended) this.rowsDropped++
    else this.rowsRejected++
  }

  set(cells: Cells, slot: number, after: string): void {
    const before = cells[slot] ?? ''
    if (before === after) return
    cells[slot] = after
    this.#touched = true
    this.#cells.set(slot, (this.#cells.get(slot) ?? 0) + 1)
    this.#watcher?.changed(this.#step, this.#line, slot, before, after)
  }

  /** A value that cannot be read: does with it what the recipe says. */
  misfit(cells: Cells, slot: number, policy: Misfit, detail: string, reason: Refusal['reason'] = 'unreadable-value'): Refusal | undefined {
    this.misfits++
    this.#watcher?.misfit(this.#step, this.#line, slot, cells[slot] ?? '')
    if (policy === 'reject') return { reason, intended: false, field: this.nameOf(slot), detail }
    if (policy === 'blank') this.set(cells, slot, '')
    return undefined
  }

  nameOf(slot: number): string | null {
    return this.#names[slot] ?? null
  }

  counts(): StepCounts {
    const cells = Object.fromEntries([...this.#cells].map(([slot, count]) => [this.nameOf(slot) ?? '', count]))
    return { rowsChanged: this.rowsChanged, rowsRejected: this.rowsRejected, rowsDropped: this.rowsDropped, misfits: this.misfits, cells }
  }
}
