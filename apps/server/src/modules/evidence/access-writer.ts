import type { Log } from '@datong/metadata-store'
import type pg from 'pg'
import type { TimedUsage, UsageSink } from './evidence.ts'
import type { SealedRecord } from './seal-record.ts'

/** One access to be written: its record, and its metering if it is metered. */
export interface Access {
  readonly record: SealedRecord
  readonly usage: TimedUsage | null
}

/** One JSON parameter for all rows: the driver would otherwise quote each value of eleven arrays in JavaScript. */
const INSERT_BATCH = {
  name: 'evidence-insert-batch',
  text: `insert into evidence.pending (id, at, chain, action, actor_kind, actor_id, actor_organisation, subject_type, subject_id,
      parties, body, salt, leaf)
    select id, at, chain, action, "actorKind", "actorId", "actorOrganisation", "subjectType", "subjectId", parties,
      convert_to(body, 'UTF8'), decode(salt, 'base64'), convert_to(leaf, 'UTF8')
    from json_to_recordset($1) as batch(id uuid, at timestamptz, chain text, action text, "actorKind" text, "actorId" text,
      "actorOrganisation" text, "subjectType" text, "subjectId" text, parties text[], body text, salt text, leaf text)`,
}

/** Writes batches of accesses, each in one transaction, on a connection of its own that it keeps. */
export class AccessWriter {
  readonly #pool: pg.Pool
  readonly #log: Log
  #client: pg.PoolClient | undefined
  #sink: UsageSink | undefined

  constructor(pool: pg.Pool, log: Log) {
    this.#pool = pool
    this.#log = log
  }

  setSink(sink: UsageSink): void {
    if (this.#sink !== undefined) throw new Error('the usage of accesses is metered already')
    this.#sink = sink
  }

  /** Resolves when all of the batch is on disk; nothing of it is when it rejects, or nobody can tell. */
  async write(batch: readonly Access[]): Promise<void> {
    const client = (this.#client ??= await this.#connect())
    const usages = batch.flatMap(({ usage }) => (usage === null ? [] : [usage]))
    const insert = { ...INSERT_BATCH, values: [JSON.stringify(batch.map(({ record }) => toRow(record)))] }
    try {
      if (this.#sink === undefined || usages.length === 0) return void (await client.query(insert))
      await client.query('begin')
      await client.query(insert)
      await this.#sink(client, usages)
      await client.query('commit')
    } catch (error) {
      this.#log.error({ err: error, records: batch.length }, 'a batch of access records could not be written')
      // Whatever state the connection is in, a fresh one is in none; the server rolls the old one back.
      this.#discard(client)
      throw error
    }
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

const toRow = ({ salt, leaf, ...columns }: SealedRecord): object => ({
  ...columns,
  salt: Buffer.from(salt).toString('base64'),
  leaf: Buffer.from(leaf).toString(),
})
