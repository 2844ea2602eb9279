import { type Checkpoint, formatCheckpoint, leafHash, type NoteSigner, openCheckpoint, signNote, tilesForAppend } from '@datong/evidence-log'
import { AppError, type Clock } from '@datong/kernel'
import { inTransaction, type Log, type Trx, type Store } from '@datong/metadata-store'
import {
  anyPending, becomeSequencer, edgeTiles, latestCheckpoint, moveToLog, saveCheckpoint, saveTiles, tileReader,
} from './log-store.ts'

/** Most records that one transaction moves. */
const MAX_BATCH = 4096
const POLL_MS = 200
const MAX_BACKOFF_MS = 5_000

export interface SequencerDeps {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly signer: NoteSigner
}

/**
 * Gives waiting records their places in the log. Any process may run one: a lock lets one work at a time, and one
 * transaction moves the records, grows the tree and signs its head, so that a crash leaves all of it or nothing.
 */
export class Sequencer {
  readonly #deps: SequencerDeps
  #stopped = true
  #loop: Promise<void> | undefined
  #wake: () => void = () => undefined
  #failure: unknown
  #begun = false

  constructor(deps: SequencerDeps) {
    this.#deps = deps
  }

  /** The error that keeps the log from growing, if its last attempt failed. */
  get failure(): unknown {
    return this.#failure
  }

  start(): void {
    if (!this.#stopped) return
    this.#stopped = false
    this.#loop = this.#run()
  }

  /** Finishes the transaction under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake()
    await this.#loop
  }

  /** Moves everything that waits. @returns how many records moved; 0 also while another process is at it */
  async sequenceAll(): Promise<number> {
    let total = 0
    for (;;) {
      const moved = await this.#sequenceBatch()
      total += moved
      if (moved < MAX_BATCH) return total
    }
  }

  async #run(): Promise<void> {
    let backoffMs = POLL_MS
    while (!this.#stopped) {
      try {
        await this.sequenceAll()
        this.#failure = undefined
        backoffMs = POLL_MS
      } catch (error) {
        this.#failure = error
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

  async #sequenceBatch(): Promise<number> {
    const { store } = this.#deps
    // The first time, an empty log gets its first checkpoint.
    if (this.#begun && !(await anyPending(store.db))) return 0
    const moved = await inTransaction(store.db, (trx) => this.#grow(trx))
    this.#begun = true
    return moved
  }

  async #grow(trx: Trx): Promise<number> {
    const { clock, signer } = this.#deps
    if (!(await becomeSequencer(trx))) return 0
    const head = await this.#openHead(trx)
    const size = head?.size ?? 0
    const leaves = await moveToLog(trx, size, MAX_BATCH)
    if (leaves.length === 0 && head !== undefined) return 0
    const edge = new Map((await edgeTiles(trx)).map(({ level, index, hashes }) => [`${level}/${index}`, hashes]))
    const stored = tileReader(trx)
    const grown = await tilesForAppend(
      size,
      async (level, index, width) => edge.get(`${level}/${index}`) ?? stored(level, index, width),
      leaves.map(({ leaf }) => leafHash(leaf)),
      // Never sign on top of tiles that are not those that were signed.
      head?.root,
    )
    await saveTiles(trx, grown.tiles)
    const note = signNote(formatCheckpoint({ origin: signer.name, size: grown.size, root: grown.root }), [signer])
    await saveCheckpoint(trx, { size: grown.size, note }, clock.now())
    return leaves.length
  }

  /** The head on which to build: what its signature says, not what stands beside it. */
  async #openHead(trx: Trx): Promise<Checkpoint | undefined> {
    const stored = await latestCheckpoint(trx)
    if (stored === undefined) return undefined
    const opened = openCheckpoint(stored.note, this.#deps.signer.verifierKey)
    if (!opened.ok) throw new AppError('evidence/damaged-checkpoint', { size: stored.size, reason: opened.reason })
    if (opened.value.size !== stored.size) throw new AppError('evidence/damaged-checkpoint', { size: stored.size, reason: 'size' })
    return opened.value
  }
}
