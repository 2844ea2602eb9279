import type { NoteSigner } from '@datong/evidence-log'
import type { Clock } from '@datong/kernel'
import type { Log } from '@datong/metadata-store'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { UsageSink } from './evidence.ts'
import { growLog, RECORDS_A_TURN } from './grow-log.ts'
import { anyWaiting, lastWaiting, logSize, owesMetering, readMetered } from './sequencer-store.ts'

const POLL_MS = 200
const MAX_BACKOFF_MS = 5_000
const CATCH_UP_EVERY_MS = 50
const CATCH_UP_MS = 60_000
/** Metering takes at most one part in so many of the time, unless figures would come to be too old. */
const METERING_SHARE = 20
const METERING_AT_LATEST_MS = 2_000

export interface SequencerDeps {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly log: Log
  readonly signer: NoteSigner
}

/**
 * Gives waiting records their places in the log. Any process may run one: a lock lets one work at a time, and one
 * transaction places the records, grows the tree, signs its head and meters, so that a crash leaves all of it or nothing.
 * Where calls of many keys make metering dear, it waits and takes more of them together.
 */
export class Sequencer {
  readonly #deps: SequencerDeps
  #sink: UsageSink | undefined
  #stopped = true
  #loop: Promise<void> | undefined
  #wake: () => void = () => undefined
  #begun = false
  #metersFrom = Number.NEGATIVE_INFINITY

  constructor(deps: SequencerDeps) {
    this.#deps = deps
  }

  setSink(sink: UsageSink): void {
    if (this.#sink !== undefined) throw new Error('the usage of accesses is metered already')
    this.#sink = sink
  }

  /** Resolves when what waited is placed and metered, by whomever; a log that cannot grow does not keep the server from starting. */
  async start(): Promise<void> {
    if (!this.#stopped) return
    this.#stopped = false
    await this.#catchUp()
    this.#loop = this.#run()
  }

  /** Finishes the transaction under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake()
    await this.#loop
  }

  /** Places everything that waits, and meters it. @returns how many records were placed; 0 also while another process is at it */
  sequenceAll(): Promise<number> {
    return this.#placeAll(true)
  }

  async #placeAll(metersNow: boolean): Promise<number> {
    let total = 0
    for (;;) {
      const placed = await this.#turn(metersNow)
      total += placed
      if (placed < RECORDS_A_TURN) return total
    }
  }

  async #catchUp(): Promise<void> {
    const { pool, log } = this.#deps
    try {
      const last = await lastWaiting(pool)
      let end: number | undefined
      for (let waitedMs = 0; waitedMs < CATCH_UP_MS; waitedMs += CATCH_UP_EVERY_MS) {
        await this.sequenceAll()
        if (!(await anyWaiting(pool, last))) {
          // Another process may go on; what it places from now on is not waited for.
          end ??= await logSize(pool)
          if ((await readMetered(pool)) >= end) return
        }
        await pause(CATCH_UP_EVERY_MS)
      }
      log.warn({ seconds: CATCH_UP_MS / 1000 }, 'records from before the start still wait for their places in the evidence log')
    } catch (error) {
      log.error({ err: error }, 'the evidence log could not grow; records wait')
    }
  }

  async #run(): Promise<void> {
    let backoffMs = POLL_MS
    while (!this.#stopped) {
      try {
        await this.#placeAll(false)
        backoffMs = POLL_MS
      } catch (error) {
        backoffMs = Math.min(2 * backoffMs, MAX_BACKOFF_MS)
        this.#deps.log.error({ err: error }, 'the evidence log could not grow; records wait')
      }
      await this.#sleep(backoffMs)
    }
  }

  /** Polling finds what other processes recorded; a notification at each commit would make all commits wait in one line. */
  async #sleep(ms: number): Promise<void> {
    if (this.#stopped) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => undefined
  }

  async #turn(metersNow: boolean): Promise<number> {
    const { pool, clock, signer } = this.#deps
    // The first time, an empty log gets its first checkpoint.
    const began = performance.now()
    const meters = metersNow || began >= this.#metersFrom
    if (this.#begun && !(await anyWaiting(pool)) && !(meters && (await owesMetering(pool)))) return 0
    const client = await pool.connect()
    let broken: unknown
    try {
      await client.query('begin')
      const placed = await growLog(client, { clock, signer, sink: this.#sink, meters })
      await client.query('commit')
      if (meters) this.#metersFrom = began + Math.min(METERING_AT_LATEST_MS, METERING_SHARE * (performance.now() - began))
      this.#begun = true
      return placed
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => (broken = failure))
      throw error
    } finally {
      client.release(broken !== undefined)
    }
  }
}
