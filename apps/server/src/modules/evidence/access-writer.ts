import type { Clock, Random } from '@datong/kernel'
import type { Log } from '@datong/metadata-store'
import type pg from 'pg'
import { durableCommit } from './durable-commit.ts'
import { type Access, type SealedSegment, sealSegment } from './segments/seal-segment.ts'
import { recordIdOf } from './segments/segment-id.ts'

const COLUMNS = ['id', 'count', 'marks', 'usage', 'seed', 'bodies', 'salts', 'commitments'] as const satisfies (keyof SealedSegment)[]

/** One statement, so that it commits by itself: a batch costs one round trip and one wait for the disk. */
const INSERT_SEGMENT = {
  name: 'evidence-insert-segment',
  /** Milliseconds. The server ends a statement after its own time, a minute; one that says nothing at all for longer is not there. */
  query_timeout: 75_000,
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
  /** Those that no write uses, the one that rested longest first: none rests until something between here and the database forgets it. */
  readonly #free: pg.PoolClient[] = []
  /** Writes that wait for a connection, whichever is ready first: a new one or one that another write gives back. */
  readonly #waiting: PromiseWithResolvers<pg.PoolClient>[] = []
  #connecting = 0
  #isClosed = false

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
    try {
      const client = this.#free.shift() ?? (await this.#borrow())
      await this.#insert(client, segment)
    } catch (error) {
      this.#log.error({ err: error, records: batch.length }, 'a batch of access records could not be written')
      throw error
    }
    return batch.map((_, ordinal) => recordIdOf(segment.id, ordinal))
  }

  /** To be called when nothing more will be written; a write that is under way lets go of its connection itself. */
  close(): void {
    this.#isClosed = true
    for (const client of this.#free.splice(0)) client.release(true)
  }

  async #insert(client: pg.PoolClient, segment: SealedSegment): Promise<void> {
    try {
      await client.query({ ...INSERT_SEGMENT, values: COLUMNS.map((column) => segment[column]) })
    } catch (error) {
      // Whatever state the connection is in, a fresh one is in none; the server rolls the old one back.
      client.release(true)
      throw error
    }
    this.#giveBack(client)
  }

  #borrow(): Promise<pg.PoolClient> {
    const waiting = Promise.withResolvers<pg.PoolClient>()
    this.#waiting.push(waiting)
    if (this.#connecting < this.#waiting.length) void this.#connect()
    return waiting.promise
  }

  #giveBack(client: pg.PoolClient): void {
    const next = this.#waiting.shift()
    if (next !== undefined) next.resolve(client)
    else if (this.#isClosed) client.release(true)
    else this.#free.push(client)
  }

  async #connect(): Promise<void> {
    this.#connecting++
    try {
      this.#giveBack(await this.#prepared())
    } catch (error) {
      // Nobody may wait for it any more.
      this.#waiting.shift()?.reject(error)
    } finally {
      this.#connecting--
    }
  }

  async #prepared(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect()
    client.on('error', () => {
      const place = this.#free.indexOf(client)
      // One that is in use tells its write.
      if (place !== -1) this.#free.splice(place, 1)[0]!.release(true)
    })
    try {
      // Said in any case, so that a change of the server's settings later does not reach this connection.
      await client.query(`select ${durableCommit('session')}`)
    } catch (error) {
      client.release(true)
      throw error
    }
    return client
  }
}
