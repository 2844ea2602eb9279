import type { Clock, Random } from '@datong/kernel'
import type { Log } from '@datong/metadata-store'
import type pg from 'pg'
import { type Access, type SealedSegment, sealSegment } from './segments/seal-segment.ts'
import { recordIdOf } from './segments/segment-id.ts'

const COLUMNS = ['id', 'count', 'marks', 'usage', 'seed', 'bodies', 'salts', 'commitments'] as const satisfies (keyof SealedSegment)[]

/** One statement, so that it commits by itself: a batch costs one round trip and one wait for the disk. */
const INSERT_SEGMENT = {
  name: 'evidence-insert-segment',
  text: `with made as (
      insert into evidence.segment (${COLUMNS.join(', ')})
      values (${COLUMNS.map((_, index) => `$${index + 1}`).join(', ')}) returning id, count)
    insert into evidence.unplaced (segment_id, count) select id, count from made`,
}

/** Writes batches of accesses, each as one segment, on a connection of its own that it keeps. */
export class AccessWriter {
  readonly #pool: pg.Pool
  readonly #log: Log
  readonly #clock: Clock
  readonly #random: Random
  #client: pg.PoolClient | undefined

  /** @param random must be cryptographic: salts hide bodies in their commitments */
  constructor({ pool, log, clock, random }: { pool: pg.Pool; log: Log; clock: Clock; random: Random }) {
    this.#pool = pool
    this.#log = log
    this.#clock = clock
    this.#random = random
  }

  /**
   * Resolves when all of the batch is on disk; nothing of it is when it rejects, or nobody can tell.
   * @param batch 1 to `MAX_SEGMENT`
   * @returns the ids of the records, in their order
   */
  async write(batch: readonly Access[]): Promise<string[]> {
    const segment = sealSegment(batch, this.#clock.now(), this.#random)
    const client = (this.#client ??= await this.#connect())
    try {
      await client.query({ ...INSERT_SEGMENT, values: COLUMNS.map((column) => segment[column]) })
    } catch (error) {
      this.#log.error({ err: error, records: batch.length }, 'a batch of access records could not be written')
      // Whatever state the connection is in, a fresh one is in none; the server rolls the old one back.
      this.#discard(client)
      throw error
    }
    return batch.map((_, ordinal) => recordIdOf(segment.id, ordinal))
  }

  close(): void {
    if (this.#client !== undefined) this.#discard(this.#client)
  }

  async #connect(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect()
    client.on('error', () => this.#discard(client))
    // A server set up for speed must not turn "written" into "perhaps written".
    await client.query(`select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`)
    return client
  }

  #discard(client: pg.PoolClient): void {
    if (this.#client !== client) return
    this.#client = undefined
    client.release(true)
  }
}
