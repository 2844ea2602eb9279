import { AppError } from '@datong/kernel'

export interface GroupCommitOptions {
  /** Most items of one write. */
  readonly maxBatch: number
  /** Most items that may wait for a write; beyond it callers are refused. */
  readonly maxWaiting: number
}

interface Waiter<T> {
  readonly item: T
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Shares one durable write among all who ask while the one before is under way, so that the cost of a commit (a wait
 * for the disk) is paid once for many.
 */
export class GroupCommit<T> {
  readonly #write: (batch: readonly T[]) => Promise<void>
  readonly #options: GroupCommitOptions
  #waiting: Waiter<T>[] = []
  #running: Promise<void> | undefined

  /** @param write makes all items of a batch durable, or none */
  constructor(write: (batch: readonly T[]) => Promise<void>, options: GroupCommitOptions) {
    this.#write = write
    this.#options = options
  }

  /**
   * Resolves when the item's batch is durable; rejects with the error of the batch when it is not.
   * @throws AppError `evidence/overloaded` when too many wait
   */
  add(item: T): Promise<void> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new AppError('evidence/overloaded', { waiting: this.#waiting.length }))
    }
    const done = new Promise<void>((resolve, reject) => this.#waiting.push({ item, resolve, reject }))
    this.#running ??= this.#run().finally(() => (this.#running = undefined))
    return done
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    // Calls that arrived in the same turn of the event loop share the first batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#options.maxBatch)
      try {
        await this.#write(batch.map(({ item }) => item))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
  }
}
