import { IncomingMessage } from 'node:http'

const NOTHING = Buffer.alloc(0)

/**
 * A request whose body waits beside its stream until somebody asks for it. Most bodies come whole with their head and are taken as they
 * are; none of the stream's events and ticks, which would cost more than most calls, has to happen for them. Whoever reads the request gets
 * the stream that it is for all others.
 */
export class RequestMessage extends IncomingMessage {
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #isWhole = false
  #state: 'waiting' | 'streaming' | 'taken' = 'waiting'
  #onBegun: (() => void) | undefined

  /** The body when all of it is here and nothing of it was read; null otherwise. Behind it the stream is empty. */
  takeBody(): Buffer | null {
    // The server tells of the end after all that waits for the last bytes has run.
    const isHere = this.#isWhole || this.#waitingBytes === Number(this.headers['content-length'])
    if (!isHere || this.#state !== 'waiting') return null
    const body = this.#waiting.length > 1 ? Buffer.concat(this.#waiting) : (this.#waiting[0] ?? NOTHING)
    this.#waiting = []
    this.#state = 'taken'
    // Read to its end, for the server: it has nothing to throw away when the answer is sent.
    super._read(0)
    return body
  }

  /** Calls when the first of the body has come, or its end; at once when it has. One call waits. */
  whenBegun(call: () => void): void {
    if (this.#isWhole || this.#waiting.length > 0 || this.#state !== 'waiting') call()
    else this.#onBegun = call
  }

  /** Called by the server for what comes, and with null at the end. @returns false when it should wait with more */
  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    if (this.#state === 'streaming') return super.push(chunk, encoding)
    if (chunk === null) this.#isWhole = true
    else {
      this.#waiting.push(chunk)
      this.#waitingBytes += chunk.length
    }
    const call = this.#onBegun
    this.#onBegun = undefined
    call?.()
    return chunk !== null && this.#waitingBytes < this.readableHighWaterMark
  }

  override _read(size: number): void {
    if (this.#state !== 'streaming') {
      this.#state = 'streaming'
      for (const chunk of this.#waiting) super.push(chunk)
      this.#waiting = []
      if (this.#isWhole) super.push(null)
    }
    super._read(size)
  }
}
