import { AppError } from '@datong/kernel'

export interface GroupCommitOptions<T> {
  /** Most items of one write. */
  readonly maxBatch: number
  /** Most that the items of one write weigh together, though one item may always go. */
  readonly maxWeight: number
  readonly weightOf: (item: T) => number
  /** Most items that may wait for a write; beyond it callers are refused. */
  readonly maxWaiting: number
  /** Most writes under way at once; all but the first begin only for `enough` items, so that the work goes on while a disk is waited for. */
  readonly lanes: number
  /**
   * After a write that was shared, the next one waits for company: as long as more come from one tick to the next, fewer than
   * `enough` wait and, since the write before began, less than `spacingMs` have passed.
   */
  readonly tick: () => Promise<unknown>
  readonly enough: number
  readonly spacingMs: number
}

/** Writes of no more than so many were not shared: there is no company to wait for. */
const FEW = 2

interface Waiter<T, R> {
  readonly item: T
  readonly resolve: (result: R) => void
  readonly reject: (error: unknown) => void
}

/**
 * Shares one durable write among all who ask while the one before is under way, so that the cost of a commit (a wait
 * for the disk) is paid once for many.
 */
export class GroupCommit<T, R> {
  readonly #write: (batch: readonly T[]) => Promise<readonly R[]>
  readonly #options: GroupCommitOptions<T>
  #waiting: Waiter<T, R>[] = []
  readonly #running = new Set<Promise<void>>()
  #isGathering = false
  #isClosed = false
  #begun = Number.NEGATIVE_INFINITY
  #lastSize = 0

  /** @param write makes all items of a batch durable, or none; gives each one's result, in their order */
  constructor(write: (batch: readonly T[]) => Promise<readonly R[]>, options: GroupCommitOptions<T>) {
    this.#write = write
    this.#options = options
  }

  /**
   * Resolves with its result when the item's batch is durable; rejects with the error of the batch when it is not.
   * @throws AppError `evidence/overloaded` when too many wait, or nothing is taken any more
   */
  add(item: T): Promise<R> {
    if (this.#isClosed || this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new AppError('evidence/overloaded', { waiting: this.#waiting.length }))
    }
    const done = new Promise<R>((resolve, reject) => this.#waiting.push({ item, resolve, reject }))
    this.#pump()
    return done
  }

  /** Takes nothing more; resolves when nothing waits any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Begins a write if one may begin. */
  #pump(): void {
    const { lanes, enough } = this.#options
    if (this.#isGathering || this.#waiting.length === 0 || this.#running.size >= lanes) return
    if (this.#running.size > 0 && this.#waiting.length < enough) return
    this.#isGathering = true
    const run: Promise<void> = this.#run().then(() => {
      this.#running.delete(run)
      this.#pump()
    })
    this.#running.add(run)
  }

  /** Never rejects: who waits learns what became of it. */
  async #run(): Promise<void> {
    await this.#gather()
    const batch = this.#take()
    this.#lastSize = batch.length
    this.#isGathering = false
    this.#pump()
    try {
      const results = await this.#write(batch.map(({ item }) => item))
      if (results.length !== batch.length) throw new Error(`a batch of ${batch.length} was written as ${results.length}`)
      results.forEach((result, index) => batch[index]?.resolve(result))
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  async #gather(): Promise<void> {
    const { tick, enough, spacingMs } = this.#options
    // Who arrive in the same turn of the event loop share a write in any case.
    await new Promise((resolve) => setImmediate(resolve))
    const until = this.#lastSize <= FEW ? 0 : this.#begun + spacingMs
    for (let seen = 0; seen < this.#waiting.length && this.#waiting.length < enough && performance.now() < until; ) {
      seen = this.#waiting.length
      await tick()
    }
    this.#begun = performance.now()
  }

  #take(): Waiter<T, R>[] {
    const { maxBatch, maxWeight, weightOf } = this.#options
    let count = 0
    let weight = 0
    for (const { item } of this.#waiting) {
      weight += weightOf(item)
      if (count === maxBatch || (count > 0 && weight > maxWeight)) break
      count++
    }
    return this.#waiting.splice(0, count)
  }
}
