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

/** Writes batches of accesses, each as one segment, on connections of its own that it keeps: as many as there were writes at once. */
export class AccessWriter {
  readonly #pool: pg.Pool
  readonly #log: Log
  readonly #clock: Clock
  readonly #random: Random
  /** Those that no write uses. */
  #free: pg.PoolClient[] = []

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
    const client = this.#free.pop() ?? (await this.#connect())
    try {
      await client.query({ ...INSERT_SEGMENT, values: COLUMNS.map((column) => segment[column]) })
    } catch (error) {
      this.#log.error({ err: error, records: batch.length }, 'a batch of access records could not be written')
      // Whatever state the connection is in, a fresh one is in none; the server rolls the old one back.
      client.release(true)
      throw error
    }
    this.#free.push(client)
    return batch.map((_, ordinal) => recordIdOf(segment.id, ordinal))
  }

  /** To be called when nothing is being written. */
  close(): void {
    for (const client of this.#free.splice(0)) client.release(true)
  }

  async #connect(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect()
    client.on('error', () => {
      const place = this.#free.indexOf(client)
      // One that is in use tells its write.
      if (place !== -1) this.#free.splice(place, 1)[0]!.release(true)
    })
    try {
      // A server set up for speed must not turn "written" into "perhaps written".
      await client.query(`select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`)
    } catch (error) {
      client.release(true)
      throw error
    }
    return client
  }
}
